/** The looks of what tasks found: lines with times, frames, and names with how sure. */
import {css} from 'lit';

export const foundStyles = css`
  .lines, .scores, .shown {
    list-style: none;
  }

  .lines, .scores {
    display: grid;
    gap: 10px;
  }

  .lines li {
    display: grid;
    grid-template-columns: 4.5rem minmax(0, 1fr);
    gap: 8px;
    overflow-wrap: anywhere;
  }

  .scores li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 12px;
    overflow-wrap: anywhere;
  }

  .scores progress {
    grid-column: 1 / -1;
    height: 6px;
  }

  .shown {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(128px, 1fr));
    gap: 16px 12px;
  }

  .shown figcaption {
    display: grid;
    gap: 2px;
    margin-top: 4px;
    overflow-wrap: anywhere;
  }

  .shown progress {
    height: 6px;
  }

  .saves {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
`;
