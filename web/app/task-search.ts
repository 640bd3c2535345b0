/** The form of the task Search texts: the texts, and what they are compared with. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {linesOf} from '../state/task-jobs.ts';
import type {Tasks, TasksView} from '../state/task-views.ts';
import {base} from './styles.ts';
import {taskStyles} from './task-styles.ts';
import {taskTexts} from './task-texts.ts';

const words = taskTexts.search;

@customElement('task-search')
export class TaskSearch extends LitElement {
  static override styles = [...base, taskStyles];

  @property({attribute: false}) tasks: Tasks | undefined;
  @property({attribute: false}) view: TasksView | undefined;

  readonly #wrote = (event: Event): void => this.tasks?.change('embeddings', {texts: (event.target as HTMLTextAreaElement).value});
  readonly #asked = (event: Event): void => this.tasks?.change('embeddings', {question: (event.target as HTMLInputElement).value});

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {texts: written, question} = view.inputs.embeddings;
    return html`
      <div class="field"><label for="texts">${words.texts}</label>
        <textarea id="texts" rows="6" dir="auto" aria-describedby="count" .value=${live(written)} @input=${this.#wrote}></textarea>
        <span id="count" class="small soft number">${words.preview(linesOf(written).length)}</span></div>
      <div class="field"><label for="question">${words.question}</label>
        <input id="question" type="text" dir="auto" maxlength="2000" aria-describedby="hint" .value=${live(question)} @input=${this.#asked}>
        <span id="hint" class="small soft">${words.questionHint}</span></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'task-search': TaskSearch;
  }
}
