/** When this computer shares, and how hard it works. */
import {LitElement, css, html, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {SharingLimits} from '../state/limits.ts';
import type {Share, ShareView} from '../state/views.ts';
import {attempt} from './notice.ts';
import {pageStyles} from './page-styles.ts';
import {shareTexts} from './share-texts.ts';
import {base} from './styles.ts';

const words = shareTexts;
const hourMs = 3_600_000;
const hours = Array.from({length: 24}, (_, hour) => hour);
const clockTime = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

@customElement('share-limits')
export class ShareLimits extends LitElement {
  static override styles = [...base, pageStyles, css`
    :host {
      max-width: none;
      padding: 0;
    }

    .groups {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
      gap: 12px 24px;
    }

    .hours {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 140px));
      gap: 4px 12px;
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

  #hour(name: 'from' | 'until', chosen: number): TemplateResult {
    const change = (event: Event): void => this.#limit({[name]: Number((event.target as HTMLSelectElement).value)});
    return html`<div class="field"><label for=${name}>${words[name]}</label>
      <select id=${name} @change=${change}>${hours.map((hour) => html`<option value=${hour} .selected=${live(hour === chosen)}>${clockTime(hour)}</option>`)}</select></div>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return html``;
    const {limits, paused} = view;
    return html`<section class="card" aria-labelledby="limits">
      <h2 id="limits">${words.limitsHeading}</h2>
      <div class="groups">
        <fieldset><legend>${words.duty}</legend>${([100, 60, 30] as const).map((duty) => this.#duty(duty, limits.duty))}</fieldset>
        <div>${this.#allow('onBattery', limits.onBattery)}${this.#allow('onMetered', limits.onMetered)}</div>
        <fieldset><legend>${words.hours}</legend>
          <div class="hours">${this.#hour('from', limits.from)}${this.#hour('until', limits.until)}</div>
          <p class="soft small">${words.allDay}</p>
        </fieldset>
      </div>
      <div class="row">${paused === 'break'
        ? html`<button type="button" @click=${() => this.#limit({breakUntil: 0})}>${words.resume}</button>`
        : html`<button type="button" @click=${() => this.#limit({breakUntil: Date.now() + hourMs})}>${words.pauseHour}</button>`}</div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-limits': ShareLimits;
  }
}
