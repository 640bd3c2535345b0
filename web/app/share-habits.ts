/** The switches of who shares: notices, a number on the icon, a screen that stays awake, a start with the app. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Habit, Habits, HabitsView} from '../state/habits.ts';
import {cardStyles} from './card-styles.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {base} from './styles.ts';

const words = shareRoomTexts.habits;
const all: readonly Habit[] = ['autostart', 'awake', 'notify', 'badge'];

@customElement('share-habits')
export class ShareHabits extends LitElement {
  static override styles = [...base, cardStyles, css`
    label > span {
      display: grid;
      gap: 2px;
    }
  `];

  @property({attribute: false}) habits: Habits | undefined;
  readonly #view = new Observe(this, () => this.habits?.view);

  #switch(habit: Habit, {chosen}: HabitsView): TemplateResult {
    const change = (event: Event): void => attempt(this, this.habits?.choose(habit, (event.target as HTMLInputElement).checked));
    return html`<label class="choice"><input type="checkbox" name=${habit} .checked=${live(chosen[habit])} @change=${change}>
      <span>${words[habit].label}<span class="soft small">${words[habit].note}</span></span></label>`;
  }

  protected override render() {
    const view = this.#view.value;
    if (view === undefined) return nothing;
    return html`<section class="card" aria-labelledby="habits">
      <h2 id="habits">${words.heading}</h2>
      <div>${all.filter((habit) => view.possible[habit]).map((habit) => this.#switch(habit, view))}</div>
      <p class="small" role="status">${view.refused ? words.refused : nothing}</p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-habits': ShareHabits;
  }
}
