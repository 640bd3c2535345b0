/** The files and pictures that go with the next message: picked, dropped or pasted, each with its size, what was cut, and a button that removes it. */
import {LitElement, css, html, nothing, svg, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {AttachmentItem, Attachments, Cut} from '../state/attachment-views.ts';
import type {OwnDeviceView} from '../state/own-device-views.ts';
import {lackOf, leftOut, type Waiting} from '../state/picture-questions.ts';
import type {ChatView} from '../state/views.ts';
import {attachmentTexts as words} from './attachment-texts.ts';
import {chooserStyles} from './chooser-styles.ts';
import {formatBytes} from './figures.ts';
import {closeIcon} from './icons.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';
import './bytes-picture.ts';

const clip = svg`<path d="m20 11-8.6 8.6a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.6 8.6a1.7 1.7 0 0 1-2.4-2.4L14.6 7"/>`;

function cutText(cut: Cut): string {
  if (cut.is === 'start') return words.start(formatBytes(cut.bytes), formatBytes(cut.of));
  if (cut.is === 'pages') return cut.pages === 0 ? words.partOfPage : words.pages(cut.pages, cut.of);
  return '';
}

/** Why the chosen model can't answer what is about to be asked; undefined when it can. */
export function lackText(view: ChatView, waiting: Waiting & {readonly own: OwnDeviceView | undefined}): string | undefined {
  const lack = lackOf(view, waiting);
  if (!lack) return undefined;
  return lack.other === undefined ? words.lacks[lack.what] : words.lacks[`${lack.what}Other`](lack.other);
}

@customElement('attachment-button')
export class AttachmentButton extends LitElement {
  static override styles = [...base, chooserStyles, css`
    label {
      min-width: var(--tap);
      padding: 0;
    }
  `];

  @property({attribute: false}) attachments: Attachments | undefined;

  readonly #picked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    attempt(this, this.attachments?.take([...(input.files ?? [])]));
    // The same file can be picked again.
    input.value = '';
  };

  protected override render() {
    return html`<label class="button bare" title=${words.add}><svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${clip}</svg><input type="file" multiple aria-label=${words.add} @change=${this.#picked}></label>`;
  }
}

@customElement('attachment-list')
export class AttachmentList extends LitElement {
  static override styles = [...base, css`
    :host {
      display: block;
    }

    /* The question stays in sight. */
    ul {
      display: grid;
      max-height: 30dvh;
      overflow-y: auto;
      gap: 4px;
      padding: 4px 4px 2px;
      list-style: none;
    }

    li {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 2px 2px 2px 10px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--sunken);
      font-size: 0.875rem;
    }

    li > span {
      min-width: 0;
      flex: 1;
      overflow-wrap: anywhere;
    }

    button {
      min-width: var(--tap);
      flex: none;
      padding: 0;
    }

    bytes-picture {
      --most: 44px;
      flex: none;
      max-width: 96px;
    }

    .problem {
      color: var(--bad);
    }

    .note {
      padding: 0 10px 2px;
    }

    .note:empty {
      display: none;
    }
  `];

  @property({attribute: false}) attachments: Attachments | undefined;
  @property({attribute: false}) chat: ChatView | undefined;
  /** What is written beside the files. */
  @property({attribute: false}) waiting: Waiting | undefined;
  readonly #view = new Observe(this, () => this.attachments?.view);
  #gone: AbortController | undefined;

  /** Files may be dropped on the whole box, and pasted into it. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.#gone = new AbortController();
    const {signal} = this.#gone;
    const box = this.parentElement;
    box?.addEventListener('paste', this.#pasted, {signal});
    box?.addEventListener('dragover', this.#dragged, {signal});
    box?.addEventListener('drop', this.#dropped, {signal});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gone?.abort();
  }

  #take(event: Event, files: FileList | undefined): void {
    if (files === undefined || files.length === 0) return;
    event.preventDefault();
    attempt(this, this.attachments?.take([...files]));
  }

  readonly #pasted = (event: ClipboardEvent): void => {
    // Text that comes with a picture of itself, as from an office program, is text.
    if (event.clipboardData?.types.includes('text/plain') !== true) this.#take(event, event.clipboardData?.files);
  };

  readonly #dragged = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  };

  readonly #dropped = (event: DragEvent): void => this.#take(event, event.dataTransfer?.files);

  #state({state}: AttachmentItem): TemplateResult | string {
    if (state.is === 'reading') return words.reading;
    if (state.is === 'picture') return words.picture(formatBytes(state.picture.length));
    if (state.is === 'problem') return html`<span class="problem">${words.problems[state.why]}</span>${state.why === 'media' ? html` <a href="/tasks">${words.tasks}</a>` : nothing}`;
    return `${words.size(formatBytes(state.bytes))}. ${cutText(state.cut)}`;
  }

  #item(item: AttachmentItem): TemplateResult {
    return html`<li data-file=${item.state.is}>
      ${item.state.is === 'picture' ? html`<bytes-picture .bytes=${item.state.picture}></bytes-picture>` : nothing}
      <span>${item.name || words.back} <span class="soft" role="status">${this.#state(item)}</span></span>
      <button type="button" class="bare" aria-label=${words.remove(item.name || words.back)} @click=${() => this.attachments?.remove(item.id)}>${closeIcon}</button>
    </li>`;
  }

  #list(items: readonly AttachmentItem[]): TemplateResult {
    return html`<ul aria-label=${words.list}>${items.map((item) => this.#item(item))}</ul><p class="soft small note">${words.note} ${items.some(({state}) => state.is === 'picture') ? words.notePictures : nothing}</p>`;
  }

  protected override render() {
    const items = this.#view.value?.items ?? [];
    const count = this.chat && this.waiting ? leftOut(this.chat, this.waiting) : 0;
    return html`<p class="small note" role="status">${count === 0 ? nothing : words.leftOut(count)}</p>${items.length === 0 ? nothing : this.#list(items)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'attachment-button': AttachmentButton;
    'attachment-list': AttachmentList;
  }
}
