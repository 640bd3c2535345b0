/** The looks of the page that pairs devices. */
import {css} from 'lit';

export const pairPageStyles = css`
  h2:focus {
    outline: none;
  }

  .code, .comparison {
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
    user-select: all;
  }

  .code {
    font-size: clamp(1.125rem, 5.5vw, 1.5rem);
    letter-spacing: 0.04em;
    overflow-wrap: anywhere;
  }

  .comparison {
    font-size: clamp(2rem, 11vw, 3rem);
    font-weight: 650;
    letter-spacing: 0.06em;
  }

  .invitation {
    display: grid;
    grid-template-columns: minmax(0, 320px) minmax(0, 1fr);
    gap: 20px;
    align-items: start;
  }

  .beside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }

  @media (max-width: 719px) {
    .invitation { grid-template-columns: minmax(0, 1fr); }
  }

  form {
    display: grid;
    gap: 12px;
  }

  input.typed {
    font-family: var(--mono);
  }

  summary {
    min-height: 24px;
    cursor: pointer;
  }

  .link {
    display: block;
    margin-top: 8px;
    padding: 10px 12px;
    border-radius: var(--radius);
    background: var(--sunken);
    user-select: all;
  }
`;
