/** A break from sharing: for an hour, until tomorrow, and its end. */
import {LitElement, css, html, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {tomorrow} from '../state/limits.ts';
import type {Share, ShareView} from '../state/views.ts';
import {attempt} from './notice.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {base} from './styles.ts';
import {shareTexts} from './share-texts.ts';
import {momentWords} from './week-names.ts';

const words = shareTexts;
const hourMs = 3_600_000;

@customElement('share-pause')
export class SharePause extends LitElement {
  static override styles = [...base, css`
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 12px;
    }
  `];

  @property({attribute: false}) share: Share | undefined;
  @property({attribute: false}) view: ShareView | undefined;

  #button(label: string, breakUntil: () => number): TemplateResult {
    return html`<button type="button" @click=${() => attempt(this, this.share?.limit({breakUntil: breakUntil()}))}>${label}</button>`;
  }

  protected override render() {
    const {pause} = shareRoomTexts;
    if (this.view?.paused !== 'break') return html`${this.#button(words.pauseHour, () => Date.now() + hourMs)}${this.#button(pause.tomorrow, () => tomorrow(new Date()).getTime())}`;
    return html`${this.#button(words.resume, () => 0)}<span class="soft small">${pause.until(momentWords(new Date(this.view.limits.breakUntil), new Date()))}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-pause': SharePause;
  }
}
