/** Chooses the model and who may answer: two native lists above the message. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {ModelHash} from '#protocol/ids.ts';
import type {Chat, ChatView, Level, ModelChoice} from '../state/views.ts';
import {formatRate} from './figures.ts';
import {aboutIcon} from './icons.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

/** A person wants to know more of the models. */
export const modelsEvent = 'bombyx-models';

/** How many computers may answer with a model at a level. */
export const computersFor = (model: ModelChoice, level: Level): number => (level === 'mine' ? model.mine : model.nodes);

@customElement('model-picker')
export class ModelPicker extends LitElement {
  static override styles = [...base, css`
    :host {
      display: flex;
      flex: 1 1 0;
      min-width: 0;
      gap: 8px;
    }

    select {
      flex: 0 1 auto;
      width: auto;
      min-width: 0;
      max-width: 320px;
      padding-inline: 8px;
      border-color: transparent;
      background: transparent;
      color: var(--ink-soft);
      font-size: 0.875rem;
      text-overflow: ellipsis;
      cursor: pointer;
      field-sizing: content;
    }

    .about {
      flex: none;
      min-width: var(--tap);
      padding: 0;
      color: var(--ink-soft);
    }

    .level {
      flex: 0 0 auto;
      max-width: 132px;
    }

    select:hover {
      background: var(--sunken);
      color: var(--ink);
    }

    @media (max-width: 719px) {
      :host { flex-wrap: wrap; gap: 0 4px; }
      .model { flex: 1 1 110px; }
    }

    @media (forced-colors: active) {
      select { border-color: ButtonBorder; }
    }
  `];

  @property({attribute: false}) chat: Pick<Chat, 'chooseModel' | 'chooseLevel'> | undefined;
  @property({attribute: false}) view: Pick<ChatView, 'models' | 'model' | 'level'> | undefined;
  /** Whether a device is paired, without which only the network can answer. */
  @property({type: Boolean}) paired = false;

  readonly #pickModel = (event: Event): void => {
    const {value} = event.target as HTMLSelectElement;
    const chosen = this.view?.models.find((model) => model.hash === value);
    if (chosen !== undefined) this.chat?.chooseModel(chosen.hash);
  };

  readonly #pickLevel = (event: Event): void => {
    this.chat?.chooseLevel((event.target as HTMLSelectElement).value === 'mine' ? 'mine' : 'network');
  };

  readonly #about = (): void => void this.dispatchEvent(new Event(modelsEvent, {bubbles: true, composed: true}));

  #option(model: ModelChoice, {level, chosen}: {readonly level: Level; readonly chosen: ModelHash | undefined}) {
    const label = model.demo ? texts.chat.demo(model.label) : model.label;
    const unpayable = level === 'network' && model.nodes === 0 && model.unpayable > 0;
    const text = unpayable ? texts.chat.modelUnpayable(label) : texts.chat.modelOption(label, computersFor(model, level)) + (level === 'network' && model.claimed > 0 ? texts.chat.modelSpeed(formatRate(model.claimed)) : '');
    return html`<option value=${model.hash} .selected=${live(model.hash === chosen)}>${text}</option>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {models, model: chosen, level} = view;
    const known = models.some((model) => model.hash === chosen);
    return html`
      <select class="model" aria-label=${texts.chat.model} ?disabled=${models.length === 0} @change=${this.#pickModel}>
        ${known ? nothing : html`<option value="" .selected=${live(true)}>${models.length === 0 ? texts.chat.noModelOption : texts.chat.pickModel}</option>`}
        ${models.map((model) => this.#option(model, {level, chosen}))}
      </select>
      <button type="button" class="bare about" aria-haspopup="dialog" aria-label=${texts.list.aboutModels} title=${texts.list.aboutModels} @click=${this.#about}>${aboutIcon}</button>
      <select class="level" aria-label=${texts.chat.level} @change=${this.#pickLevel}>
        <option value="network" .selected=${live(level === 'network')}>${texts.chat.levelNetwork}</option>
        <option value="mine" ?disabled=${!this.paired} .selected=${live(level === 'mine')}>
          ${this.paired ? texts.chat.levelMine : texts.chat.levelMineNone}
        </option>
      </select>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-picker': ModelPicker;
  }
}
