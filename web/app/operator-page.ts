/** For whoever runs this relay: asks for the key, then shows how the relay does and what can be done about it. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {Operator, OperatorView, Overview, RelayMoney} from '../state/operator-views.ts';
import type {AppServices} from '../state/services.ts';
import {factStyles} from './fact-styles.ts';
import {formatBytes, formatCoins, formatMoment} from './figures.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {KeepOutEvent} from './operator-nodes.ts';
import {operatorTexts as words} from './operator-texts.ts';
import {pageStyles} from './page-styles.ts';
import {base} from './styles.ts';
import {whileShown} from './while-shown.ts';
import './operator-acts.ts';
import './operator-health.ts';

@customElement('operator-page')
export class OperatorPage extends LitElement {
  static override styles = [...base, pageStyles, factStyles, css`
    :host {
      max-width: 1040px;
    }

    form {
      display: grid;
      gap: 12px;
      max-width: 620px;
    }

    .choice > span {
      display: grid;
    }

    .about {
      justify-content: space-between;
      margin-top: 12px;
    }

    .pair {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
      gap: 0 20px;
      align-items: start;
    }

    ol, ul {
      padding: 0;
      list-style: none;
      font-size: 0.875rem;
    }

    li {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 4px 12px;
      overflow-wrap: anywhere;
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  @state() private operator: Operator | undefined;
  readonly #view = new Observe(this, () => this.operator?.view);
  #isComing = false;

  constructor() {
    super();
    whileShown(this, () => this.operator?.watch());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener(KeepOutEvent.type, this.#propose);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener(KeepOutEvent.type, this.#propose);
  }

  protected override willUpdate(): void {
    if (this.services === undefined || this.#isComing) return;
    this.#isComing = true;
    attempt(this, this.services.operator().then((operator) => {
      this.operator = operator;
    }));
  }

  readonly #propose = (event: Event): void => {
    if (event instanceof KeepOutEvent) this.renderRoot.querySelector('operator-acts')?.propose(event.who);
  };

  readonly #enter = (event: Event): void => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    attempt(this, this.#open(String(fields.get('key') ?? ''), fields.has('keep')));
  };

  async #open(key: string, keep: boolean): Promise<void> {
    await this.operator?.enter(key, keep);
    await this.updateComplete;
    const isOpen = this.#view.value?.is === 'open';
    this.renderRoot.querySelector<HTMLElement>(isOpen ? 'h1' : '#key')?.focus();
  }

  readonly #leave = (): void => {
    this.operator?.leave();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#key')?.focus());
  };

  #door({why, busy}: OperatorView & {is: 'shut'}): TemplateResult {
    return html`<form class="card" @submit=${this.#enter}>
      <div class="field"><label for="key">${words.key}</label>
        <input id="key" name="key" type="password" class="mono" autocomplete="off" spellcheck="false" required aria-describedby="hint why" aria-invalid=${why === 'wrong'}>
        <span class="soft small" id="hint">${words.keyHint}</span></div>
      <label class="choice"><input type="checkbox" name="keep" aria-labelledby="keep" aria-describedby="keep-hint"><span><span id="keep">${words.keep}</span><span class="soft small" id="keep-hint">${words.keepHint}</span></span></label>
      <p id="why" role="alert" class=${why === undefined ? '' : 'problem'}>${why === undefined ? nothing : words.shut[why]}</p>
      <div class="row"><button type="submit" class="main" ?disabled=${busy}>${words.open}</button>${busy ? html`<span class="soft" role="status">${words.opening}</span>` : nothing}</div>
    </form>`;
  }

  #about({relay}: Overview): TemplateResult {
    return html`<div class="row about">
      <p class="small">${words.about(relay)}<br><span class="soft">${words.since(formatMoment(relay.startedAt), formatBytes(relay.memoryBytes))}</span></p>
      <button type="button" @click=${this.#leave}>${words.leave}</button>
    </div>`;
  }

  #money({network, vault, charged, claimed, owed}: RelayMoney): TemplateResult {
    const {money} = words;
    const facts = [
      [money.network, network],
      [money.vault, vault === undefined ? money.vaultUnknown : formatCoins(vault.balance)],
      ...(vault === undefined ? [] : [[money.paidToday, money.ofCap(formatCoins(vault.paidToday), formatCoins(vault.dailyCap))] as const]),
      [money.charged, formatCoins(charged)],
      [money.claimed, formatCoins(claimed)],
      [money.toClaim, formatCoins(charged > claimed ? charged - claimed : 0n)],
      [money.owed, formatCoins(owed)],
    ] as const;
    return html`<section class="card" aria-labelledby="money"><h2 id="money">${money.heading}</h2>
      <dl class="facts">${facts.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl></section>`;
  }

  #cluster({up, peers}: NonNullable<Overview['cluster']>): TemplateResult {
    const {cluster} = words;
    return html`<section class="card" aria-labelledby="cluster"><h2 id="cluster">${cluster.heading}</h2>
      <p class=${up ? 'small' : 'small problem'}>${up ? cluster.up : cluster.down}</p>
      ${peers.length === 0 ? html`<p class="soft small">${cluster.alone}</p>` : html`<ul>${peers.map(({url, nodes}) => html`<li><span>${url}</span><span class="soft">${cluster.peer(nodes)}</span></li>`)}</ul>`}
    </section>`;
  }

  #acts({acts}: Overview): TemplateResult {
    return html`<section class="card" aria-labelledby="acts"><h2 id="acts">${words.acts.heading}</h2>
      <p class="soft small">${words.acts.text}</p>
      ${acts.length === 0 ? html`<p class="soft small">${words.acts.nothing}</p>` : html`<ol>${acts.map(({at, act}) => html`<li><span>${words.acts[act]}</span><span class="soft">${formatMoment(at)}</span></li>`)}</ol>`}
      <p class="soft small">${words.metrics}</p>
    </section>`;
  }

  #sight({sight, samples, stale}: OperatorView & {is: 'open'}): TemplateResult {
    const {overview} = sight;
    return html`
      ${this.#about(overview)}
      ${stale ? html`<p class="problem" role="status">${words.stale}</p>` : nothing}
      <operator-health .overview=${overview} .samples=${samples}></operator-health>
      <operator-nodes .operator=${this.operator} .sight=${sight}></operator-nodes>
      <operator-acts .operator=${this.operator} .sight=${sight}></operator-acts>
      <div class="pair">
        ${overview.money ? this.#money(overview.money) : nothing}
        ${overview.cluster ? this.#cluster(overview.cluster) : nothing}
        ${this.#acts(overview)}
      </div>`;
  }

  protected override render() {
    const view = this.#view.value;
    return html`
      <h1 tabindex="-1">${words.heading}</h1>
      <p class="lead">${words.lead}</p>
      ${view === undefined ? nothing : view.is === 'shut' ? this.#door(view) : this.#sight(view)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'operator-page': OperatorPage;
  }
}
