/** The form of the task Picture: the picture, and a question about it. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Picture, Prepared, Tasks, TasksView} from '../state/task-views.ts';
import {formatBytes} from './figures.ts';
import {base} from './styles.ts';
import {taskStyles} from './task-styles.ts';
import {taskTexts} from './task-texts.ts';
import './bytes-picture.ts';
import './file-field.ts';

const words = taskTexts.picture;

/** A picture as it will be sent. */
export const pictureShown = (prepared: Prepared<Picture>) =>
  prepared.is !== 'ready' ? nothing : html`<div class="preview">
    <bytes-picture .bytes=${prepared.value.bytes} label=${words.seen}></bytes-picture>
    <span class="small soft number">${words.preview(prepared.value.width, prepared.value.height, formatBytes(prepared.value.bytes.length))}</span>
  </div>`;

@customElement('task-picture')
export class TaskPicture extends LitElement {
  static override styles = [...base, taskStyles];

  @property({attribute: false}) tasks: Tasks | undefined;
  @property({attribute: false}) view: TasksView | undefined;

  readonly #asked = (event: Event): void => this.tasks?.change('image-text', {question: (event.target as HTMLTextAreaElement).value});

  protected override render() {
    const {view, tasks} = this;
    if (view === undefined) return nothing;
    const prepared = view.media['image-text'];
    return html`
      <file-field kind="image-text" .tasks=${tasks} .prepared=${prepared}></file-field>
      ${pictureShown(prepared)}
      <p class="small soft">${words.fine}</p>
      <div class="field"><label for="question">${words.question}</label>
        <textarea id="question" rows="2" dir="auto" aria-describedby="hint" .value=${live(view.inputs['image-text'].question)} @input=${this.#asked}></textarea>
        <span id="hint" class="small soft">${words.questionHint}</span></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'task-picture': TaskPicture;
  }
}
