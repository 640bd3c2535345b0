/** The form of the task Film: the film, how many frames are taken out of it, and what to do with them. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {clockTime} from '../state/clock-time.ts';
import {filmAsks, frameCounts, type Tasks, type TasksView} from '../state/task-views.ts';
import {base} from './styles.ts';
import {taskStyles} from './task-styles.ts';
import {taskTexts} from './task-texts.ts';
import './bytes-picture.ts';
import './file-field.ts';

const words = taskTexts.film;

@customElement('task-film')
export class TaskFilm extends LitElement {
  static override styles = [...base, taskStyles];

  @property({attribute: false}) tasks: Tasks | undefined;
  @property({attribute: false}) view: TasksView | undefined;

  readonly #searched = (event: Event): void => this.tasks?.change('video', {query: (event.target as HTMLInputElement).value});

  #frames({media: {video: prepared}}: TasksView) {
    if (prepared.is !== 'ready') return nothing;
    const {frames, milliseconds} = prepared.value;
    return html`
      <p class="number">${words.preview(frames.length, clockTime(milliseconds))}</p>
      <ul class="frames" aria-label=${words.count}>${frames.map(({atMs, image}) => html`<li><figure data-at=${atMs}>
        <bytes-picture .bytes=${image} label=${words.frameAt(clockTime(atMs))}></bytes-picture>
        <figcaption class="small soft number" aria-hidden="true">${clockTime(atMs)}</figcaption>
      </figure></li>`)}</ul>`;
  }

  #counts(chosen: number) {
    return html`<fieldset><legend>${words.count}</legend><div class="choices">${frameCounts.map((count) => html`<label class="choice">
      <input type="radio" name="count" .checked=${live(count === chosen)} @change=${() => this.tasks?.change('video', {count})}><span>${words.counts(count)}</span></label>`)}</div></fieldset>`;
  }

  #asks(chosen: string) {
    return html`<fieldset><legend>${words.ask}</legend><div class="choices">${filmAsks.map((ask) => html`<label class="choice">
      <input type="radio" name="ask" .checked=${live(ask === chosen)} @change=${() => this.tasks?.change('video', {ask})}><span>${words.asks[ask]}</span></label>`)}</div></fieldset>`;
  }

  protected override render() {
    const {view, tasks} = this;
    if (view === undefined) return nothing;
    const {count, ask, query} = view.inputs.video;
    return html`
      <file-field kind="video" .tasks=${tasks} .prepared=${view.media.video}></file-field>
      <p class="small soft">${words.fine}</p>
      ${this.#counts(count)}
      ${this.#frames(view)}
      ${this.#asks(ask)}
      ${ask === 'search' ? html`<div class="field"><label for="query">${words.query}</label>
        <input id="query" type="text" dir="auto" maxlength="250" aria-describedby="hint" .value=${live(query)} @input=${this.#searched}>
        <span id="hint" class="small soft">${words.queryHint}</span></div>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'task-film': TaskFilm;
  }
}
