/** What anybody may know of the network at this relay: how many computers offer what, what they ask, how long one waits. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {AppServices} from '../state/services.ts';
import type {ModelNow, NetworkNow} from '../state/network-views.ts';
import {factStyles} from './fact-styles.ts';
import {formatCoins, formatCount, formatSeconds} from './figures.ts';
import {networkTexts as words} from './network-texts.ts';
import {Observe} from './observe.ts';
import {pageStyles} from './page-styles.ts';
import {base} from './styles.ts';
import {whileShown} from './while-shown.ts';
import {tableStyles} from './table-styles.ts';

const wait = (ms: number | undefined): string => (ms === undefined ? words.none : formatSeconds(ms));
const cell = (column: string, text: string): TemplateResult => html`<td role="cell" data-column=${column}>${text}</td>`;

@customElement('network-page')
export class NetworkPage extends LitElement {
  static override styles = [...base, pageStyles, factStyles, tableStyles, css`
    .figures {
      grid-template-columns: repeat(auto-fit, minmax(100px, 1fr));
      margin-top: 20px;
    }

    .below {
      margin-top: 12px;
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  readonly #view = new Observe(this, () => this.services?.network.view);

  constructor() {
    super();
    whileShown(this, () => this.services?.network.watch());
  }

  #figures({nodes, idle, running, waiting, waitMs}: NetworkNow): TemplateResult {
    const {figures} = words;
    const all = [[figures.nodes, formatCount(nodes)], [figures.idle, formatCount(idle)], [figures.running, formatCount(running)], [figures.waiting, formatCount(waiting)], [figures.wait, wait(waitMs)]] as const;
    return html`<dl class="figures">${all.map(([term, figure]) => html`<div><dt>${term}</dt><dd>${figure}</dd></div>`)}</dl>`;
  }

  #row({id, label, nodes, idle, free, price, waitMs}: ModelNow): TemplateResult {
    const {columns} = words;
    const asked = price ? words.price(formatCoins(price.lowest), formatCoins(price.median)) : words.none;
    return html`<tr role="row" data-model=${id}>
      <th role="rowheader" scope="row">${label}</th>
      ${cell(columns.nodes, formatCount(nodes))}${cell(columns.idle, formatCount(idle))}${cell(columns.gratis, formatCount(free))}${cell(columns.price, asked)}${cell(columns.wait, wait(waitMs))}
    </tr>`;
  }

  #models({models, others}: NetworkNow): TemplateResult {
    const offered = models.filter(({nodes}) => nodes > 0);
    const left = models.length - offered.length;
    return html`
      ${offered.length === 0 ? html`<p class="below">${words.nobody} <a href="/share">${words.share}</a></p>` : html`<div class="frame"><table role="table" aria-label=${words.table}>
        <thead role="rowgroup"><tr role="row">${Object.values(words.columns).map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}</tr></thead>
        <tbody role="rowgroup">${offered.map((model) => this.#row(model))}</tbody>
      </table></div>`}
      <p class="soft small below">${others > 0 ? `${words.others(others)} ` : ''}${left > 0 ? `${words.unoffered(left)} ` : ''}${words.waitNote}</p>`;
  }

  protected override render() {
    const {now, failed} = this.#view.value ?? {now: undefined, failed: false};
    return html`
      <h1 tabindex="-1">${words.heading}</h1>
      <p class="lead">${words.lead}</p>
      ${failed ? html`<p class="problem below" role="status">${words.failed}</p>` : nothing}
      ${now ? html`${this.#figures(now)}${this.#models(now)}` : html`<p class="soft below" role="status">${failed ? nothing : words.loading}</p>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'network-page': NetworkPage;
  }
}
