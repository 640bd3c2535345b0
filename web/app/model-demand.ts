/** How much the models of one family are in demand now, in a word and in what it was told by. */
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {demandOf} from '../state/market.ts';
import type {Network} from '../state/network-views.ts';
import {Observe} from './observe.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {base} from './styles.ts';
import {whileShown} from './while-shown.ts';

const words = shareRoomTexts.market;

@customElement('model-demand')
export class ModelDemand extends LitElement {
  static override styles = [...base, css`
    [data-tier='moderate'] b,
    [data-tier='high'] b {
      color: var(--good);
    }

    b {
      font-weight: 600;
    }
  `];

  @property({attribute: false}) network: Network | undefined;
  /** Ids of the models. */
  @property({attribute: false}) models: readonly string[] = [];
  readonly #now = new Observe(this, () => this.network?.view);

  constructor() {
    super();
    whileShown(this, () => this.network?.watch());
  }

  protected override render() {
    const now = this.#now.value?.now;
    if (!now) return html`<p class="soft small">${words.unknown}</p>`;
    const {tier, asked, nodes, idle} = demandOf(now.models.filter(({id}) => this.models.includes(id)));
    return html`<p data-tier=${tier}><b>${words.tiers[tier]}</b> <span class="soft small">${words.asked(asked)} · ${words.supply(nodes, idle)}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-demand': ModelDemand;
  }
}
