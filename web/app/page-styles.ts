/** The looks of pages that are read from top to bottom, and of the cards on them. */
import {css} from 'lit';

export const pageStyles = css`
  :host {
    display: block;
    max-width: 776px;
    margin: 0 auto;
    padding: 28px 24px 56px;
  }

  @media (max-width: 719px) {
    :host {
      padding: 20px 16px 40px;
    }
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
