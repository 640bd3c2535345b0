/** Figures in boxes, and lists of terms with what is known of them. */
import {css} from 'lit';

export const factStyles = css`
  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 12px;
  }

  .figures div {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
    padding: 12px 14px;
    border-radius: var(--radius);
    background: var(--sunken);
  }

  .figures dt {
    color: var(--ink-soft);
    font-size: 0.8125rem;
  }

  .figures dd {
    font-size: 1.25rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }

  .facts {
    display: grid;
    grid-template-columns: 130px minmax(0, 1fr);
    gap: 8px 16px;
    font-size: 0.875rem;
  }

  .facts dt {
    color: var(--ink-soft);
  }

  .note {
    padding: 10px 12px;
    border-radius: var(--radius);
    background: var(--warn-soft);
  }

  @media (max-width: 719px) {
    .figures { grid-template-columns: repeat(auto-fit, minmax(100px, 1fr)); gap: 8px; }
    .figures div { padding: 10px 8px; }
    .figures dd { font-size: 1.0625rem; }
    .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
    .facts dt { margin-top: 8px; }
  }
`;
