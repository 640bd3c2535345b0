/** The models that this browser keeps, with their sizes, to be deleted one by one. */
import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {KeptModel, KeptModels} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import type {ConfirmDialog} from './confirm-dialog.ts';
import {formatBytes, formatDate} from './figures.ts';
import {listStyles} from './list-styles.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {settingsTexts} from './settings-texts.ts';
import {base} from './styles.ts';
import './confirm-dialog.ts';

const words = settingsTexts;

@customElement('kept-models')
export class KeptModelsList extends LitElement {
  static override styles = [...base, cardStyles, listStyles];

  @property({attribute: false}) models: KeptModels | undefined;
  readonly #view = new Observe(this, () => this.models?.view);

  protected override firstUpdated(): void {
    // Where the browser keeps no files there is nothing to list.
    void this.models?.look().catch(() => {});
  }

  async #remove({model, label}: KeptModel): Promise<void> {
    const dialog: ConfirmDialog | null = this.renderRoot.querySelector('confirm-dialog');
    const sure = await dialog?.ask({title: words.deleteModelTitle, text: words.deleteModelText(label), yes: words.deleteModel, no: words.keep});
    if (sure !== true) return;
    await this.models?.remove(model);
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({preventScroll: true});
  }

  #model(kept: KeptModel): TemplateResult {
    const label = kept.label || words.unknownModel;
    return html`<li>
      <span>${label} <span class="soft small">${formatBytes(kept.bytes)}${kept.usedAt > 0 ? ` · ${words.used(formatDate(kept.usedAt))}` : ''}</span></span>
      <button type="button" class="little" aria-label=${words.deleteModelNamed(label)} @click=${() => attempt(this, this.#remove({...kept, label}))}>${words.deleteModel}</button>
    </li>`;
  }

  protected override render() {
    const kept = this.#view.value?.kept ?? [];
    if (kept.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="models">
      <h2 id="models" tabindex="-1">${words.models}</h2>
      <ul>${kept.map((one) => this.#model(one))}</ul>
      <confirm-dialog></confirm-dialog>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kept-models': KeptModelsList;
  }
}
