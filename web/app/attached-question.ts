/** A question that carries files or pictures: the pictures, what was written, and each file folded away under its name. */
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Bytes} from '#protocol/bytes.ts';
import {filesIn} from '../state/attached-text.ts';
import {attachmentTexts as words} from './attachment-texts.ts';
import {formatBytes} from './figures.ts';
import {base} from './styles.ts';
import './bytes-picture.ts';

const sizeOf = (text: string): string => formatBytes(new TextEncoder().encode(text).length);

@customElement('attached-question')
export class AttachedQuestion extends LitElement {
  static override styles = [...base, css`
    :host {
      display: grid;
      gap: 8px;
    }

    .pictures {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      white-space: normal;
    }

    bytes-picture {
      --most: 240px;
    }

    .written {
      white-space: pre-wrap;
    }

    details {
      padding: 4px 10px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      font-size: 0.875rem;
      white-space: normal;
    }

    summary {
      min-height: 24px;
      cursor: pointer;
    }

    pre {
      max-height: 40dvh;
      overflow: auto;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `];

  @property() text = '';
  @property({attribute: false}) images: readonly Bytes[] = [];

  protected override render() {
    const {question, files} = filesIn(this.text);
    const {images} = this;
    return html`${images.length === 0 ? '' : html`<div class="pictures">${images.map((bytes, index) => html`<bytes-picture .bytes=${bytes} label=${words.pictureOf(index + 1, images.length)}></bytes-picture>`)}</div>`}${question === '' ? '' : html`<span class="written">${question}</span>`}${files.map(({name, text}) => html`<details><summary>${words.show(name, sizeOf(text))}</summary><pre class="mono" tabindex="0" aria-label=${name}>${text}</pre></details>`)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'attached-question': AttachedQuestion;
  }
}
