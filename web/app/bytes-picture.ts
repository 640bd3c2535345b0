/** Shows an encoded picture that is only in memory; its address lasts as long as it is shown. */
import {LitElement, css, html, nothing, type PropertyValues} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Bytes} from '#protocol/bytes.ts';
import {base} from './styles.ts';

@customElement('bytes-picture')
export class BytesPicture extends LitElement {
  static override styles = [...base, css`
    :host {
      display: block;
    }

    img {
      display: block;
      max-width: 100%;
      max-height: var(--most, 140px);
      border: 1px solid var(--line);
      border-radius: 6px;
      background: var(--sunken);
    }
  `];

  @property({attribute: false}) bytes: Bytes | undefined;
  /** What a screen reader says for it. */
  @property() label = '';
  #url: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate('bytes');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#revoke();
  }

  #revoke(): void {
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.#url !== undefined && !changed.has('bytes')) return;
    this.#revoke();
    if (this.bytes !== undefined && this.isConnected) this.#url = URL.createObjectURL(new Blob([this.bytes], {type: 'image/jpeg'}));
  }

  protected override render() {
    return this.#url === undefined ? nothing : html`<img src=${this.#url} alt=${this.label}>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bytes-picture': BytesPicture;
  }
}
