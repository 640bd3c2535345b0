/** Tables that become a list of blocks where they have little room; their roles keep them tables for screen readers. */
import {css} from 'lit';

/** A block for each row, with the names of the columns before what they hold. */
export const stackedTable = css`
  thead {
    position: absolute;
    display: block;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  table, tbody, tr, tbody th, td {
    display: block;
    width: auto;
  }

  tr {
    padding: 10px 14px 12px;
    border-bottom: 1px solid var(--line);
  }

  tr:last-child {
    border-bottom: 0;
  }

  th, td {
    padding: 2px 0;
    border: 0;
  }

  td::before {
    content: attr(data-column);
    display: block;
    margin-top: 4px;
    color: var(--ink-soft);
    font-size: 0.8125rem;
  }
`;

export const tableStyles = css`
  :host {
    container-type: inline-size;
  }

  .frame {
    margin-top: 20px;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.9375rem;
  }

  th, td {
    padding: 10px 14px;
    border-bottom: 1px solid var(--line);
    text-align: left;
    vertical-align: top;
  }

  thead th {
    color: var(--ink-soft);
    font-size: 0.875rem;
    font-weight: 550;
  }

  tbody th {
    width: 24%;
    font-weight: 600;
  }

  tbody tr:last-child > * {
    border-bottom: 0;
  }

  @container (max-width: 640px) {
    ${stackedTable}
  }
`;
