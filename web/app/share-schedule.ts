/** The schedule of sharing: ready-made ones, the week as a grid, and what it says in words. */
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {nextChange, presetWeek, type WeekPreset} from '../state/week-plan.ts';
import {hourOf, isOpenAt, type Week} from '../state/week.ts';
import type {Share} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {attempt} from './notice.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import type {WeekChosenEvent} from './share-week.ts';
import {base} from './styles.ts';
import {momentWords, weekLines} from './week-names.ts';
import './share-week.ts';

const words = shareRoomTexts.schedule;
const presets: readonly WeekPreset[] = ['always', 'nights', 'weekends', 'free-time'];

/** When it opens or closes next, as a sentence; empty where it is always open. */
export function nextWords(week: Week, now: Date): string {
  const next = nextChange(week, now);
  const open = isOpenAt(week, hourOf(now));
  if (!next) return open ? '' : words.neverOpens;
  return open ? words.closes(momentWords(next, now)) : words.opens(momentWords(next, now));
}

@customElement('share-schedule')
export class ShareSchedule extends LitElement {
  static override styles = [...base, cardStyles, css`
    button[aria-pressed='true'] {
      border-color: var(--accent);
      background: var(--accent-soft);
      color: var(--ink);
    }

    ul {
      padding-left: 22px;
    }
  `];

  @property({attribute: false}) share: Share | undefined;
  @property({attribute: false}) week: Week | undefined;

  #choose(week: Week): void {
    attempt(this, this.share?.limit({week}));
  }

  protected override render() {
    const {week} = this;
    if (week === undefined) return html``;
    return html`<section class="card" aria-labelledby="schedule">
      <h2 id="schedule">${words.heading}</h2>
      <div class="row" role="group" aria-label=${words.presetsLabel}>${presets.map((preset) => html`
        <button type="button" class="little" aria-pressed=${String(presetWeek(preset) === week)} @click=${() => this.#choose(presetWeek(preset))}>${words.presets[preset]}</button>`)}</div>
      <share-week .week=${week} @week-chosen=${(event: WeekChosenEvent) => this.#choose(event.week)}></share-week>
      <div role="status">
        <ul class="small" aria-label=${words.summary}>${weekLines(week).map((line) => html`<li>${line}</li>`)}</ul>
        <p class="small" id="next">${nextWords(week, new Date())}</p>
      </div>
      <p class="soft small">${words.localTime}</p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-schedule': ShareSchedule;
  }
}
