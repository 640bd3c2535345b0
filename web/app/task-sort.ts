/** The form of the task Sort: a text or a picture, and the labels to choose from. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {InputOf, Tasks, TasksView} from '../state/task-views.ts';
import {base} from './styles.ts';
import {pictureShown} from './task-picture.ts';
import {taskStyles} from './task-styles.ts';
import {taskTexts} from './task-texts.ts';
import './file-field.ts';

const words = taskTexts.sort;

@customElement('task-sort')
export class TaskSort extends LitElement {
  static override styles = [...base, taskStyles];

  @property({attribute: false}) tasks: Tasks | undefined;
  @property({attribute: false}) view: TasksView | undefined;

  #write(fields: Partial<InputOf['classify']>): void {
    this.tasks?.change('classify', fields);
  }

  readonly #wroteText = (event: Event): void => this.#write({text: (event.target as HTMLTextAreaElement).value});
  readonly #wroteLabels = (event: Event): void => this.#write({labels: (event.target as HTMLTextAreaElement).value});

  #subject({media, inputs: {classify}}: TasksView) {
    if (classify.subject === 'text') return html`<div class="field"><label for="text">${words.text}</label>
      <textarea id="text" rows="4" dir="auto" .value=${live(classify.text)} @input=${this.#wroteText}></textarea></div>`;
    return html`<file-field kind="classify" .tasks=${this.tasks} .prepared=${media.classify}></file-field>
      ${pictureShown(media.classify)}
      <p class="small soft">${taskTexts.picture.fine}</p>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {subject: chosen, labels} = view.inputs.classify;
    return html`
      <fieldset><legend>${words.subject}</legend><div class="choices">${(['text', 'image'] as const).map((subject) => html`<label class="choice">
        <input type="radio" name="subject" .checked=${live(subject === chosen)} @change=${() => this.#write({subject})}><span>${words.subjects[subject]}</span></label>`)}</div></fieldset>
      ${this.#subject(view)}
      <div class="field"><label for="labels">${words.labels}</label>
        <textarea id="labels" rows="3" dir="auto" aria-describedby="hint" .value=${live(labels)} @input=${this.#wroteLabels}></textarea>
        <span id="hint" class="small soft">${words.labelsHint}</span></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'task-sort': TaskSort;
  }
}
