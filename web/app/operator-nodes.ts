/** Models with supply and demand, and the computers that are here: found by key, engine or model, a page at a time. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {shortId} from '#protocol/ids.ts';
import type {ModelDemand, Operator, OperatorNode, Sight} from '../state/operator-views.ts';
import {cardStyles} from './card-styles.ts';
import {formatCount, formatMoment, formatSeconds, formatTime} from './figures.ts';
import {operatorTexts} from './operator-texts.ts';
import {base} from './styles.ts';
import {stackedTable, tableStyles} from './table-styles.ts';

const words = operatorTexts.nodes;
const modelWords = operatorTexts.models;
const cell = (column: string, content: unknown): TemplateResult => html`<td role="cell" data-column=${column}>${content}</td>`;
const head = (columns: Readonly<Record<string, string>>): TemplateResult => html`<thead role="rowgroup"><tr role="row">${Object.values(columns).map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}</tr></thead>`;

/** The operator wants this computer kept out. */
export class KeepOutEvent extends Event {
  static readonly type = 'keep-out';
  readonly who: string;

  constructor(who: string) {
    super(KeepOutEvent.type, {bubbles: true, composed: true});
    this.who = who;
  }
}

@customElement('operator-nodes')
export class OperatorNodes extends LitElement {
  static override styles = [...base, cardStyles, tableStyles, css`
    .frame {
      margin-top: 0;
    }

    table {
      font-size: 0.875rem;
    }

    tbody th {
      width: auto;
    }

    tbody th.mono, .state {
      white-space: nowrap;
    }

    th, td {
      padding: 8px 10px;
      overflow-wrap: anywhere;
    }

    .row > label {
      flex: 1 1 240px;
    }

    .state {
      display: block;
    }

    /* Seven columns want more room than others. */
    @container (max-width: 760px) {
      ${stackedTable}
    }
  `];

  @property({attribute: false}) operator: Operator | undefined;
  @property({attribute: false}) sight: Sight | undefined;

  readonly #find = (event: Event): void => void this.operator?.find((event.target as HTMLInputElement).value);
  readonly #turn = (by: number): void => void this.operator?.turnTo((this.sight?.nodes.page ?? 0) + by);

  #model({hash, id, nodes, idle, waiting, wait: {p50, p95}}: ModelDemand): TemplateResult {
    const {columns} = modelWords;
    const wait = p50 === undefined || p95 === undefined ? operatorTexts.none : `${formatSeconds(p50)} / ${formatSeconds(p95)}`;
    return html`<tr role="row" data-model=${id ?? hash}>
      <th role="rowheader" scope="row">${id ?? modelWords.other(shortId(hash))}</th>
      ${cell(columns.nodes, formatCount(nodes))}${cell(columns.idle, formatCount(idle))}${cell(columns.waiting, formatCount(waiting))}${cell(columns.wait, wait)}
    </tr>`;
  }

  #models(models: readonly ModelDemand[]): TemplateResult {
    return html`<section class="card" aria-labelledby="models"><h2 id="models">${modelWords.heading}</h2>
      ${models.length === 0 ? html`<p class="soft">${modelWords.nobody}</p>` : html`<div class="frame"><table role="table" aria-label=${modelWords.table}>${head(modelWords.columns)}<tbody role="rowgroup">${models.map((model) => this.#model(model))}</tbody></table></div>`}
    </section>`;
  }

  #state({banned, pausedUntil, open, taken}: OperatorNode): string {
    const {states} = words;
    if (banned) return states.banned;
    if (pausedUntil > (this.sight?.overview.relay.now ?? 0)) return states.paused(formatTime(pausedUntil));
    if (taken > 0) return states.busy(taken, Math.max(open, taken));
    return open === 0 ? states.closed : states.idle;
  }

  #node(node: OperatorNode): TemplateResult {
    const {columns} = words;
    const {id, engine, models, since, done, failed, hidden, link} = node;
    const facts = [words.link[link] ?? link, ...(hidden ? [words.hidden] : [])].join(', ');
    return html`<tr role="row" data-node=${id}>
      <th role="rowheader" scope="row" class="mono" title=${id}>${shortId(id)}</th>
      ${cell(columns.models, models.map(({id: known, name}) => known ?? name).join(', '))}${cell(columns.engine, engine)}${cell(columns.since, formatMoment(since))}
      ${cell(columns.jobs, words.jobs(formatCount(done), formatCount(failed)))}
      ${cell(columns.state, html`${this.#state(node)}<span class="soft small state">${facts}</span>`)}
      ${cell(columns.act, html`<button type="button" class="little" aria-label=${words.keepOutNamed(shortId(id))} @click=${() => this.dispatchEvent(new KeepOutEvent(id))}>${words.keepOut}</button>`)}
    </tr>`;
  }

  #pages({page, perPage, found, nodes}: Sight['nodes']): TemplateResult | typeof nothing {
    if (found <= perPage && page === 0) return nothing;
    const isLast = (page + 1) * perPage >= found;
    return html`<div class="row">
      <button type="button" ?disabled=${page === 0} @click=${() => this.#turn(-1)}>${words.before}</button>
      <button type="button" ?disabled=${isLast} @click=${() => this.#turn(1)}>${words.after}</button>
      <span class="soft small" role="status">${words.shown(Math.min(found, page * perPage + 1), page * perPage + nodes.length, found)}</span>
    </div>`;
  }

  #nodes(page: Sight['nodes']): TemplateResult {
    return html`<section class="card" aria-labelledby="nodes"><h2 id="nodes">${words.heading}</h2>
      <div class="row"><label class="field"><span>${words.find}</span><input type="search" maxlength="64" autocomplete="off" spellcheck="false" @change=${this.#find}></label></div>
      ${page.nodes.length === 0 ? html`<p class="soft" role="status">${page.total === 0 ? words.nobody : words.notFound}</p>` : html`<div class="frame"><table role="table" aria-label=${words.table}>${head(words.columns)}<tbody role="rowgroup">${page.nodes.map((node) => this.#node(node))}</tbody></table></div>`}
      ${this.#pages(page)}
    </section>`;
  }

  protected override render() {
    const {sight} = this;
    return sight === undefined ? nothing : html`${this.#models(sight.overview.models)}${this.#nodes(sight.nodes)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'operator-nodes': OperatorNodes;
  }
}
