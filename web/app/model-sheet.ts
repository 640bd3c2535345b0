/** The models on offer with all that is known of each, to choose one. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {modelFacts, type ModelFacts, type Sorting, sortings, sortModels} from '../state/model-facts.ts';
import type {AppServices} from '../state/services.ts';
import type {ChatView} from '../state/views.ts';
import {dialogStyles} from './dialog-styles.ts';
import {linesOf} from './model-lines.ts';
import {modelTexts as words} from './model-texts.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';

@customElement('model-sheet')
export class ModelSheet extends LitElement {
  static override styles = [...base, dialogStyles, css`
    dialog {
      width: min(720px, calc(100vw - 32px));
    }

    .head, .model header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 8px 16px;
    }

    .head label {
      display: flex;
      align-items: center;
      gap: 8px;
    }

    select {
      width: auto;
    }

    ul {
      display: grid;
      gap: 12px;
      list-style: none;
    }

    .model {
      display: grid;
      gap: 10px;
      padding: 14px 16px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }

    .model.chosen {
      border-color: var(--accent);
    }

    h3 {
      font-size: 1rem;
      font-weight: 650;
      overflow-wrap: anywhere;
    }

    .demo {
      padding: 1px 8px;
      border-radius: 999px;
      background: var(--warn-soft);
      font-size: 0.8125rem;
      font-weight: 500;
    }

    dl {
      display: grid;
      grid-template-columns: minmax(0, 13em) minmax(0, 1fr);
      gap: 4px 16px;
      font-size: 0.875rem;
    }

    dt {
      color: var(--ink-soft);
    }

    .end {
      position: sticky;
      bottom: -24px;
      margin: 0 -24px -24px;
      padding: 12px 24px;
      border-top: 1px solid var(--line);
      background: var(--surface);
    }

    @media (max-width: 719px) {
      dialog { width: 100vw; }
      dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
      dt { margin-top: 6px; }
      .end { bottom: -20px; margin: 0 -16px -20px; padding: 10px 16px; }
    }

    @media (forced-colors: active) {
      .demo { border: 1px solid; }
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  @state() private sorting: Sorting = 'offer';
  @state() private isOpen = false;
  readonly #chat = new Observe(this, () => this.services?.chat.view);
  readonly #share = new Observe(this, () => this.services?.share.view);
  readonly #kept = new Observe(this, () => this.services?.models.view);
  readonly #network = new Observe(this, () => this.services?.network.view);
  #unwatch: (() => void) | undefined;

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  async show(): Promise<void> {
    this.isOpen = true;
    this.#unwatch ??= this.services?.network.watch();
    // Where the browser keeps no files there is nothing to list.
    void this.services?.models.look().catch(() => {});
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#closed();
  }

  readonly #close = (): void => this.#dialog?.close();

  readonly #closed = (): void => {
    this.isOpen = false;
    this.#unwatch?.();
    this.#unwatch = undefined;
  };

  readonly #sort = (event: Event): void => {
    const {value} = event.target as HTMLSelectElement;
    this.sorting = sortings.find((sorting) => sorting === value) ?? 'offer';
  };

  #choose({hash}: ModelFacts): void {
    this.services?.chat.chooseModel(hash);
    this.#close();
  }

  #facts({models, level, conversations}: ChatView): readonly ModelFacts[] {
    const facts = modelFacts({models, level, conversations, kept: this.#kept.value?.kept ?? [], published: this.#network.value?.now?.models ?? [], shareable: this.#share.value?.choices ?? []});
    return sortModels(facts, this.sorting);
  }

  #model(model: ModelFacts, {model: chosen, level}: ChatView): TemplateResult {
    const isChosen = model.hash === chosen;
    return html`<li class=${isChosen ? 'model chosen' : 'model'} data-model=${model.hash}>
      <header>
        <h3>${model.label} ${model.demo ? html`<span class="demo">${words.demo}</span>` : nothing}</h3>
        <button type="button" aria-pressed=${String(isChosen)} aria-label=${isChosen ? words.chosenNamed(model.label) : words.chooseNamed(model.label)} @click=${() => this.#choose(model)}>${isChosen ? words.chosen : words.choose}</button>
      </header>
      <dl>${linesOf(model, level).map(({term, text}) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>
    </li>`;
  }

  #content(view: ChatView): TemplateResult {
    const facts = this.#facts(view);
    return html`
      <div class="head">
        <h2 id="heading">${words.heading}</h2>
        <label>${words.sort}
          <select @change=${this.#sort}>${sortings.map((sorting) => html`<option value=${sorting} .selected=${live(sorting === this.sorting)}>${words.sortings[sorting]}</option>`)}</select>
        </label>
      </div>
      ${facts.length === 0 ? html`<p>${words.none}</p>` : html`<ul>${facts.map((model) => this.#model(model, view))}</ul>`}
      <p class="soft small">${words.waitNote}</p>
      <div class="end"><button type="button" @click=${this.#close}>${words.close}</button></div>`;
  }

  protected override render() {
    const view = this.#chat.value;
    return html`<dialog aria-labelledby="heading" @close=${this.#closed}>${view === undefined || !this.isOpen ? nothing : this.#content(view)}</dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-sheet': ModelSheet;
  }
}
