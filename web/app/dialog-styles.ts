/** The looks of a dialog with a form or a list in it. */
import {css} from 'lit';

export const dialogStyles = css`
  dialog {
    width: min(620px, calc(100vw - 24px));
    max-height: calc(100dvh - 32px);
    padding: 20px 24px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
    color: var(--ink);
  }

  dialog::backdrop {
    background: oklch(15% 0.02 325 / 0.5);
  }

  @media (max-width: 719px) {
    dialog { padding: 16px; }
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }

  .end {
    justify-content: flex-end;
    margin-top: 20px;
  }
`;
