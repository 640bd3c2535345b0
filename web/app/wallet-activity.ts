/** Every order to the wallet and what became of it. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {explorerLink} from '../state/wallet-sums.ts';
import type {ActivityEntry, RelayMoney, Wallet, WalletView} from '../state/wallet-views.ts';
import {cardStyles} from './card-styles.ts';
import {factStyles} from './fact-styles.ts';
import {formatCoins, formatMoment} from './figures.ts';
import {attempt} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = texts.wallet;

@customElement('wallet-activity')
export class WalletActivity extends LitElement {
  static override styles = [...base, cardStyles, factStyles, css`
    ul {
      list-style: none;
    }

    li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 2px 16px;
      padding: 10px 0;
      border-top: 1px solid var(--line);
    }

    li > .state, li > .row {
      grid-column: 1 / -1;
    }

    .confirmed { color: var(--good); }
    .failed { color: var(--bad); }
    .unknown, .pending, .signing { color: var(--warn); }
  `];

  @property({attribute: false}) wallet: Wallet | undefined;
  @property({attribute: false}) view: WalletView | undefined;

  #entry(entry: ActivityEntry, money: RelayMoney): TemplateResult {
    const {id, kind, amount, at, state, reason} = entry;
    const link = explorerLink(entry, money);
    const sum = kind === 'cancel' ? '' : amount === 0n ? words.everything : formatCoins(amount);
    return html`<li data-kind=${kind} data-state=${state}>
      <span>${words.kinds[kind]} <span class="soft small">${formatMoment(at)}</span></span>
      <span class="number">${sum}</span>
      <span class="state small"><span class=${state}>${words.states[state]}</span>${reason === undefined ? nothing : html` · ${words.reasons[reason]}`}</span>
      <span class="row small">
        ${link === undefined ? nothing : html`<a href=${link} target="_blank" rel="noopener noreferrer">${words.explorer} <span class="unseen">(${words.openEnded})</span></a>`}
        ${state === 'unknown' || state === 'pending' ? html`<button type="button" class="little" @click=${() => attempt(this, this.wallet?.check(id))}>${words.check}</button>` : nothing}
      </span>
    </li>`;
  }

  protected override render() {
    const {view} = this;
    const money = view?.money;
    if (view === undefined || money === undefined) return nothing;
    const entries = view.activity.filter(({network}) => network === money.name);
    return html`<section class="card" aria-labelledby="activity">
      <h2 id="activity">${words.activity}</h2>
      <div role="status">${entries.length === 0 ? html`<p class="soft">${words.noActivity}</p>` : nothing}</div>
      ${entries.length === 0 ? nothing : html`<ul aria-label=${words.activityTable} aria-live="polite">${entries.map((entry) => this.#entry(entry, money))}</ul>`}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wallet-activity': WalletActivity;
  }
}
