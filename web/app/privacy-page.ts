/** Who can see what, what the network does about it and what it does not do. */
import {LitElement, css, html, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {pageStyles} from './page-styles.ts';
import {privacyTexts} from './privacy-texts.ts';
import {base} from './styles.ts';
import {tableStyles} from './table-styles.ts';

const words = privacyTexts;

const cell = (column: string, text: string): TemplateResult => html`<td role="cell" data-column=${column}>${text}</td>`;

@customElement('privacy-page')
export class PrivacyPage extends LitElement {
  static override styles = [...base, pageStyles, tableStyles, css`
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
