/** The week in which this computer shares, as a grid of hours: drawn with a pointer, walked and painted with the keyboard, read as a table. */
import {LitElement, html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {withHours} from '../state/week-plan.ts';
import {daysOfWeek, hoursOfDay, isOpenAt, type Week, type WeekHour, wholeWeek} from '../state/week.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {weekStyles} from './share-week-styles.ts';
import {base} from './styles.ts';
import {clockTime, dayName} from './week-names.ts';

const words = shareRoomTexts.schedule;

/** A place of the grid; -1 stands for the names of days and hours. */
type Place = WeekHour;

const days = Array.from({length: daysOfWeek}, (_, day) => day);
const hours = Array.from({length: hoursOfDay}, (_, hour) => hour);

/** The hours that a place stands for: itself, a whole day, an hour of every day, or all. */
const hoursAt = ({day, hour}: Place): readonly WeekHour[] =>
  (day < 0 ? days : [day]).flatMap((eachDay) => (hour < 0 ? hours : [hour]).map((eachHour) => ({day: eachDay, hour: eachHour})));

/** All hours of the rectangle between two places. */
function between(one: Place, other: Place): readonly WeekHour[] {
  const [fromDay, toDay] = [Math.min(one.day, other.day), Math.max(one.day, other.day)];
  const [fromHour, toHour] = [Math.min(one.hour, other.hour), Math.max(one.hour, other.hour)];
  return days.filter((day) => day >= fromDay && day <= toDay).flatMap((day) => hours.filter((hour) => hour >= fromHour && hour <= toHour).map((hour) => ({day, hour})));
}

/** A person has chosen other hours. */
export class WeekChosenEvent extends Event {
  static readonly type = 'week-chosen';
  readonly week: Week;

  constructor(week: Week) {
    super(WeekChosenEvent.type);
    this.week = week;
  }
}

@customElement('share-week')
export class ShareWeek extends LitElement {
  static override styles = [...base, weekStyles];

  @property({attribute: false}) week: Week = wholeWeek;
  /** While it is drawn. */
  @state() private drawn: Week | undefined;
  /** The one place that the Tab key reaches. */
  @state() private place: Place = {day: 0, hour: 0};
  #stroke: {readonly from: Place; readonly open: boolean} | undefined;
  #anchor: Place | undefined;
  #drew = false;

  #choose(week: Week): void {
    if (week !== this.week) this.dispatchEvent(new WeekChosenEvent(week));
  }

  /** Opens what a place stands for; closes it where all of it is open. */
  #switch(place: Place): void {
    const all = hoursAt(place);
    this.#choose(withHours(this.week, {hours: all, open: !all.every((at) => isOpenAt(this.week, at))}));
  }

  #placeOf(target: EventTarget | null | undefined): Place | undefined {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-day]') : null;
    return cell ? {day: Number(cell.dataset['day']), hour: Number(cell.dataset['hour'])} : undefined;
  }

  readonly #down = (event: PointerEvent): void => {
    const place = this.#placeOf(event.target);
    this.#drew = false;
    // A finger that moves scrolls the page; what it taps is switched by its click.
    if (!place || event.pointerType === 'touch' || event.button !== 0 || place.day < 0 || place.hour < 0) return;
    this.#stroke = {from: place, open: !isOpenAt(this.week, place)};
    this.#draw(place);
    addEventListener('pointerup', this.#up, {once: true});
    addEventListener('pointercancel', this.#up, {once: true});
  };

  #draw(to: Place): void {
    if (!this.#stroke) return;
    const {from, open} = this.#stroke;
    this.place = to;
    this.drawn = withHours(this.week, {hours: between(from, to), open});
  }

  readonly #over = (event: PointerEvent): void => {
    const place = this.#placeOf(event.target);
    if (place) this.#draw(place);
  };

  readonly #up = (event: PointerEvent): void => {
    const {drawn} = this;
    this.#stroke = undefined;
    this.drawn = undefined;
    this.#drew = drawn !== undefined && event.type === 'pointerup';
    if (drawn !== undefined && this.#drew) this.#choose(drawn);
  };

  readonly #click = (event: Event): void => {
    const place = this.#placeOf(event.target);
    if (!place) return;
    this.place = place;
    // What a mouse pressed was drawn already; a finger and a screen reader only click.
    if (!this.#drew) this.#switch(place);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    this.place = this.#placeOf(event.target) ?? this.place;
    if (event.key === ' ' || event.key === 'Enter') this.#switch(this.place);
    else {
      const next = this.#step(event.key);
      if (!next) return;
      if (event.shiftKey) this.#paint(next);
      else this.#anchor = undefined;
      this.#focus(next);
    }
    event.preventDefault();
  };

  /** From where Shift was pressed, all hours up to here become as the first one is. */
  #paint(to: Place): void {
    this.#anchor ??= this.place;
    const hoursBetween = between(this.#anchor, to);
    const [first] = hoursAt(this.#anchor);
    if (first) this.#choose(withHours(this.week, {hours: hoursBetween, open: isOpenAt(this.week, first)}));
  }

  /** On phones days are beside each other and hours below: arrows follow what is seen. */
  #step(key: string): Place | undefined {
    const {day, hour} = this.place;
    const turned = getComputedStyle(this.renderRoot.querySelector('[role=grid]') ?? this).gridAutoFlow.startsWith('column');
    const [back, on, up, down] = turned ? ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] : ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
    if (key === back) return {day, hour: Math.max(-1, hour - 1)};
    if (key === on) return {day, hour: Math.min(hoursOfDay - 1, hour + 1)};
    if (key === up) return {day: Math.max(-1, day - 1), hour};
    if (key === down) return {day: Math.min(daysOfWeek - 1, day + 1), hour};
    if (key === 'Home') return {day, hour: 0};
    return key === 'End' ? {day, hour: hoursOfDay - 1} : undefined;
  }

  #focus(place: Place): void {
    this.place = place;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  }

  #tab({day, hour}: Place): string {
    return day === this.place.day && hour === this.place.hour ? '0' : '-1';
  }

  #head(place: Place, {role, text, label}: {role: 'columnheader' | 'rowheader'; text: string | TemplateResult; label: string}): TemplateResult {
    return html`<span class="head" role=${role} aria-label=${label} tabindex=${this.#tab(place)} data-day=${place.day} data-hour=${place.hour}>${text}</span>`;
  }

  #day(day: number, week: Week): TemplateResult {
    const name = dayName(day);
    return html`<div role="row">
      ${this.#head({day, hour: -1}, {role: 'rowheader', text: html`<span class="short">${dayName(day, 'short')}</span>`, label: words.day(name)})}
      ${hours.map((hour) => {
        const open = isOpenAt(week, {day, hour});
        const label = words.cell(name, words.stretch(clockTime(hour), clockTime(hour + 1)), open ? words.shares : words.rests);
        return html`<span class="hour" role="gridcell" aria-selected=${String(open)} aria-label=${label} tabindex=${this.#tab({day, hour})} data-day=${day} data-hour=${hour}></span>`;
      })}
    </div>`;
  }

  protected override render() {
    const week = this.drawn ?? this.week;
    return html`<div role="grid" aria-label=${words.table} aria-multiselectable="true" aria-describedby="help"
        @pointerdown=${this.#down} @pointerover=${this.#over} @click=${this.#click} @keydown=${this.#key}>
        <div role="row">
          ${this.#head({day: -1, hour: -1}, {role: 'columnheader', text: words.wholeShort, label: words.whole})}
          ${hours.map((hour) => this.#head({day: -1, hour}, {role: 'columnheader', text: String(hour), label: words.hour(words.stretch(clockTime(hour), clockTime(hour + 1)))}))}
        </div>
        ${days.map((day) => this.#day(day, week))}
      </div>
      <p class="soft small" id="help">${words.help}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-week': ShareWeek;
  }
}
