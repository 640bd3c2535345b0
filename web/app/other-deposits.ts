/** Deposits that the wallet made in other browsers, whose keys may be lost: found on the chain, and taken out from here. */
import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Wallet, WalletView} from '../state/wallet-views.ts';
import type {ChannelLook} from '../wallet/words.ts';
import {cardStyles} from './card-styles.ts';
import {factStyles} from './fact-styles.ts';
import {formatCoins, formatMoment} from './figures.ts';
import {attempt} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = texts.wallet;

@customElement('other-deposits')
export class OtherDeposits extends LitElement {
  static override styles = [...base, cardStyles, factStyles];

  @property({attribute: false}) wallet: Wallet | undefined;
  @property({attribute: false}) view: WalletView | undefined;

  readonly #find = (): void => attempt(this, this.wallet?.findOthers());

  #other(channel: ChannelLook, {look, doing}: WalletView): TemplateResult {
    const {spendable, finishAt} = channel;
    const ready = doing === undefined && (look?.now ?? 0) >= finishAt;
    return html`<p class="note">${words.other(formatCoins(spendable))} ${finishAt === 0 ? '' : words.withdrawingAll(formatMoment(finishAt * 1000))}</p>
      <div class="row"><button type="button" aria-disabled=${String(!ready)} @click=${ready ? () => attempt(this, this.wallet?.takeOther(channel)) : nothing}>
        ${finishAt === 0 ? words.otherTake : words.withdrawNow}</button></div>`;
  }

  protected override render() {
    const {view} = this;
    if (view?.wallet === undefined) return nothing;
    const {others, doing} = view;
    return html`<div role="status">${others?.length === 0 ? html`<p class="soft small">${words.noOthers}</p>` : nothing}</div>
      ${others?.map((channel) => this.#other(channel, view))}
      ${others === undefined ? html`<div class="row"><button type="button" class="little" aria-disabled=${String(doing !== undefined)} @click=${this.#find}>${words.others}</button></div>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'other-deposits': OtherDeposits;
  }
}
