/** This person's own devices: the way to pair one, the list, and what can be done to each. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {shortId} from '#protocol/ids.ts';
import type {PairedDevice, Settings, SettingsView} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import type {ConfirmDialog} from './confirm-dialog.ts';
import {formatDate} from './figures.ts';
import {attempt, tell} from './notice.ts';
import {listStyles} from './list-styles.ts';
import {pairingTexts} from './pairing-texts.ts';
import {base} from './styles.ts';
import './confirm-dialog.ts';
import './manual-pairing.ts';

const words = pairingTexts;

@customElement('paired-devices')
export class PairedDevices extends LitElement {
  static override styles = [...base, cardStyles, listStyles, css`
    li form {
      display: flex;
      flex-wrap: wrap;
      flex: 1;
      gap: 8px;
    }

    li form input {
      flex: 1 1 12rem;
      width: auto;
    }

    .device {
      min-width: 0;
      overflow-wrap: anywhere;
    }

    summary {
      min-height: 24px;
      cursor: pointer;
    }

    details[open] > summary {
      margin-bottom: 12px;
    }
  `];

  @property({attribute: false}) settings: Settings | undefined;
  @property({attribute: false}) view: SettingsView | undefined;
  /** The device whose name is being written. */
  @state() private naming: string | undefined;

  async #revoke({id, name}: PairedDevice): Promise<void> {
    const dialog: ConfirmDialog | null = this.renderRoot.querySelector('confirm-dialog');
    const sure = await dialog?.ask({title: words.revokeTitle, text: words.revokeText(name), yes: words.revoke, no: words.keep});
    if (sure !== true) return;
    await this.settings?.unpair(id);
    tell(this, words.revoked(name));
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({preventScroll: true});
  }

  async #name(id: string): Promise<void> {
    this.naming = id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('li input')?.select();
  }

  async #rename(event: Event, id: string): Promise<void> {
    event.preventDefault();
    const field = this.renderRoot.querySelector<HTMLInputElement>('li input');
    this.naming = undefined;
    if (field !== null && field.value.trim() !== '') await this.settings?.rename(id, field.value);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`li[data-id="${id}"] button`)?.focus();
  }

  #device(device: PairedDevice): TemplateResult {
    const {id, name, lastUsed} = device;
    if (this.naming === id) {
      return html`<li data-id=${id}><form @submit=${(event: Event) => attempt(this, this.#rename(event, id))}>
        <input aria-label=${words.newName(name)} autocomplete="off" maxlength="60" .value=${name}>
        <button type="submit" class="little">${words.save}</button>
      </form></li>`;
    }
    return html`<li data-id=${id}>
      <span class="device">${name} <span class="soft small">${words.since(formatDate(device.since))} · ${lastUsed === undefined ? words.unused : words.used(formatDate(lastUsed))} · <span class="mono">${shortId(device.node)}</span></span></span>
      <span class="row">
        <button type="button" class="little" aria-label=${words.renameNamed(name)} @click=${() => attempt(this, this.#name(id))}>${words.rename}</button>
        <button type="button" class="little" aria-label=${words.revokeNamed(name)} @click=${() => attempt(this, this.#revoke(device))}>${words.revoke}</button>
      </span>
    </li>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    return html`<section class="card" aria-labelledby="devices">
      <h2 id="devices" tabindex="-1">${words.devices}</h2>
      <p>${words.devicesText}</p>
      ${view.paired.length === 0 ? html`<p class="soft">${words.none}</p>` : html`<ul>${view.paired.map((device) => this.#device(device))}</ul>`}
      <div class="row"><a class="button main" href="/pair">${words.heading}</a></div>
      <details><summary>${words.byHand}</summary>
        <p class="soft small">${words.byHandText}</p>
        <manual-pairing .settings=${this.settings} .view=${view}></manual-pairing>
      </details>
      <confirm-dialog></confirm-dialog>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'paired-devices': PairedDevices;
  }
}
