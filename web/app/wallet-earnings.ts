/** What this browser's node has earned, and the button that brings it home. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {dueOf} from '../state/wallet-sums.ts';
import type {Wallet, WalletView} from '../state/wallet-views.ts';
import {cardStyles} from './card-styles.ts';
import {factStyles} from './fact-styles.ts';
import {formatCoins, formatPermille} from './figures.ts';
import {attempt} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = texts.wallet;

@customElement('wallet-earnings')
export class WalletEarnings extends LitElement {
  static override styles = [...base, cardStyles, factStyles];

  @property({attribute: false}) wallet: Wallet | undefined;
  @property({attribute: false}) view: WalletView | undefined;

  readonly #collect = (): void => attempt(this, this.wallet?.collect());

  protected override render() {
    const {view} = this;
    if (view?.money === undefined) return nothing;
    const due = dueOf(view);
    const claimed = view.look?.account.claimed;
    const ready = due !== undefined && due > 0n && view.doing === undefined;
    return html`<section class="card" aria-labelledby="earnings">
      <h2 id="earnings">${words.earning}</h2>
      <p class="soft">${words.earningText} ${words.fee(formatPermille(view.money.feePermille))}</p>
      ${view.wallet === undefined ? nothing : html`<dl class="figures">
        <div><dt>${words.earned}</dt><dd id="earned">${formatCoins(view.earned)}</dd></div>
        <div><dt>${words.collected}</dt><dd>${claimed === undefined ? '–' : formatCoins(claimed)}</dd></div>
        <div><dt>${words.due}</dt><dd id="due">${due === undefined ? '–' : formatCoins(due)}</dd></div>
      </dl>
      <div class="row"><button type="button" class="main" aria-disabled=${String(!ready)} @click=${ready ? this.#collect : nothing}>${words.collect}</button>
        ${due === 0n ? html`<span class="soft small">${words.nothingDue}</span>` : nothing}</div>`}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wallet-earnings': WalletEarnings;
  }
}
