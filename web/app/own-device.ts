/** Above the message, where this device answers: getting its model, how far that is, and freeing it again. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {ModelHash} from '#protocol/ids.ts';
import {ownObstacle} from '../state/own-choice.ts';
import type {OwnDevice, OwnDeviceView, OwnModel, OwnStatus} from '../state/own-device-views.ts';
import {deviceTexts} from './device-texts.ts';
import {formatBytes, formatSpan} from './figures.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = deviceTexts;
type Status<K extends OwnStatus['is']> = Extract<OwnStatus, {is: K}>;

@customElement('own-device')
export class OwnDevicePanel extends LitElement {
  static override styles = [...base, css`
    :host {
      display: block;
    }

    section {
      display: grid;
      gap: 6px;
      padding: 8px 12px;
      margin-bottom: 8px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      font-size: 0.9375rem;
    }

    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 4px 12px;
    }

    .problem {
      color: var(--bad);
    }
  `];

  @property({attribute: false}) own: OwnDevice | undefined;
  /** The one that is asked. */
  @property({attribute: false}) model: ModelHash | undefined;
  readonly #view = new Observe(this, () => this.own?.view);

  readonly #cancel = (): void => this.own?.cancel();
  readonly #unload = (): void => this.own?.unload();

  #get(model: OwnModel, evenIfMetered = false): void {
    attempt(this, this.own?.get(model.hash, {evenIfMetered}));
  }

  #absent(model: OwnModel): TemplateResult {
    return html`<div class="row"><button type="button" class="main" @click=${() => this.#get(model)}>${words.get(model.label, formatBytes(model.downloadBytes))}</button></div>
      <p class="small soft">${words.getText}</p>`;
  }

  #loading({part, download}: Status<'loading'>, label: string): TemplateResult {
    const isComing = download !== undefined && download.bytes < download.total;
    const left = download?.etaSeconds === undefined ? '' : words.left(formatSpan(download.etaSeconds));
    return html`<div class="row"><span>${isComing ? words.downloading(label, formatBytes(download.bytes), formatBytes(download.total)) + left : words.loading(label)}</span>
        <button type="button" class="little" @click=${this.#cancel}>${words.cancel}</button></div>
      <progress max="1" .value=${part} aria-label=${words.loading(label)}></progress>`;
  }

  #failed({code}: Status<'failed'>, model: OwnModel): TemplateResult {
    if (code === 'metered') {
      return html`<p role="status">${words.metered}</p>
        <div class="row"><button type="button" @click=${() => this.#get(model, true)}>${words.anyway(formatBytes(model.downloadBytes))}</button></div>`;
    }
    return html`<p class="problem" role="status" data-code=${code}>${words.failed(texts.errors[code])}</p>
      <div class="row"><button type="button" @click=${() => this.#get(model)}>${words.again}</button></div>`;
  }

  /** What has to be said of a model; undefined where all is as expected. */
  #about({status, shared}: OwnDeviceView, model: OwnModel): TemplateResult | undefined {
    if (shared !== undefined) return html`<p>${shared === model.hash ? words.shared(model.label) : words.sharedOther}</p>`;
    if (status.is !== 'off' && status.model === model.hash) {
      if (status.is === 'loading') return this.#loading(status, model.label);
      if (status.is === 'failed') return this.#failed(status, model);
      return html`<div class="row"><span role="status">${words.ready(model.label)}</span><button type="button" class="little" @click=${this.#unload}>${words.unload}</button></div>`;
    }
    return ownObstacle({status, shared}, model) === 'absent' ? this.#absent(model) : undefined;
  }

  protected override render() {
    const view = this.#view.value;
    if (view === undefined) return nothing;
    const model = view.models.find(({hash}) => hash === this.model);
    // That none fits is said where it would be sent.
    const about = model && this.#about(view, model);
    if (about === undefined && !view.sharedElsewhere) return nothing;
    return html`<section aria-label=${words.name} data-status=${view.status.is}>${about}
      ${view.sharedElsewhere ? html`<p class="small soft">${words.elsewhere}</p>` : nothing}</section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'own-device': OwnDevicePanel;
  }
}
