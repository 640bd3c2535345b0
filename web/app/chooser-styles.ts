/** A button that opens the browser's choice of files: a label around a field that only the keyboard and screen readers find. */
import {css} from 'lit';

export const chooserStyles = css`
  label:has(> input[type='file']) {
    position: relative;
  }

  label:has(> input[type='file']):focus-within {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  input[type='file'] {
    position: absolute;
    width: 1px;
    height: 1px;
    min-height: 0;
    padding: 0;
    border: 0;
    opacity: 0;
  }
`;
