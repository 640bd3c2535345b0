/** The wallet: which network, which wallet, the deposit, the earnings, and what was done. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {AppServices} from '../state/services.ts';
import {Observe} from './observe.ts';
import {pageStyles} from './page-styles.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import './wallet-activity.ts';
import './wallet-connection.ts';
import './wallet-deposit.ts';
import './wallet-earnings.ts';

const words = texts.wallet;

@customElement('wallet-page')
export class WalletPage extends LitElement {
  static override styles = [...base, pageStyles, css`
    .network {
      margin-top: 16px;
      padding: 10px 14px;
      border-radius: var(--radius);
      background: var(--warn-soft);
      font-weight: 550;
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  readonly #view = new Observe(this, () => this.services?.wallet.view);

  /** For tests: what the wallet is doing. */
  protected override updated(): void {
    this.dataset['doing'] = this.#view.value?.doing ?? 'nothing';
  }

  protected override render() {
    const view = this.#view.value;
    const wallet = this.services?.wallet;
    if (view === undefined || wallet === undefined) return nothing;
    return html`
      <h1 tabindex="-1">${words.heading}</h1>
      <p class="lead soft">${words.intro}</p>
      ${view.money === undefined ? html`<p class="card">${words.unknownMoney}</p>` : html`
        <p class="network">${words.networks[view.money.name]}</p>
        <wallet-connection .wallet=${wallet} .view=${view}></wallet-connection>
        <wallet-deposit .wallet=${wallet} .view=${view}></wallet-deposit>
        <wallet-earnings .wallet=${wallet} .view=${view}></wallet-earnings>
        <wallet-activity .wallet=${wallet} .view=${view}></wallet-activity>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wallet-page': WalletPage;
  }
}
