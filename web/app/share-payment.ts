/** Before sharing: for free or for coins, at which price, paid to which wallet. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Asking, Share} from '../state/views.ts';
import type {RelayMoney, Wallet, WalletView} from '../state/wallet-views.ts';
import {cardStyles} from './card-styles.ts';
import {formatCoins, formatPermille, plainAmount} from './figures.ts';
import {attempt} from './notice.ts';
import {isPrice, parsePrice} from './prices.ts';
import {shareRoomTexts as room} from './share-room-texts.ts';
import {shareTexts} from './share-texts.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = shareTexts;
type Price = 'prompt' | 'completion';

@customElement('share-payment')
export class SharePayment extends LitElement {
  static override styles = [...base, cardStyles, css`
    .choice > span {
      display: grid;
      gap: 2px;
    }

    .prices {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
      gap: 12px;
      align-items: end;
    }
  `];

  @property({attribute: false}) share: Share | undefined;
  @property({attribute: false}) asking: Asking | undefined;
  @property({attribute: false}) wallet: Wallet | undefined;
  @property({attribute: false}) view: WalletView | undefined;
  /** The family of models that would be shared. */
  @property() family = '';
  /** What the person has written. */
  @state() private written: Partial<Record<Price, string>> = {};

  readonly #connect = (): void => attempt(this, this.wallet?.connect());

  #write(name: Price, text: string): void {
    this.written = {...this.written, [name]: text};
    if (isPrice(text)) attempt(this, this.share?.ask({[name]: parsePrice(text)}));
  }

  #field(name: Price, label: string): TemplateResult {
    const value = this.written[name] ?? plainAmount(this.asking?.[name] ?? 0n);
    return html`<div class="field"><label for=${name}>${label}</label>
      <input id=${name} inputmode="decimal" autocomplete="off" aria-describedby="problem" .value=${live(value)} @input=${(event: Event) => this.#write(name, (event.target as HTMLInputElement).value)}></div>`;
  }

  #choice(paid: boolean, {label, note}: {label: string; note: string}): TemplateResult {
    return html`<label class="choice">
      <input type="radio" name="payment" .checked=${live(this.asking?.paid === paid)} @change=${() => attempt(this, this.share?.ask({paid}))}>
      <span>${label}<span class="soft small">${note}</span></span>
    </label>`;
  }

  #payee({wallet, doing}: WalletView): TemplateResult {
    if (wallet !== undefined) return html`<p class="small">${words.payee} <span class="mono">${wallet.friendly}</span></p>`;
    return html`<p>${words.needWallet}</p>
      <div class="row"><button type="button" aria-disabled=${String(doing !== undefined)} @click=${this.#connect}>${doing === 'connecting' ? texts.wallet.connecting : texts.wallet.connect}</button></div>`;
  }

  #own(): TemplateResult | typeof nothing {
    const own = this.asking?.own[this.family];
    if (!own) return nothing;
    const {market} = room;
    return html`<p class="small" role="status">${market.here(`${market.perPrompt} ${formatCoins(own.prompt)} · ${market.perCompletion} ${formatCoins(own.completion)}`)}</p>`;
  }

  #paid(view: WalletView): TemplateResult {
    const wrong = !Object.values(this.written).every(isPrice);
    return html`<div class="prices">${this.#field('prompt', words.perPrompt(texts.coin))}${this.#field('completion', words.perCompletion(texts.coin))}</div>
      <div id="problem" role="alert">${wrong ? html`<p class="problem">${words.badPrice}</p>` : nothing}</div>
      ${this.#own()}
      ${this.#payee(view)}
      <p class="soft small">${words.credit}</p>`;
  }

  #card(money: RelayMoney, view: WalletView): TemplateResult {
    return html`<section class="card" aria-labelledby="payment">
      <h2 id="payment">${words.payHeading}</h2>
      <fieldset aria-labelledby="payment">
        ${this.#choice(false, {label: words.free, note: words.freeNote})}
        ${this.#choice(true, {label: words.paid(texts.coin), note: words.paidNote(formatPermille(money.feePermille))})}
      </fieldset>
      ${this.asking?.paid === true ? this.#paid(view) : nothing}
      ${money.name === 'mainnet' ? nothing : html`<p class="soft small">${texts.wallet.networks[money.name]}</p>`}
    </section>`;
  }

  protected override render() {
    const {view} = this;
    return view?.money === undefined ? nothing : this.#card(view.money, view);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-payment': SharePayment;
  }
}
