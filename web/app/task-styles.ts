/** The looks that the forms and results of tasks share. */
import {css} from 'lit';

export const taskStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }

  .field, fieldset {
    display: grid;
    gap: 6px;
  }

  .field label, legend {
    font-weight: 550;
  }

  textarea {
    display: block;
    min-height: calc(2lh + 14px);
    max-height: 40dvh;
    line-height: 1.5;
    resize: vertical;
    field-sizing: content;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
  }

  label.choice {
    display: flex;
    gap: 10px;
    align-items: flex-start;
    min-height: var(--tap);
    padding: 6px 0;
    font-weight: 400;
  }

  .frames {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(112px, 1fr));
    gap: 10px;
    padding: 0;
    list-style: none;
  }

  .frames figcaption {
    margin-top: 2px;
  }

  .preview {
    display: grid;
    justify-items: start;
    gap: 4px;
  }

  .preview bytes-picture {
    --most: 220px;
  }
`;
