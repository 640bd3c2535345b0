/** The looks of an answer's details; where they are narrow, each party of the table is a block of its own. */
import {css} from 'lit';
import {stackedTable} from './table-styles.ts';

export const answerCardStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
    margin-top: 4px;
    padding: 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    font-size: 0.875rem;
  }

  .note {
    padding: 10px 12px;
    border-radius: var(--radius);
    background: var(--warn-soft);
  }

  h3 {
    font-size: 0.9375rem;
    font-weight: 650;
  }

  dl {
    display: grid;
    grid-template-columns: 130px minmax(0, 1fr);
    gap: 10px 16px;
  }

  dt {
    color: var(--ink-soft);
  }

  .whole {
    display: block;
    color: var(--ink-soft);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.8125rem;
    line-height: 1.4;
  }

  th, td {
    padding: 8px 10px 8px 0;
    border-bottom: 1px solid var(--line);
    overflow-wrap: anywhere;
    text-align: left;
    vertical-align: top;
  }

  thead th {
    color: var(--ink-soft);
    font-weight: 550;
  }

  tbody th {
    width: 23%;
    font-weight: 600;
  }

  tbody tr:last-child > * {
    border-bottom: 0;
  }

  /* The roles keep it a table for screen readers. */
  @container (max-width: 640px) {
    dl {
      grid-template-columns: minmax(0, 1fr);
      gap: 2px;
    }

    dd + dt {
      margin-top: 10px;
    }

    ${stackedTable}

    tr {
      padding-inline: 0;
    }

    td {
      display: grid;
      grid-template-columns: minmax(0, 9.5em) minmax(0, 1fr);
      gap: 8px;
    }

    td::before {
      margin-top: 0;
    }
  }
`;
