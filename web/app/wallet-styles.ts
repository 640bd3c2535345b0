/** The looks that the cards of the wallet page share. */
import {css} from 'lit';

export const walletStyles = css`
  :host {
    display: block;
    max-width: none;
    padding: 0;
  }

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

  form {
    display: grid;
    grid-template-columns: minmax(0, 260px) auto;
    gap: 6px 12px;
    align-items: end;
    justify-content: start;
  }

  form .field {
    min-width: 0;
  }

  .note {
    padding: 10px 12px;
    border-radius: var(--radius);
    background: var(--warn-soft);
  }

  @media (max-width: 719px) {
    form { grid-template-columns: minmax(0, 1fr) auto; }
    .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  }
`;
