/** How the grid of a week looks: days below each other where there is room, beside each other on phones. */
import {css} from 'lit';

export const weekStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }

  [role='grid'] {
    display: grid;
    grid-auto-flow: row;
    grid-template-columns: 44px repeat(24, minmax(24px, 1fr));
    grid-auto-rows: 28px;
    gap: 2px;
    user-select: none;
  }

  [role='row'] {
    display: contents;
  }

  .head {
    display: grid;
    place-content: center;
    border-radius: 4px;
    color: var(--ink-soft);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
  }

  .head:hover {
    background: var(--sunken);
    color: var(--ink);
  }

  .hour {
    position: relative;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: var(--sunken);
    cursor: pointer;
    touch-action: manipulation;
  }

  .hour:hover {
    border-color: var(--edge);
  }

  /* Drawn as a border: it stays where a system replaces all backgrounds. */
  .hour[aria-selected='true']::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 40px solid var(--accent);
  }

  .hour:focus-visible {
    z-index: 1;
  }

  @media (max-width: 859px) {
    [role='grid'] {
      grid-auto-flow: column;
      grid-template-columns: none;
      grid-template-rows: 28px repeat(24, 24px);
      grid-auto-columns: minmax(24px, 1fr);
      grid-auto-rows: auto;
    }
  }
`;
