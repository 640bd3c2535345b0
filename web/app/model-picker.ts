/** Chooses the model and who may answer: two native lists above the message. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {ModelHash} from '#protocol/ids.ts';
import type {OwnDeviceView, OwnModel} from '../state/own-device-views.ts';
import type {Chat, ChatView, Level, ModelChoice} from '../state/views.ts';
import {formatBytes, formatRate} from './figures.ts';
import {aboutIcon} from './icons.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

/** A person wants to know more of the models. */
export const modelsEvent = 'bombyx-models';

/** How many computers of others may answer with a model at a level. */
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
      .model { flex: 1 1 110px; max-width: none; }
    }

    @media (forced-colors: active) {
      select { border-color: ButtonBorder; }
    }
  `];

  @property({attribute: false}) chat: Pick<Chat, 'chooseModel' | 'chooseLevel'> | undefined;
  @property({attribute: false}) view: Pick<ChatView, 'models' | 'model' | 'level'> | undefined;
  /** Of this device itself: what can be chosen, and which one is. */
  @property({attribute: false}) own: Pick<OwnDeviceView, 'models' | 'chosen' | 'shared'> | undefined;
  /** Whether the network may not be asked. */
  @property({type: Boolean}) sensitive = false;
  /** Whether a device is paired, without which only the network can answer. */
  @property({type: Boolean}) paired = false;

  readonly #pickModel = (event: Event): void => {
    const {value} = event.target as HTMLSelectElement;
    const models: readonly {readonly hash: ModelHash}[] = (this.view?.level === 'device' ? this.own : this.view)?.models ?? [];
    const chosen = models.find((model) => model.hash === value);
    if (chosen !== undefined) this.chat?.chooseModel(chosen.hash);
  };

  readonly #pickLevel = (event: Event): void => {
    const {value} = event.target as HTMLSelectElement;
    this.chat?.chooseLevel(value === 'mine' || value === 'device' ? value : 'network');
  };

  readonly #about = (): void => void this.dispatchEvent(new Event(modelsEvent, {bubbles: true, composed: true}));
  #ownOption({hash, label, demo, isHere, downloadBytes}: OwnModel) {
    const {own} = this;
    const name = demo ? texts.chat.demo(label) : label;
    const isBusy = own?.shared !== undefined && own.shared !== hash;
    const text = isBusy ? texts.chat.ownModelBusy(name) : isHere || own?.shared === hash ? texts.chat.ownModel(name) : texts.chat.ownModelToGet(name, formatBytes(downloadBytes));
    return html`<option value=${hash} ?disabled=${isBusy} .selected=${live(hash === own?.chosen)}>${text}</option>`;
  }

  #option(model: ModelChoice, {level, chosen}: {readonly level: Level; readonly chosen: ModelHash | undefined}) {
    const label = model.demo ? texts.chat.demo(model.label) : model.label;
    const unpayable = level === 'network' && model.nodes === 0 && model.unpayable > 0;
    const text = unpayable ? texts.chat.modelUnpayable(label) : texts.chat.modelOption(label, computersFor(model, level)) + (level === 'network' && model.claimed > 0 ? texts.chat.modelSpeed(formatRate(model.claimed)) : '');
    return html`<option value=${model.hash} .selected=${live(model.hash === chosen)}>${text}</option>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {level} = view;
    const isOwn = level === 'device';
    const models: readonly {readonly hash: ModelHash}[] = (isOwn ? this.own?.models : view.models) ?? [];
    const chosen = isOwn ? this.own?.chosen : view.model;
    const known = models.some((model) => model.hash === chosen);
    return html`
      <select class="model" aria-label=${texts.chat.model} ?disabled=${models.length === 0} @change=${this.#pickModel}>
        ${known ? nothing : html`<option value="" .selected=${live(true)}>${models.length === 0 ? texts.chat.noModelOption : texts.chat.pickModel}</option>`}
        ${isOwn ? this.own?.models.map((model) => this.#ownOption(model)) : view.models.map((model) => this.#option(model, {level, chosen}))}
      </select>
      <button type="button" class="bare about" aria-haspopup="dialog" aria-label=${texts.list.aboutModels} title=${texts.list.aboutModels} @click=${this.#about}>${aboutIcon}</button>
      <select class="level" aria-label=${texts.chat.level} @change=${this.#pickLevel}>
        <option value="device" .selected=${live(isOwn)}>${texts.chat.levelDevice}</option>
        <option value="mine" ?disabled=${!this.paired} .selected=${live(level === 'mine')}>
          ${this.paired ? texts.chat.levelMine : texts.chat.levelMineNone}
        </option>
        <option value="network" ?disabled=${this.sensitive} .selected=${live(level === 'network')}>${this.sensitive ? texts.chat.levelKept : texts.chat.levelNetwork}</option>
      </select>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'model-picker': ModelPicker;
  }
}
