/** For each model that this device could run: how much it is in demand, what others ask, and what this computer asks. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Market} from '../state/market.ts';
import type {Network} from '../state/network-views.ts';
import type {Share, ShareChoice, ShareView} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {Observe} from './observe.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {base} from './styles.ts';
import {whileShown} from './while-shown.ts';
import './model-demand.ts';
import './model-price.ts';

const words = shareRoomTexts.market;

@customElement('share-market')
export class ShareMarket extends LitElement {
  static override styles = [...base, cardStyles, css`
    h3 {
      font-size: 1rem;
    }

    article {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 8px;
      padding-top: 14px;
      border-top: 1px solid var(--line);
    }
  `];

  @property({attribute: false}) share: Share | undefined;
  @property({attribute: false}) view: ShareView | undefined;
  @property({attribute: false}) network: Network | undefined;
  @property({attribute: false}) market: Market | undefined;
  /** Whether the relay takes money. */
  @property({type: Boolean}) paying = false;
  readonly #rates = new Observe(this, () => this.market?.view);

  constructor() {
    super();
    whileShown(this, () => (this.paying ? this.market?.watch() : undefined));
  }

  #model(choice: ShareChoice, {asking}: ShareView): TemplateResult {
    const {id, label} = choice;
    return html`<article data-family=${id} aria-label=${label}>
      <h3>${label}</h3>
      <model-demand .network=${this.network} .models=${choice.models}></model-demand>
      ${this.paying ? html`<model-price .share=${this.share} .asking=${asking} .rate=${this.#rates.value?.rates?.[id]} .family=${id} .label=${label}></model-price>` : nothing}
    </article>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    return html`<section class="card" aria-labelledby="market">
      <h2 id="market">${words.heading}</h2>
      <p class="soft small">${words.intro}</p>
      ${this.paying ? html`<p class="soft small">${words.rate}: ${words.unit}. ${words.classes}</p>` : nothing}
      ${view.choices.filter(({obstacle}) => obstacle === undefined).map((choice) => this.#model(choice, view))}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-market': ShareMarket;
  }
}
