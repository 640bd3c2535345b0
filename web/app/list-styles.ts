/** A list of things that are kept, each in a row with what can be done to it. */
import {css} from 'lit';

export const listStyles = css`
  ul {
    list-style: none;
  }

  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
    padding: 8px 0;
    border-top: 1px solid var(--line);
  }
`;
