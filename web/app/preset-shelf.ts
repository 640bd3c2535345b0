/** Named instructions: load, save, rename, delete. */
import {LitElement, css, html} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Instructions} from '../state/instructions.ts';
import {maxPresetName, maxPresets, type Presets} from '../state/presets.ts';
import {conversationTexts} from './conversation-texts.ts';
import {formatCount} from './figures.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';

/** A person wants these instructions in the form. */
export class LoadEvent extends Event {
  static readonly type = 'bombyx-load';
  readonly instructions: Instructions;

  constructor(instructions: Instructions) {
    super(LoadEvent.type);
    this.instructions = instructions;
  }
}

@customElement('preset-shelf')
export class PresetShelf extends LitElement {
  static override styles = [...base, css`
    fieldset {
      display: grid;
      gap: 8px;
      margin-top: 14px;
      padding: 12px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }

    legend {
      padding: 0 6px;
    }

    .row {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }

    select, input:not([type='radio'], [type='checkbox']) {
      flex: 1 1 180px;
      width: auto;
      min-width: 0;
    }
  `];

  @property({attribute: false}) presets: Presets | undefined;
  /** What the form says now; undefined where it says nothing that can be saved. */
  @property({attribute: false}) instructions: Instructions | undefined;
  @state() private chosen = '';
  @state() private name = '';
  @state() private said = '';
  readonly #view = new Observe(this, () => this.presets?.view);

  get #preset() {
    return this.#view.value?.presets.find(({name}) => name === this.chosen);
  }

  readonly #choose = (event: Event): void => {
    this.chosen = (event.target as HTMLSelectElement).value;
    this.name = this.chosen;
  };

  readonly #named = (event: Event): void => {
    this.name = (event.target as HTMLInputElement).value;
  };

  readonly #key = (event: KeyboardEvent): void => {
    // Enter in the name must not save the whole form.
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    this.#save();
  };

  readonly #load = (): void => {
    const preset = this.#preset;
    this.said = preset ? conversationTexts.instructions.loaded(preset.name) : conversationTexts.instructions.needPreset;
    if (preset) this.dispatchEvent(new LoadEvent(preset.instructions));
  };

  readonly #save = (): void => {
    const words = conversationTexts.instructions;
    const name = this.name.trim();
    const presets = this.#view.value?.presets ?? [];
    const isFull = presets.length >= maxPresets && presets.every((each) => each.name !== name);
    if (name === '' || this.instructions === undefined || isFull) {
      this.said = name === '' ? words.needName : isFull ? words.full(formatCount(maxPresets)) : words.needText;
      return;
    }
    attempt(this, this.presets?.save(name, this.instructions));
    this.chosen = name;
    this.said = words.saved(name);
  };

  readonly #rename = (): void => {
    const words = conversationTexts.instructions;
    const name = this.name.trim();
    const preset = this.#preset;
    if (!preset || name === '') {
      this.said = preset ? words.needName : words.needPreset;
      return;
    }
    attempt(this, this.presets?.rename(preset.name, name));
    this.chosen = name;
    this.said = words.renamed(name);
  };

  readonly #remove = (): void => {
    const preset = this.#preset;
    this.said = preset ? conversationTexts.instructions.removed(preset.name) : conversationTexts.instructions.needPreset;
    if (!preset) return;
    attempt(this, this.presets?.remove(preset.name));
    this.chosen = '';
  };

  protected override render() {
    const words = conversationTexts.instructions;
    const presets = this.#view.value?.presets ?? [];
    return html`<fieldset>
      <legend>${words.presets}</legend>
      <div class="row">
        <select aria-label=${words.preset} ?disabled=${presets.length === 0} @change=${this.#choose}>
          <option value="" .selected=${live(this.chosen === '')}>${words.noPreset}</option>
          ${presets.map(({name}) => html`<option value=${name} .selected=${live(name === this.chosen)}>${name}</option>`)}
        </select>
        <button type="button" @click=${this.#load}>${words.load}</button>
        <button type="button" @click=${this.#remove}>${words.remove}</button>
      </div>
      <div class="row">
        <input aria-label=${words.name} placeholder=${words.name} maxlength=${maxPresetName} autocomplete="off" .value=${live(this.name)} @input=${this.#named} @keydown=${this.#key}>
        <button type="button" @click=${this.#save}>${words.save}</button>
        <button type="button" @click=${this.#rename}>${words.rename}</button>
      </div>
      <p role="status" class="small">${this.said}</p>
    </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'preset-shelf': PresetShelf;
  }
}
