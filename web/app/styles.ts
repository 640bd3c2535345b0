/** The looks that all elements share: text, buttons and fields. */
import {css} from 'lit';

const text = css`
  :host([hidden]), [hidden] {
    display: none !important;
  }

  *, *::before, *::after {
    box-sizing: border-box;
  }

  h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, figure, fieldset, pre {
    margin: 0;
    padding: 0;
  }

  h1 {
    font-size: 1.5rem;
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  h1:focus {
    outline: none;
  }

  h2 {
    font-size: 1.0625rem;
    line-height: 1.4;
    font-weight: 650;
  }

  a {
    color: var(--accent);
    text-underline-offset: 0.18em;
    text-decoration-thickness: 1px;
  }

  a:hover {
    color: var(--accent-strong);
    text-decoration-thickness: 2px;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 4px;
  }

  .soft {
    color: var(--ink-soft);
  }

  .small {
    font-size: 0.875rem;
  }

  .mono {
    font-family: var(--mono);
    font-size: 0.9em;
    overflow-wrap: anywhere;
  }

  .number {
    font-variant-numeric: tabular-nums;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  svg.icon {
    width: 20px;
    height: 20px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`;

const controls = css`
  button, .button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: var(--tap);
    padding: 6px 14px;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-weight: 550;
    line-height: 1.25;
    text-decoration: none;
    cursor: pointer;
    transition: background-color var(--quick), border-color var(--quick), color var(--quick);
  }

  button:hover, .button:hover {
    background: var(--sunken);
    color: var(--ink);
  }

  button.main, .button.main {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }

  button.main:hover, .button.main:hover {
    background: var(--accent-strong);
    color: var(--on-accent);
  }

  button.danger {
    border-color: var(--bad);
    color: var(--bad);
  }

  button.danger:hover {
    background: var(--bad-soft);
  }

  button.bare, .button.bare {
    border-color: transparent;
    background: transparent;
  }

  button.bare:hover, .button.bare:hover {
    background: var(--sunken);
  }

  button.little {
    padding: 4px 10px;
    color: var(--ink-soft);
    font-size: 0.875rem;
    font-weight: 500;
  }

  button.little svg.icon {
    width: 16px;
    height: 16px;
  }

  button:focus-visible, .button:focus-visible {
    border-radius: var(--radius);
  }

  button[aria-disabled='true'], button:disabled, select:disabled, input:disabled {
    opacity: 0.55;
    cursor: not-allowed;
  }

  select, textarea, input:not([type='radio'], [type='checkbox']) {
    width: 100%;
    min-height: var(--tap);
    padding: 6px 12px;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }

  input[type='radio'], input[type='checkbox'] {
    width: 18px;
    height: 18px;
    margin: 3px 0 0;
    flex: none;
    accent-color: var(--accent);
  }

  ::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }

  fieldset {
    min-width: 0;
    border: 0;
  }

  legend {
    padding: 0;
    font-weight: 550;
  }

  progress {
    width: 100%;
    height: 10px;
    accent-color: var(--accent);
  }
`;

/** What each element starts from. */
export const base = [text, controls];
