/** The deposit that answers are paid from: what is left, putting coins in, taking them out. */
import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {isLow, leftOf} from '../state/wallet-sums.ts';
import type {Wallet, WalletView} from '../state/wallet-views.ts';
import type {ChannelLook} from '../wallet/words.ts';
import {cardStyles} from './card-styles.ts';
import {factStyles} from './fact-styles.ts';
import {formatCoins, formatMoment, plainAmount} from './figures.ts';
import {attempt, tell} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import './amount-form.ts';
import './other-deposits.ts';

const words = texts.wallet;

/** What the relay still gives away, as far as it has said. */
function trialText(all: number, left: number | undefined): string {
  if (left === undefined) return words.trialOffer(all);
  return left > 0 ? words.trial(left) : words.trialOver;
}

@customElement('wallet-deposit')
export class WalletDeposit extends LitElement {
  static override styles = [...base, cardStyles, factStyles];

  @property({attribute: false}) wallet: Wallet | undefined;
  @property({attribute: false}) view: WalletView | undefined;

  readonly #deposit = async (text: string): Promise<void> => this.wallet?.deposit(text);
  readonly #withdraw = async (text: string): Promise<void> => this.wallet?.withdraw(text);
  readonly #finish = (): void => attempt(this, this.wallet?.finishWithdrawal());
  readonly #cancel = (): void => attempt(this, this.wallet?.cancelWithdrawal());
  readonly #cap = async (text: string): Promise<void> => {
    await this.wallet?.setPriceCap(text);
    tell(this, words.capSaved);
  };

  #closing({finishAt, requested}: ChannelLook, view: WalletView): TemplateResult {
    const time = formatMoment(finishAt * 1000);
    const ripe = (view.look?.now ?? 0) >= finishAt;
    return html`<p class="note">${requested === 0n ? words.withdrawingAll(time) : words.withdrawing(formatCoins(requested), time)}</p>
      <div class="row">
        <button type="button" class="main" aria-disabled=${String(!ripe || view.doing !== undefined)} @click=${ripe ? this.#finish : nothing}>${words.withdrawNow}</button>
        <button type="button" aria-disabled=${String(view.doing !== undefined)} @click=${this.#cancel}>${words.withdrawCancel}</button>
      </div>`;
  }

  #channel(view: WalletView): TemplateResult | typeof nothing {
    const channel = view.look?.channel;
    if (!channel) return html`<p class="soft">${words.noDeposit}</p>`;
    return html`<dl class="figures"><div><dt>${words.left}</dt><dd>${formatCoins(leftOf(view) ?? 0n)}</dd></div></dl>
      ${isLow(view) && channel.finishAt === 0 ? html`<p class="note" role="status">${words.low}</p>` : nothing}
      ${channel.finishAt === 0 ? nothing : this.#closing(channel, view)}`;
  }

  #forms(view: WalletView): TemplateResult {
    const busy = view.doing !== undefined;
    const channel = view.look?.channel;
    return html`
      <amount-form id="deposit" .label=${words.depositAmount(texts.coin)} .action=${words.deposit} value="1" main .busy=${busy} .act=${this.#deposit}></amount-form>
      ${channel?.finishAt === 0 ? html`<amount-form id="withdraw" .label=${words.withdrawAmount(texts.coin)} .action=${words.withdraw} .busy=${busy} .act=${this.#withdraw}></amount-form>` : nothing}`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {trialLeft, money} = view;
    return html`<section class="card" aria-labelledby="paying">
      <h2 id="paying">${words.paying}</h2>
      <p class="soft">${words.payingText}</p>
      ${money === undefined || money.trial === 0 || view.isOpen ? nothing : html`<p>${trialText(money.trial, trialLeft)}</p>`}
      ${view.wallet === undefined ? nothing : html`${this.#channel(view)}${this.#forms(view)}`}
      <other-deposits .wallet=${this.wallet} .view=${view}></other-deposits>
      <amount-form id="cap" .label=${words.cap(texts.coin)} .action=${words.capSave} .value=${plainAmount(view.priceCap)} .act=${this.#cap}></amount-form>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wallet-deposit': WalletDeposit;
  }
}
