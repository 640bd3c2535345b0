/** Tasks beside talking: one of five is chosen, filled in, asked, and its last result shown. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {AppServices} from '../state/services.ts';
import {type TaskKind, taskKinds, type TasksView} from '../state/task-views.ts';
import {Observe} from './observe.ts';
import {pageStyles} from './page-styles.ts';
import {base} from './styles.ts';
import {heardTask} from './task-announcement.ts';
import {taskTexts} from './task-texts.ts';
import {texts} from './texts.ts';
import './chat-announcer.ts';
import './model-picker.ts';
import './task-film.ts';
import './task-picture.ts';
import './task-result.ts';
import './task-search.ts';
import './task-send.ts';
import './task-sort.ts';
import './task-speech.ts';

const words = taskTexts;

@customElement('tasks-page')
export class TasksPage extends LitElement {
  static override styles = [...base, pageStyles, css`
    .kinds {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-top: 20px;
    }

    .kinds label {
      position: relative;
      display: inline-flex;
      align-items: center;
      min-height: var(--tap);
      padding: 6px 14px;
      border: 1px solid var(--edge);
      border-radius: var(--radius);
      background: var(--surface);
      font-weight: 550;
      cursor: pointer;
    }

    .kinds label:hover {
      background: var(--sunken);
    }

    .kinds label:has(:checked) {
      border-color: var(--accent);
      background: var(--accent-soft);
      color: var(--accent);
    }

    .kinds label:has(:focus-visible) {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
    }

    .kinds input[type='radio'] {
      position: absolute;
      width: 1px;
      height: 1px;
      margin: 0;
      opacity: 0;
    }

    @media (forced-colors: active) {
      .kinds label:has(:checked) { outline: 2px solid Highlight; }
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  readonly #view = new Observe(this, () => this.services?.tasks.view);
  readonly #own = new Observe(this, () => this.services?.own.view);
  readonly #settings = new Observe(this, () => this.services?.settings.view);
  readonly #wallet = new Observe(this, () => this.services?.wallet.view);
  #gone: AbortController | undefined;
  #running: TaskKind | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#gone = new AbortController();
    addEventListener('keydown', this.#key, {signal: this.#gone.signal});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gone?.abort();
  }

  protected override updated(): void {
    const view = this.#view.value;
    // For tests: which task is shown, and what it waits for.
    this.dataset['task'] = view?.kind ?? '';
    this.dataset['stage'] = view?.stage ?? 'idle';
    const begun = view?.running !== undefined && view.running !== this.#running;
    this.#running = view?.running;
    // Where the form fills the screen, the answer would come unseen.
    if (begun && view.running === view.kind) this.renderRoot.querySelector('task-result')?.scrollIntoView({block: 'nearest'});
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    const elsewhere = event.composedPath().some((target) => target instanceof HTMLDialogElement || (target instanceof HTMLElement && target.popover !== null));
    if (!elsewhere) this.services?.tasks.stop();
  };

  #form(view: TasksView): TemplateResult {
    const {tasks} = this.services ?? {};
    switch (view.kind) {
      case 'image-text':
        return html`<task-picture .tasks=${tasks} .view=${view}></task-picture>`;
      case 'transcription':
        return html`<task-speech .tasks=${tasks} .view=${view}></task-speech>`;
      case 'video':
        return html`<task-film .tasks=${tasks} .view=${view}></task-film>`;
      case 'embeddings':
        return html`<task-search .tasks=${tasks} .view=${view}></task-search>`;
      case 'classify':
        return html`<task-sort .tasks=${tasks} .view=${view}></task-sort>`;
    }
  }

  #kinds(view: TasksView): TemplateResult {
    return html`<fieldset class="kinds"><legend class="unseen">${words.choose}</legend>
      ${taskKinds.map((kind) => html`<label><input type="radio" name="kind" .checked=${live(kind === view.kind)} @change=${() => this.services?.tasks.show(kind)}>${words.kinds[kind]}</label>`)}
    </fieldset>`;
  }

  protected override render() {
    const view = this.#view.value;
    if (view === undefined) return nothing;
    const {kind, results, running, stage, wait} = view;
    const paired = (this.#settings.value?.paired.length ?? 0) > 0;
    return html`
      <h1 tabindex="-1">${words.heading}</h1>
      <p class="lead soft">${words.intro} <a href="/privacy">${texts.shell.privacy}</a></p>
      ${this.#kinds(view)}
      <section class="card" aria-labelledby="kind">
        <div><h2 id="kind">${words.kinds[kind]}</h2><p class="soft">${words.abouts[kind]}</p></div>
        ${this.#form(view)}
        <task-send .tasks=${this.services?.tasks} .own=${this.services?.own} .ownView=${this.#own.value} .view=${view} .paired=${paired} .gift=${this.#wallet.value?.isOpen === false}></task-send>
      </section>
      ${results[kind] === undefined ? nothing : html`<section class="card" aria-label=${words.result}>
        <task-result .result=${results[kind]} .stage=${running === kind ? stage : 'idle'} .wait=${wait}></task-result></section>`}
      <chat-announcer .heard=${heardTask(view)}></chat-announcer>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tasks-page': TasksPage;
  }
}
