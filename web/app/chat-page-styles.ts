/** The looks of the chat page: list, conversation and message box fill the height between them. */
import {css} from 'lit';

export const chatPageStyles = css`
  :host {
    display: grid;
    position: relative;
    grid-template: minmax(0, 1fr) / 264px minmax(0, 1fr);
    height: 100%;
    /* On very low windows (also 400 % zoom) the page scrolls instead of vanishing. */
    min-height: 380px;
  }

  /* Neither shows anything here: they must not take a row. */
  chat-announcer, confirm-dialog, conversation-options, model-sheet {
    position: absolute;
  }

  aside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-height: 0;
    padding: 16px 12px;
    border-right: 1px solid var(--line);
  }

  aside[hidden] + .conversation {
    grid-column: 1 / -1;
  }

  .conversation {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    min-height: 0;
  }

  header {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 56px;
    padding: 8px 24px;
    border-bottom: 1px solid var(--line);
  }

  h1 {
    flex: 1 1 auto;
    min-width: 0;
    overflow: hidden;
    font-size: 1.0625rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .narrow {
    display: none;
    min-width: var(--tap);
    padding: 0;
  }

  .more {
    min-width: var(--tap);
    padding: 0;
    color: var(--ink-soft);
  }

  .composer {
    width: 100%;
    max-width: 776px;
    margin: 0 auto;
    padding: 0 16px 16px;
  }

  .line {
    padding: 8px 12px;
    margin-bottom: 8px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    font-size: 0.9375rem;
  }

  .line.warn {
    border-color: transparent;
    background: var(--warn-soft);
  }

  @media (forced-colors: active) {
    .line.warn { border-color: CanvasText; }
  }

  dialog.drawer {
    width: min(340px, 88vw);
    height: 100dvh;
    max-height: 100dvh;
    margin: 0;
    padding: 12px;
    border: 0;
    border-right: 1px solid var(--line);
    background: var(--ground);
    color: var(--ink);
  }

  dialog.drawer[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: 8px;
  }

  dialog.drawer::backdrop {
    background: oklch(15% 0.02 325 / 0.5);
  }

  .close {
    justify-self: end;
  }

  @media (max-width: 1023px) {
    :host {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    }

    aside {
      display: none;
    }

    .narrow {
      display: inline-flex;
    }

    header {
      padding-inline: 8px;
    }

    h1 {
      text-align: center;
    }
  }

  @media (max-width: 719px) {
    .composer {
      padding: 0 8px 8px;
    }
  }
`;
