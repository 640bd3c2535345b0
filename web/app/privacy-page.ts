/** Who can see what, what the network does about it and what it does not do. */
import {LitElement, css, html, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {pageStyles} from './page-styles.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = texts.privacy;

const cell = (column: string, text: string): TemplateResult => html`<td role="cell" data-column=${column}>${text}</td>`;

@customElement('privacy-page')
export class PrivacyPage extends LitElement {
  static override styles = [...base, pageStyles, css`
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

    /* On phones each party is a block of its own; the roles keep it a table for screen readers. */
    @media (max-width: 719px) {
      thead {
        position: absolute;
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
    }

    section {
      margin-top: 32px;
      max-width: 66ch;
    }

    ul, dl {
      display: grid;
      gap: 8px;
      margin-top: 10px;
    }

    ul {
      padding-left: 22px;
    }

    dt {
      font-weight: 600;
    }
  `];

  #list(heading: string, lines: readonly string[]): TemplateResult {
    return html`<section><h2>${heading}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`;
  }

  #table(): TemplateResult {
    const {columns, rows} = words;
    return html`<table role="table" aria-label=${words.table}>
      <thead role="rowgroup"><tr role="row">${Object.values(columns).map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}</tr></thead>
      <tbody role="rowgroup">${rows.map(({who, text, address, fact}) => html`<tr role="row">
        <th role="rowheader" scope="row">${who}</th>${cell(columns.text, text)}${cell(columns.address, address)}${cell(columns.fact, fact)}
      </tr>`)}</tbody>
    </table>`;
  }

  protected override render() {
    return html`
      <h1 tabindex="-1">${words.heading}</h1>
      <p class="lead">${words.intro}</p>
      <div class="frame">${this.#table()}</div>
      <section><h2>${words.levelsHeading}</h2>
        <dl>${words.levels.map(({title, text}) => html`<div><dt>${title}</dt><dd>${text}</dd></div>`)}</dl></section>
      ${this.#list(words.doesHeading, words.does)}
      ${this.#list(words.doesNotHeading, words.doesNot)}
      ${this.#list(words.moneyHeading, words.money)}
      ${this.#list(words.sharingHeading, words.sharing)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'privacy-page': PrivacyPage;
  }
}
