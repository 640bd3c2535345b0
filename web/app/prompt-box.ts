/** Where a question is written, sent and stopped. */
import {LitElement, css, html, nothing, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Attachments} from '../state/attachment-views.ts';
import {withFiles} from '../state/attached-text.ts';
import type {Chat, ChatView} from '../state/views.ts';
import {draftOf, keepDraft} from './drafts.ts';
import {formatCoins} from './figures.ts';
import {sendIcon, stopIcon} from './icons.ts';
import {computersFor} from './model-picker.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

/** Why nothing can be sent now; undefined when it can. */
function obstacleOf({relay, models, model, level}: ChatView): string | undefined {
  if (relay === 'offline') return texts.chat.cantOffline;
  if (relay === 'outdated') return texts.chat.cantOutdated;
  const chosen = models.find((choice) => choice.hash === model);
  if (chosen && computersFor(chosen, level) > 0) return undefined;
  return chosen && level === 'network' && chosen.unpayable > 0 ? texts.chat.cantPay : texts.chat.cantModel;
}

@customElement('prompt-box')
export class PromptBox extends LitElement {
  static override styles = [...base, css`
    :host {
      display: block;
    }

    .box {
      padding: 6px;
      border: 1px solid var(--edge);
      border-radius: 16px;
      background: var(--surface);
    }

    .box:focus-within {
      border-color: var(--accent);
      box-shadow: 0 0 0 1px var(--accent);
    }

    textarea {
      display: block;
      max-height: min(40dvh, 320px);
      padding: 8px 10px;
      border: 0;
      background: transparent;
      line-height: 1.5;
      resize: none;
      field-sizing: content;
    }

    /* The box shows the focus for it. */
    textarea:focus-visible {
      outline: none;
    }

    @media (forced-colors: active) {
      .box:focus-within { outline: 2px solid Highlight; }
    }

    .row {
      display: flex;
      align-items: center;
      gap: 8px;
    }

    .send {
      border-radius: 12px;
    }

    .hints {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 2px 16px;
      padding: 6px 10px 0;
      color: var(--ink-soft);
      font-size: 0.8125rem;
    }

    .blocked {
      color: var(--bad);
    }

    /* No room for all beside each other. */
    @media (max-width: 359px) {
      .row { flex-wrap: wrap; }
      model-picker { flex: 1 1 200px; }
      .send { flex: 1; }
    }

    @media (max-width: 719px), (pointer: coarse) {
      .keys { display: none; }
    }
  `];

  @property({attribute: false}) chat: Chat | undefined;
  @property({attribute: false}) view: ChatView | undefined;
  @property({type: Boolean}) enterSends = true;
  @property({type: Boolean}) paired = false;
  /** Whether it is the relay that pays. */
  @property({type: Boolean}) gift = false;
  /** Where files go that are sent with the question. */
  @property({attribute: false}) attach: (() => Promise<Attachments>) | undefined;
  @state() private attachments: Attachments | undefined;
  readonly #files = new Observe(this, () => this.attachments?.view);
  @state() private draft = '';
  @state() private blocked: string | undefined;

  override focus(): void {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view') || this.view === undefined) return;
    const before: ChatView | undefined = changed.get('view');
    if (before?.current.id !== this.view.current.id) {
      this.draft = draftOf(this.view.current.id);
      this.blocked = undefined;
    }
    if (this.blocked !== undefined) this.blocked = obstacleOf(this.view);
  }

  protected override firstUpdated(): void {
    // After the first screen; without it questions go without files.
    void import('./attachment-list.ts').then(() => this.attach?.()).then((attachments) => (this.attachments = attachments), () => {});
  }

  /** What would be sent: what was written, and the files. */
  get #text(): string {
    return withFiles(this.draft.trim(), (this.#files.value?.items ?? []).flatMap(({name, state: file}) => (file.is === 'text' ? [{name, text: file.text}] : [])));
  }

  get #reading(): boolean {
    return this.#files.value?.items.some(({state: file}) => file.is === 'reading') === true;
  }

  get #busy(): boolean {
    return this.view !== undefined && this.view.stage !== 'idle';
  }

  #write(text: string): void {
    this.draft = text;
    if (this.view !== undefined) keepDraft(this.view.current.id, text);
  }

  #send(): void {
    const text = this.#text;
    if (this.#busy || this.#reading || text === '' || this.view === undefined) return;
    this.blocked = obstacleOf(this.view);
    if (this.blocked !== undefined) return;
    this.#write('');
    this.attachments?.clear();
    attempt(this, this.chat?.send(text));
    this.dispatchEvent(new Event('sent'));
  }

  readonly #typed = (event: Event): void => this.#write((event.target as HTMLTextAreaElement).value);

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || event.shiftKey || event.altKey) return;
    const modified = event.ctrlKey || event.metaKey;
    if (!modified && !this.enterSends) return;
    event.preventDefault();
    this.#send();
  };

  readonly #press = (event: MouseEvent): void => {
    if (!this.#busy) this.#send();
    // The second click of a double click on "Send" must not stop what it sent.
    else if (event.detail < 2) this.chat?.stop();
  };

  /** What sending would cost, before anything is sent. */
  #quote(): string {
    const most = this.#busy ? 0n : (this.chat?.quote(this.#text) ?? 0n);
    if (most === 0n) return '';
    return this.gift ? texts.chat.gift(formatCoins(most)) : texts.chat.quote(formatCoins(most));
  }

  #hints(view: ChatView) {
    const keys = this.#busy ? texts.chat.hintEscape : this.enterSends ? texts.chat.hintEnter : texts.chat.hintModifier;
    return html`<div class="hints">
      <span id="readers">${view.level === 'mine' ? texts.chat.levelMineNote : texts.chat.levelNetworkNote} ${this.#quote()}</span>
      <span class="keys">${keys}</span>
      <span role="status" class="blocked">${this.blocked}</span>
    </div>`;
  }

  protected override render() {
    const {view, draft} = this;
    if (view === undefined) return nothing;
    const idle = !this.#busy;
    const unready = idle && (this.#text === '' || this.#reading || obstacleOf(view) !== undefined);
    return html`
      <div class="box">
        <attachment-list .attachments=${this.attachments}></attachment-list>
        <textarea rows=${Math.min(8, draft.split('\n').length)} aria-label=${texts.chat.message} aria-describedby="readers" placeholder=${texts.chat.placeholder}
          dir="auto" enterkeyhint=${this.enterSends ? 'send' : 'enter'} .value=${live(draft)} @input=${this.#typed} @keydown=${this.#key}></textarea>
        <div class="row">
          <attachment-button .attachments=${this.attachments}></attachment-button>
          <model-picker .chat=${this.chat} .view=${view} .paired=${this.paired}></model-picker>
          <button type="button" class=${idle ? 'send main' : 'send'} aria-disabled=${String(unready)} @click=${this.#press}>
            ${idle ? sendIcon : stopIcon}${idle ? texts.chat.send : texts.chat.stop}
          </button>
        </div>
      </div>
      ${this.#hints(view)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'prompt-box': PromptBox;
  }
}
