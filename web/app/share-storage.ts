/** What this browser keeps of models, how much room there is, and whether it may clear them by itself. */
import {LitElement, css, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {StorageRoom, StorageView} from '../state/storage-room.ts';
import type {KeptModels} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {formatBytes} from './figures.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {base} from './styles.ts';
import './kept-models.ts';

const words = shareRoomTexts.storage;

@customElement('share-storage')
export class ShareStorage extends LitElement {
  static override styles = [...base, cardStyles, css`
    meter {
      width: 100%;
      height: 12px;
    }
  `];

  @property({attribute: false}) models: KeptModels | undefined;
  @property({attribute: false}) storage: StorageRoom | undefined;
  readonly #kept = new Observe(this, () => this.models?.view);
  readonly #view = new Observe(this, () => this.storage?.view);

  protected override updated(changed: PropertyValues): void {
    if (changed.has('storage')) attempt(this, this.storage?.look());
  }

  #room({room}: StorageView): TemplateResult {
    if (!room) return html`<p class="soft">${words.unknown}</p>`;
    return html`<meter min="0" max=${room.quotaBytes} .value=${room.usedBytes} aria-label=${words.bar}></meter>
      <p class="small">${words.used(formatBytes(room.usedBytes), formatBytes(room.quotaBytes))}</p>`;
  }

  #promise({kept, refused}: StorageView): TemplateResult | typeof nothing {
    if (kept === undefined) return nothing;
    return html`<p role="status">${kept ? words.kept : words.mayClear} ${refused ? words.notKept : nothing}</p>
      ${kept ? nothing : html`<div class="row"><button type="button" @click=${() => attempt(this, this.storage?.keep())}>${words.keep}</button></div>`}`;
  }

  protected override render() {
    const view = this.#view.value;
    const none = (this.#kept.value?.kept ?? []).length === 0;
    return html`<section class="card" aria-labelledby="storage">
        <h2 id="storage">${words.heading}</h2>
        ${view ? html`${this.#room(view)}${this.#promise(view)}` : nothing}
        ${none ? html`<p class="soft small">${words.none}</p>` : nothing}
      </section>
      <kept-models .models=${this.models}></kept-models>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-storage': ShareStorage;
  }
}
