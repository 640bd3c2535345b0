/** What others ask for a model beside what this computer asks, and a price of its own for it. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {formatAmount} from '#protocol/amount.ts';
import {type GoingRate, isFarAbove, type PriceSpan} from '../state/market.ts';
import type {Asking, OwnPrices, Share} from '../state/views.ts';
import {factStyles} from './fact-styles.ts';
import {formatCoins} from './figures.ts';
import {attempt} from './notice.ts';
import {isPrice, parsePrice} from './prices.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {base} from './styles.ts';
import {shareTexts} from './share-texts.ts';
import {texts} from './texts.ts';

const words = shareRoomTexts.market;
type Class = keyof OwnPrices;
const classes: readonly Class[] = ['prompt', 'completion'];

@customElement('model-price')
export class ModelPrice extends LitElement {
  static override styles = [...base, factStyles, css`
    :host {
      display: grid;
      gap: 10px;
    }

    .prices {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
      gap: 12px;
      align-items: end;
    }

    .field {
      display: grid;
      gap: 6px;
    }

    summary {
      min-height: var(--tap);
      align-content: center;
      cursor: pointer;
    }
  `];

  @property({attribute: false}) share: Share | undefined;
  @property({attribute: false}) asking: Asking | undefined;
  @property({attribute: false}) rate: GoingRate | undefined;
  /** The family, and its name. */
  @property() family = '';
  @property() label = '';
  /** What the person has written. */
  @state() private written: Partial<Record<Class, string>> = {};

  #span(span: PriceSpan | undefined): string {
    return span === undefined ? '–' : words.span({median: formatCoins(span.median), lowest: formatCoins(span.lowest), highest: formatCoins(span.highest)});
  }

  #rate(): TemplateResult {
    const {rate} = this;
    if (!rate || rate.paid + rate.free === 0) return html`<dt>${words.rate}</dt><dd>${words.nobody}</dd>`;
    const free = rate.free > 0 ? words.gratis(rate.free) : nothing;
    return html`<dt>${words.rate}</dt><dd>${rate.paid === 0 ? free : html`${words.perPrompt} ${this.#span(rate.prompt)} · ${words.perCompletion} ${this.#span(rate.completion)} ${rate.free > 0 ? html` · ${free}` : nothing}`}</dd>`;
  }

  #keep(own: Asking['own']): void {
    attempt(this, this.share?.ask({own}));
  }

  #write(name: Class, {text, mine}: {text: string; mine: OwnPrices}): void {
    this.written = {...this.written, [name]: text};
    if (this.asking && isPrice(text)) this.#keep({...this.asking.own, [this.family]: {prompt: mine.prompt, completion: mine.completion, [name]: parsePrice(text)}});
  }

  #back(own: Asking['own']): void {
    this.written = {};
    this.#keep(Object.fromEntries(Object.entries(own).filter(([family]) => family !== this.family)));
  }

  #field(name: Class, mine: OwnPrices): TemplateResult {
    const label = name === 'prompt' ? shareTexts.perPrompt(texts.coin) : shareTexts.perCompletion(texts.coin);
    return html`<div class="field"><label for=${name}>${label}</label>
      <input id=${name} inputmode="decimal" autocomplete="off" aria-describedby="problem" .value=${live(this.written[name] ?? formatAmount(mine[name]))} @input=${(event: Event) => this.#write(name, {text: (event.target as HTMLInputElement).value, mine})}></div>`;
  }

  #own(asking: Asking, mine: OwnPrices): TemplateResult {
    const wrong = !Object.values(this.written).every(isPrice);
    return html`<details><summary>${words.special}</summary>
      <div class="prices" role="group" aria-label=${words.specialFor(this.label)}>${classes.map((name) => this.#field(name, mine))}</div>
      <div id="problem" role="alert">${wrong ? html`<p class="problem">${shareTexts.badPrice}</p>` : nothing}</div>
      ${asking.own[this.family] === undefined ? nothing : html`<p><button type="button" class="little" @click=${() => this.#back(asking.own)}>${words.back}</button></p>`}
      <p class="soft small">${words.effect}</p>
    </details>`;
  }

  protected override render() {
    const {asking, rate} = this;
    if (asking === undefined) return nothing;
    const mine = asking.own[this.family] ?? asking;
    const said = asking.paid ? `${words.perPrompt} ${formatCoins(mine.prompt)} · ${words.perCompletion} ${formatCoins(mine.completion)}` : words.free;
    return html`<dl class="facts">${this.#rate()}<dt>${words.mine}</dt><dd>${said}</dd></dl>
      ${asking.paid && rate && isFarAbove(mine, rate) ? html`<p class="note small" role="status">${words.far}</p>` : nothing}
      ${asking.paid ? this.#own(asking, mine) : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-price': ModelPrice;
  }
}
