/** The looks of dialogs that hold more than a question; on phones they are sheets that come from below. */
import {css} from 'lit';

export const dialogStyles = css`
  dialog {
    width: min(460px, calc(100vw - 32px));
    max-height: calc(100dvh - 32px);
    padding: 24px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
    color: var(--ink);
  }

  dialog[open] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 16px;
  }

  dialog::backdrop {
    background: oklch(15% 0.02 325 / 0.5);
  }

  .field, .column {
    display: grid;
    gap: 8px;
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .line input {
    flex: 1 1 180px;
    min-width: 0;
  }

  .bad {
    color: var(--bad);
  }

  .bad:empty {
    display: none;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }

  .end {
    display: flex;
    justify-content: flex-end;
  }

  @media (max-width: 719px) {
    dialog {
      width: 100vw;
      max-width: 100vw;
      margin: auto 0 0;
      padding: 20px 16px;
      border-width: 1px 0 0;
      border-radius: 14px 14px 0 0;
    }
  }
`;
