/** Sums, switches and wide tables of what sharing brought. */
import {css} from 'lit';

export const earningsStyles = css`
  h3 {
    font-size: 1rem;
  }

  .sum {
    font-size: 1.375rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }

  button[aria-pressed='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--ink);
  }

  summary {
    min-height: var(--tap);
    align-content: center;
    cursor: pointer;
  }

  .frame {
    overflow-x: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }

  th, td {
    padding: 8px 12px 8px 0;
    border-bottom: 1px solid var(--line);
    text-align: left;
    white-space: nowrap;
  }

  th {
    color: var(--ink-soft);
    font-weight: 550;
  }
`;
