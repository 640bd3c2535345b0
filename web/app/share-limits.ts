/** When this computer shares, and how hard it works. */
import {LitElement, css, html, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {SharingLimits} from '../state/limits.ts';
import type {Share, ShareView} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {attempt} from './notice.ts';
import {shareTexts} from './share-texts.ts';
import {base} from './styles.ts';
import './share-pause.ts';
import './share-schedule.ts';

const words = shareTexts;

@customElement('share-limits')
export class ShareLimits extends LitElement {
  static override styles = [...base, cardStyles, css`
    .groups {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
      gap: 12px 24px;
    }
  `];

  @property({attribute: false}) share: Share | undefined;
  @property({attribute: false}) view: ShareView | undefined;

  #limit(limits: Partial<SharingLimits>): void {
    attempt(this, this.share?.limit(limits));
  }

  #duty(duty: SharingLimits['duty'], chosen: number): TemplateResult {
    return html`<label class="choice"><input type="radio" name="duty" .checked=${live(duty === chosen)} @change=${() => this.#limit({duty})}><span>${words.duties[duty]}</span></label>`;
  }

  #allow(name: 'onBattery' | 'onMetered', allowed: boolean): TemplateResult {
    return html`<label class="choice"><input type="checkbox" .checked=${live(allowed)} @change=${() => this.#limit({[name]: !allowed})}><span>${words[name]}</span></label>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return html``;
    const {limits} = view;
    return html`<section class="card" aria-labelledby="limits">
      <h2 id="limits">${words.limitsHeading}</h2>
      <div class="groups">
        <fieldset><legend>${words.duty}</legend>${([100, 60, 30] as const).map((duty) => this.#duty(duty, limits.duty))}</fieldset>
        <div>${this.#allow('onBattery', limits.onBattery)}${this.#allow('onMetered', limits.onMetered)}</div>
      </div>
      <share-pause .share=${this.share} .view=${view}></share-pause>
    </section>
    <share-schedule .share=${this.share} .week=${limits.week}></share-schedule>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-limits': ShareLimits;
  }
}
