/** Tables of times, counts and sums, which scroll sideways where there is no room. */
import {css} from 'lit';

export const numberTableStyles = css`
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
