/** The looks of cards, rows and fields, on whatever page they stand. */
import {css} from 'lit';

export const cardStyles = css`
  :host {
    display: block;
  }

  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    margin-top: 20px;
    padding: 20px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
  }

  .field {
    display: grid;
    gap: 6px;
  }

  label.choice {
    display: flex;
    gap: 12px;
    min-height: var(--tap);
    padding: 8px 0;
    align-items: flex-start;
  }

  .lead {
    max-width: 62ch;
    margin-top: 8px;
  }

  .problem {
    padding: 12px 14px;
    border: 1px solid var(--bad);
    border-radius: var(--radius);
    background: var(--bad-soft);
  }
`;
