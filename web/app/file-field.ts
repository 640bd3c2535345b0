/** Takes a file for a task: chosen, dropped or pasted; and says how far it is made ready. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {MediaKind, Prepared, Tasks} from '../state/task-views.ts';
import {chooserStyles} from './chooser-styles.ts';
import {base} from './styles.ts';
import {taskTexts} from './task-texts.ts';
import {texts} from './texts.ts';

const words = taskTexts.files;
/** Which words and which types of file belong to a task. */
const kinds = {
  'image-text': {words: words.picture, accept: 'image/*'},
  classify: {words: words.picture, accept: 'image/*'},
  transcription: {words: words.sound, accept: 'audio/*,video/*'},
  video: {words: words.film, accept: 'video/*'},
} as const satisfies Record<MediaKind, {words: typeof words.picture; accept: string}>;

@customElement('file-field')
export class FileField extends LitElement {
  static override styles = [...base, chooserStyles, css`
    :host {
      display: grid;
      gap: 8px;
    }

    .drop {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      padding: 16px;
      border: 1px dashed var(--edge);
      border-radius: var(--radius);
    }

    .drop.over {
      border-color: var(--accent);
      background: var(--accent-soft);
    }

    .file {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
    }

    .name {
      overflow-wrap: anywhere;
    }

    .problem {
      padding: 10px 12px;
      border: 1px solid var(--bad);
      border-radius: var(--radius);
      background: var(--bad-soft);
    }
  `];

  @property({attribute: false}) tasks: Tasks | undefined;
  @property() kind: MediaKind = 'image-text';
  @property({attribute: false}) prepared: Prepared<unknown> = {is: 'none'};
  @state() private over = false;
  #gone: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#gone = new AbortController();
    addEventListener('paste', this.#pasted, {signal: this.#gone.signal});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gone?.abort();
  }

  #take(file: File | undefined): void {
    // How it went is in the view.
    if (file !== undefined) void this.tasks?.take(this.kind, file);
  }

  readonly #picked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#take(input.files?.[0]);
    // The same file can be picked again.
    input.value = '';
  };

  readonly #pasted = (event: ClipboardEvent): void => {
    const file = event.clipboardData?.files[0];
    if (file === undefined || kinds[this.kind].accept !== 'image/*' || !file.type.startsWith('image/')) return;
    event.preventDefault();
    this.#take(file);
  };

  readonly #dragged = (event: DragEvent): void => {
    event.preventDefault();
    this.over = event.type === 'dragover';
  };

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    this.#take(event.dataTransfer?.files[0]);
  };

  readonly #remove = (): void => this.tasks?.drop(this.kind);

  #state(): TemplateResult | typeof nothing {
    const {prepared} = this;
    if (prepared.is === 'none') return nothing;
    if (prepared.is === 'failed') return html`<p class="problem" role="alert"><span class="name">${prepared.name}</span>: ${texts.errors[prepared.code]}</p>`;
    const preparing = kinds[this.kind].words.preparing;
    return html`<div class="file">
      <span class="name">${prepared.name}</span>
      ${prepared.is === 'ready' ? nothing : html`<span class="soft" role="status">${preparing}</span>`}
      <button type="button" class="bare little" aria-label=${words.removeFile(prepared.name)} @click=${this.#remove}>${words.remove}</button>
      ${prepared.is === 'ready' ? nothing : html`<progress aria-label=${preparing} max="1" .value=${prepared.part}></progress>`}
    </div>`;
  }

  protected override render() {
    const {words: own, accept} = kinds[this.kind];
    return html`
      <div class=${this.over ? 'drop over' : 'drop'} data-file=${this.prepared.is} @dragover=${this.#dragged} @dragleave=${this.#dragged} @drop=${this.#dropped}>
        <label class="button"><input type="file" accept=${accept} @change=${this.#picked}>${own.choose}</label>
        <span class="soft small">${accept === 'image/*' ? words.dropOrPaste : words.drop}</span>
      </div>
      ${this.#state()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'file-field': FileField;
  }
}
