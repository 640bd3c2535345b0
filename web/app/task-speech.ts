/** The form of the task Speech: the sound, and its language. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {clockTime} from '../state/clock-time.ts';
import type {Tasks, TasksView} from '../state/task-views.ts';
import {formatBytes} from './figures.ts';
import {base} from './styles.ts';
import {taskStyles} from './task-styles.ts';
import {taskTexts} from './task-texts.ts';
import {texts} from './texts.ts';
import './file-field.ts';

const words = taskTexts.speech;

/** Languages that speech models know well, as in ISO 639-1. */
const languages = ['ar', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'fa', 'fi', 'fr', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sv', 'th', 'tr', 'uk', 'vi', 'zh'];

/** By name in the language of the app, in its order. */
function namedLanguages() {
  const names = new Intl.DisplayNames(texts.locale, {type: 'language'});
  return languages.map((code) => ({code, name: names.of(code) ?? code})).toSorted((left, right) => left.name.localeCompare(right.name, texts.locale));
}

@customElement('task-speech')
export class TaskSpeech extends LitElement {
  static override styles = [...base, taskStyles];

  @property({attribute: false}) tasks: Tasks | undefined;
  @property({attribute: false}) view: TasksView | undefined;

  readonly #picked = (event: Event): void => this.tasks?.change('transcription', {language: (event.target as HTMLSelectElement).value});

  #preview({media: {transcription: prepared}}: TasksView) {
    if (prepared.is !== 'ready') return nothing;
    const {pieces, milliseconds} = prepared.value;
    const bytes = pieces.reduce((sum, {audio}) => sum + audio.length, 0);
    return html`<p class="number" data-pieces=${pieces.length}>${words.preview(pieces.length, clockTime(milliseconds), formatBytes(bytes))}</p>`;
  }

  protected override render() {
    const {view, tasks} = this;
    if (view === undefined) return nothing;
    const {language} = view.inputs.transcription;
    return html`
      <file-field kind="transcription" .tasks=${tasks} .prepared=${view.media.transcription}></file-field>
      ${this.#preview(view)}
      <p class="small soft">${words.fine}</p>
      <div class="field"><label for="language">${words.language}</label>
        <select id="language" @change=${this.#picked}>
          <option value="" .selected=${live(language === '')}>${words.anyLanguage}</option>
          ${namedLanguages().map(({code, name}) => html`<option value=${code} .selected=${live(language === code)}>${name}</option>`)}
        </select></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'task-speech': TaskSpeech;
  }
}
