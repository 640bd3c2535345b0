/** Before sharing: what this device can do, which model, what it means, and the start buttons. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Capability, Share, ShareChoice, ShareView} from '../state/views.ts';
import type {Wallet, WalletView} from '../state/wallet-views.ts';
import {cardStyles} from './card-styles.ts';
import {formatBytes, formatRate} from './figures.ts';
import {attempt} from './notice.ts';
import {obstacleTexts} from './obstacle-texts.ts';
import {shareRoomTexts as room} from './share-room-texts.ts';
import {shareTexts} from './share-texts.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import './share-payment.ts';

const words = shareTexts;
type Usable = Extract<Capability, {is: 'webgpu'}>;

@customElement('share-setup')
export class ShareSetup extends LitElement {
  static override styles = [...base, cardStyles, css`
    /* Side by side where there is room, so that the start button is in sight at once. */
    @media (min-width: 1180px) {
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 372px;
        grid-template-rows: auto 1fr;
        gap: 0 20px;
        align-items: start;
      }

      .facts {
        grid-area: 1 / 2 / span 2;
      }

      .rest {
        grid-area: 2 / 1;
      }
    }

    .good {
      color: var(--good);
      font-weight: 600;
    }

    .note {
      padding: 10px 12px;
      border-radius: var(--radius);
      background: var(--warn-soft);
    }

    label.choice + label.choice {
      border-top: 1px solid var(--line);
    }

    .choice > span {
      display: grid;
      gap: 2px;
    }

    .choice b {
      font-weight: 550;
    }

    .obstacle {
      color: var(--warn);
    }

    .ways {
      display: grid;
      gap: 8px;
      margin: 4px 0 16px;
    }

    ul {
      display: grid;
      gap: 6px;
      padding-left: 22px;
    }
  `];

  @property({attribute: false}) share: Share | undefined;
  @property({attribute: false}) view: ShareView | undefined;
  @property({attribute: false}) wallet: Wallet | undefined;
  @property({attribute: false}) money: WalletView | undefined;

  /** Whether it is to be paid and nobody could be. */
  #unpayable({asking}: ShareView): boolean {
    return asking.paid && this.money?.money !== undefined && this.money.wallet === undefined;
  }

  #start(device: 'webgpu' | 'wasm', blocked: boolean): void {
    if (!blocked) attempt(this, this.share?.start(device));
  }

  #usable({adapter, fallback, f16, maxBufferBytes}: Usable): TemplateResult {
    return html`<p class="good">${words.canShare}</p>
      <p>${words.adapter}: ${adapter}</p>
      ${fallback ? html`<p class="note">${words.software}</p>` : nothing}
      <p class="soft small">${words.half(f16)} · ${words.buffer(formatBytes(maxBufferBytes))}</p>`;
  }

  readonly #measure = (): void => attempt(this, this.share?.measure());

  #measured({measured}: ShareView): TemplateResult {
    if (typeof measured === 'object') return html`<p class="soft small">${words.bandwidth(formatBytes(measured.bytesPerSecond))} ${measured.correct ? room.check.right : room.check.wrong}</p>`;
    const busy = measured === 'measuring';
    return html`<div class="row"><button type="button" class="little" aria-disabled=${String(busy)} @click=${busy ? nothing : this.#measure}>${busy ? words.measuring : words.measure}</button></div>`;
  }

  #capability(capability: Capability): TemplateResult {
    return html`<section class="card" aria-labelledby="device">
      <h2 id="device">${words.deviceHeading}</h2>
      ${capability.is === 'checking' ? html`<p class="soft" role="status">${words.checking}</p>` : nothing}
      ${capability.is === 'webgpu' ? html`${this.#usable(capability)}${this.view ? this.#measured(this.view) : nothing}` : nothing}
      ${capability.is === 'none' ? html`<p><strong>${words.cantShare}.</strong> ${obstacleTexts.gpu[capability.why].reason}${capability.detail === '' ? nothing : ` (${capability.detail})`}</p>
        <p><strong>${words.fix}</strong> ${obstacleTexts.gpu[capability.why].fix}</p>` : nothing}
    </section>`;
  }

  #choices(view: ShareView): TemplateResult {
    const {choices, choice, capability} = view;
    const cannot = capability.is === 'checking' ? [] : choices.filter(({obstacle}) => obstacle !== undefined);
    return html`<fieldset aria-labelledby="model">${choices.filter((each) => !cannot.includes(each)).map((each) => this.#choice(each, choice))}</fieldset>
      ${this.#ways(view)}
      ${cannot.length === 0 ? nothing : html`<details><summary>${words.cannotRun(cannot.length)}</summary>
        <ul>${cannot.map(({label, obstacle}) => html`<li>${label}: <span class="obstacle">${obstacle && obstacleTexts.models[obstacle]}</span></li>`)}</ul></details>`}`;
  }

  #choice(choice: ShareChoice, chosen: string): TemplateResult {
    const size = choice.downloadBytes === 0 ? words.noDownload : words.download(formatBytes(choice.downloadBytes));
    return html`<label class="choice">
      <input type="radio" name="model" value=${choice.id} .checked=${live(choice.id === chosen)} @change=${() => this.share?.choose(choice.id)}>
      <span><b>${choice.label}</b>
        <span class="soft small">${choice.demo ? `${words.demo} · ` : ''}${size} · ${choice.licence}${choice.expected === undefined ? '' : ` · ${words.expected(formatRate(choice.expected))}`}</span>
        ${choice.tasks.every((task) => task === 'chat') ? nothing : html`<span class="soft small">${words.does(choice.tasks)}</span>`}
        ${choice.gpuMemoryBytes === undefined ? nothing : html`<span class="soft small">${obstacleTexts.needsMemory(formatBytes(choice.gpuMemoryBytes))}</span>`}
        ${choice.obstacle === undefined ? nothing : html`<span class="obstacle small">${obstacleTexts.models[choice.obstacle]}</span>`}</span>
    </label>`;
  }

  readonly #compare = (): void => attempt(this, this.share?.compare());
  readonly #stopComparing = (): void => this.share?.stopComparing();

  /** How the chosen model can run here, where there is a choice. */
  #ways({choices, choice, comparing, capability}: ShareView): TemplateResult | typeof nothing {
    const {ways = [], tasks = []} = choices.find(({id}) => id === choice) ?? {};
    // Only what writes has a speed that can be compared.
    if (capability.is === 'checking' || ways.length < 2 || !tasks.includes('chat')) return nothing;
    const isKnown = comparing === undefined && ways.every(({speed}) => speed !== undefined);
    const fastest = isKnown ? Math.max(...ways.map(({speed = 0}) => speed)) : undefined;
    return html`<div class="ways">
      <p class="soft small">${words.ways(ways.length)}</p>
      <ul class="small">${ways.map(({engine, kind, speed}) => html`<li>${words.way(engine, kind)}${speed === undefined ? nothing : html`: ${speed === 0 ? words.tooSlow : words.waySpeed(formatRate(speed))}${speed === fastest ? html` <b>${words.fastest}</b>` : nothing}`}</li>`)}</ul>
      ${comparing ? html`<div class="row" role="status"><span>${words.comparing(comparing.way + 1, comparing.of)}</span>
          <progress max="1" .value=${comparing.part} aria-label=${words.comparing(comparing.way + 1, comparing.of)}></progress>
          <button type="button" class="little" @click=${this.#stopComparing}>${words.stopComparing}</button></div>`
        : html`<div class="row"><button type="button" class="little" @click=${this.#compare}>${words.compare}</button></div>`}
    </div>`;
  }

  #facts(view: ShareView): TemplateResult {
    const bytes = view.choices.find(({id}) => id === view.choice)?.downloadBytes ?? 0;
    return html`<section class="card facts" aria-labelledby="facts">
      <h2 id="facts">${words.factsHeading}</h2>
      <ul>
        <li>${view.capability.is === 'none' ? words.factProcessor : words.factGpu}</li>
        <li>${bytes === 0 ? words.factNoDownload : words.factDownload(formatBytes(bytes))}</li>
        <li>${words.factStop}</li>
        <li>${words.factReadable} <a href="/privacy">${texts.shell.privacy}</a></li>
      </ul>
      ${this.#buttons(view)}
      ${this.#unpayable(view) ? html`<p class="obstacle small" role="status">${words.needWallet}</p>` : nothing}
      <p class="soft small">${words.keepOpen}</p>
    </section>`;
  }

  #buttons(view: ShareView): TemplateResult {
    const {capability, choices, choice} = view;
    const chosen = choices.find(({id}) => id === choice);
    const blocked = chosen === undefined || view.comparing !== undefined || chosen.obstacle !== undefined || capability.is === 'checking' || this.#unpayable(view);
    const slow = capability.is === 'none' || (capability.is === 'webgpu' && capability.fallback);
    return html`<div class="row">
      ${capability.is === 'none' ? nothing : html`
        <button type="button" class="main" aria-disabled=${String(blocked)} @click=${() => this.#start('webgpu', blocked)}>${words.start}</button>`}
      ${slow ? html`
        <button type="button" aria-disabled=${String(blocked)} @click=${() => this.#start('wasm', blocked)}>${words.processor}</button>` : nothing}
    </div>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    // The start button comes before the choice of a model: on a phone it is in sight, and the model that is chosen already needs little.
    return html`
      ${this.#capability(view.capability)}
      ${this.#facts(view)}
      <div class="rest">
        <section class="card" aria-labelledby="model">
          <h2 id="model">${words.modelHeading}</h2>
          ${view.choices.length === 0 ? html`<p class="soft">${words.noChoices}</p>`
            : this.#choices(view)}
        </section>
        <share-payment .share=${this.share} .family=${view.choice} .asking=${view.asking} .wallet=${this.wallet} .view=${this.money}></share-payment>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-setup': ShareSetup;
  }
}
