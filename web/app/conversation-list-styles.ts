/** The looks of the list of conversations. */
import {css} from 'lit';

export const conversationListStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    gap: 12px;
    min-height: 0;
  }

  .top {
    display: grid;
    gap: 8px;
  }

  .groups {
    overflow-y: auto;
    margin: 0 -4px;
    padding: 0 4px 4px;
  }

  h2 {
    padding: 10px 10px 4px;
    color: var(--ink-soft);
    font-size: 0.8125rem;
    font-weight: 550;
  }

  h2:first-child {
    padding-top: 0;
  }

  ul {
    list-style: none;
  }

  li {
    display: flex;
    align-items: center;
    border-radius: var(--radius);
  }

  li:hover, li:focus-within {
    background: var(--sunken);
  }

  li.current {
    background: var(--accent-soft);
  }

  li a {
    flex: 1 1 auto;
    min-width: 0;
    padding: 7px 10px;
    border-radius: var(--radius);
    overflow: hidden;
    color: var(--ink);
    font-size: 0.9375rem;
    text-decoration: none;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  li a:hover {
    color: var(--ink);
  }

  li.current a {
    font-weight: 600;
  }

  li button {
    min-width: var(--tap);
    padding: 0;
    color: var(--ink-soft);
    opacity: 0;
  }

  li:hover button, li:focus-within button, li.current button {
    opacity: 1;
  }

  @media (pointer: coarse), (max-width: 719px) {
    li a { padding-block: 11px; }
    li button { opacity: 1; }
  }

  .none {
    padding: 4px 10px;
  }
`;
