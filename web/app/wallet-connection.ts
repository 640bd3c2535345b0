/** Which wallet is connected, what it holds, and the buttons that change that. */
import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {ConnectedWallet} from '../wallet/words.ts';
import type {Wallet, WalletView} from '../state/wallet-views.ts';
import {cardStyles} from './card-styles.ts';
import {factStyles} from './fact-styles.ts';
import {formatCoins, formatTime} from './figures.ts';
import {copyIcon} from './icons.ts';
import {attempt, copy, tell} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = texts.wallet;

@customElement('wallet-connection')
export class WalletConnection extends LitElement {
  static override styles = [...base, cardStyles, factStyles];

  @property({attribute: false}) wallet: Wallet | undefined;
  @property({attribute: false}) view: WalletView | undefined;

  readonly #connect = (): void => attempt(this, this.wallet?.connect());
  readonly #disconnect = (): void => attempt(this, this.wallet?.disconnect());
  readonly #refresh = (): void => attempt(this, this.wallet?.refresh());
  readonly #faucet = (): void => attempt(this, this.wallet?.faucet().then(() => tell(this, words.gotCoins)));

  #connected({friendly, app}: ConnectedWallet, {look, lookedAt, doing, money}: WalletView): TemplateResult {
    return html`<dl class="facts">
        <dt>${words.address}</dt><dd class="mono">${friendly}</dd>
        <dt>${words.app}</dt><dd>${app}</dd>
        <dt>${words.balance}</dt><dd class="number">${look === undefined ? '–' : formatCoins(look.balance)}
          ${lookedAt === undefined ? nothing : html`<span class="soft">${words.looked(formatTime(lookedAt))}</span>`}</dd>
      </dl>
      <div class="row">
        <button type="button" aria-disabled=${String(doing !== undefined)} @click=${this.#refresh}>${doing === 'looking' ? words.looking : words.refresh}</button>
        ${money?.name === 'devnet' ? html`<button type="button" @click=${this.#faucet}>${words.faucet}</button>` : nothing}
        <button type="button" class="bare" @click=${() => void copy(this, friendly)}>${copyIcon}${words.copyAddress}</button>
        <button type="button" class="bare" aria-disabled=${String(doing !== undefined)} @click=${this.#disconnect}>${words.disconnect}</button>
      </div>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {wallet, doing} = view;
    return html`<section class="card" aria-labelledby="connection">
      <h2 id="connection">${words.connection}</h2>
      ${wallet === undefined ? html`<p class="soft">${words.none}</p>
        <div class="row"><button type="button" class="main" aria-disabled=${String(doing !== undefined)} @click=${this.#connect}>
          ${doing === 'connecting' ? words.connecting : words.connect}</button></div>` : this.#connected(wallet, view)}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wallet-connection': WalletConnection;
  }
}
