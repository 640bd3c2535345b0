/** Where a question is written, sent and stopped. */
import {LitElement, css, html, nothing, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {ownObstacle} from '../state/own-choice.ts';
import type {OwnDeviceView} from '../state/own-device-views.ts';
import type {Drafts} from '../state/drafts.ts';
import type {Attachments} from '../state/attachment-views.ts';
import type {lackText} from './attachment-list.ts';
import {withFiles} from '../state/attached-text.ts';
import type {Chat, ChatView} from '../state/views.ts';
import {formatCoins} from './figures.ts';
import {sendIcon, stopIcon} from './icons.ts';
import {levelStyles, levelTruth} from './level-looks.ts';
import {computersFor} from './model-picker.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

function ownObstacleText(own: OwnDeviceView): string | undefined {
  const obstacle = ownObstacle(own, own.models.find(({hash}) => hash === own.chosen));
  const {cantOwn, cantOwnAbsent, cantOwnBusy} = texts.chat;
  return obstacle && {none: cantOwn, absent: cantOwnAbsent, busy: cantOwnBusy}[obstacle];
}

/** Why nothing can be sent now; undefined when it can. */
function obstacleOf({relay, models, model, level}: ChatView, own: OwnDeviceView | undefined): string | undefined {
  if (level === 'device') return own && ownObstacleText(own);
  if (relay === 'offline') return texts.chat.cantOffline;
  if (relay === 'outdated') return texts.chat.cantOutdated;
  const chosen = models.find((choice) => choice.hash === model);
  if (chosen && computersFor(chosen, level) > 0) return undefined;
  return chosen && level === 'network' && chosen.unpayable > 0 ? texts.chat.cantPay : texts.chat.cantModel;
}

/** Sent alone, it asks for a temporary conversation. */
const temporaryWord = '/temp';

@customElement('prompt-box')
export class PromptBox extends LitElement {
  static override styles = [...base, levelStyles, css`
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

    .queued {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 4px 6px 4px 14px;
      margin-bottom: 6px;
      border: 1px dashed var(--edge);
      border-radius: 12px;
      font-size: 0.875rem;
    }

    .queued p {
      flex: 1 1 auto;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .blocked {
      color: var(--bad);
    }

    /* No room for all beside each other. */
    attachment-button {
      margin-left: auto;
    }

    @media (max-width: 719px) {
      .row { flex-wrap: wrap; gap: 2px 8px; }
      model-picker { flex: 1 1 100%; }
      attachment-button { margin: 0 auto 0 0; }
    }

    @media (max-width: 719px), (pointer: coarse) {
      .keys { display: none; }
    }
  `];

  @property({attribute: false}) chat: Chat | undefined;
  @property({attribute: false}) view: ChatView | undefined;
  @property({attribute: false}) own: OwnDeviceView | undefined;
  @property({attribute: false}) drafts: Drafts | undefined;
  @property({type: Boolean}) enterSends = true;
  @property({type: Boolean}) shortcuts = true;
  @property({type: Boolean}) paired = false;
  /** Whether it is the relay that pays. */
  @property({type: Boolean}) gift = false;
  /** Where files go that are sent with the question. */
  @property({attribute: false}) attach: (() => Promise<Attachments>) | undefined;
  @state() private attachments: Attachments | undefined;
  /** Says why the chosen model can't answer this; comes with the files. */
  @state() private lack: typeof lackText | undefined;
  readonly #files = new Observe(this, () => this.attachments?.view);
  @state() private draft = '';
  @state() private blocked: string | undefined;

  override focus(): void {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!(changed.has('view') || changed.has('own')) || this.view === undefined) return;
    const {current} = this.view;
    const before = changed.has('view') ? (changed.get('view') as ChatView | undefined)?.current : current;
    if (before?.id !== current.id) {
      this.draft = this.drafts?.of(current) ?? '';
      this.blocked = undefined;
    } else if (before.temporary !== current.temporary) {
      // What was typed goes where the conversation goes: kept, or kept nowhere.
      this.drafts?.put(before, '');
      this.drafts?.put(current, this.draft);
    }
    if (this.blocked !== undefined) this.blocked = this.#obstacle(this.view);
  }

  protected override updated(): void {
    const {queued, current} = this.view ?? {};
    if (queued?.some(({conversation, held}) => held && conversation === current?.id)) this.#restore();
  }

  protected override firstUpdated(): void {
    // After the first screen; without it questions go without files.
    void import('./attachment-list.ts').then(async ({lackText: lack}) => {
      this.attachments = await this.attach?.();
      this.lack = lack;
    }).catch(() => {});
  }

  /** What would be sent: what was written, and the files. */
  get #text(): string {
    return withFiles(this.draft.trim(), (this.#files.value?.items ?? []).flatMap(({name, state: file}) => (file.is === 'text' ? [{name, text: file.text}] : [])));
  }

  get #waiting() {
    return {text: this.#text, images: (this.#files.value?.items ?? []).flatMap(({state: file}) => (file.is === 'picture' ? [file.picture] : []))};
  }

  #obstacle(view: ChatView): string | undefined {
    return obstacleOf(view, this.own) ?? this.lack?.(view, {...this.#waiting, own: this.own});
  }

  get #empty(): boolean {
    const {text, images} = this.#waiting;
    return text === '' && images.length === 0;
  }

  get #reading(): boolean {
    return this.#files.value?.items.some(({state: file}) => file.is === 'reading') === true;
  }

  get #busy(): boolean {
    return this.view !== undefined && this.view.stage !== 'idle';
  }

  #write(text: string): void {
    this.draft = text;
    if (this.view !== undefined) this.drafts?.put(this.view.current, text);
  }

  /** What waited to be sent stands in the box again, before what was typed since. */
  #restore(): void {
    const back = this.chat?.takeBack();
    if (!back) return;
    this.#write([back.text, this.draft].filter((part) => part.trim() !== '').join('\n\n'));
    if (back.images.length > 0) this.attachments?.bring(back.images);
  }

  readonly #takeBack = (): void => {
    this.#restore();
    this.focus();
  };

  readonly #send = (): void => {
    const {text, images} = this.#waiting;
    if (this.#reading || this.#empty || this.view === undefined) return;
    if (text === temporaryWord) {
      this.#write('');
      this.dispatchEvent(new Event('temporary'));
      return;
    }
    this.blocked = this.#obstacle(this.view);
    if (this.blocked !== undefined) return;
    this.#write('');
    this.attachments?.clear();
    attempt(this, this.chat?.send(text, {images}));
    this.dispatchEvent(new Event('sent'));
  };

  readonly #useDevice = (): void => {
    this.blocked = undefined;
    this.chat?.chooseLevel('device');
    this.focus();
  };

  readonly #typed = (event: Event): void => this.#write((event.target as HTMLTextAreaElement).value);

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowUp' && this.shortcuts && this.draft === '' && !this.#busy && !(event.isComposing || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.dispatchEvent(new Event('edit-last'));
      return;
    }
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
    const most = this.#busy ? 0n : (this.chat?.quote(this.#text, this.#waiting) ?? 0n);
    if (most === 0n) return '';
    return this.gift ? texts.chat.gift(formatCoins(most)) : texts.chat.quote(formatCoins(most));
  }

  #hints(view: ChatView) {
    const keys = this.#busy ? texts.chat.hintEscape : this.enterSends ? texts.chat.hintEnter : texts.chat.hintModifier;
    return html`<div class="hints">
      <span id="readers">${levelTruth(view.level)} ${this.#quote()}</span>
      <span class="keys">${keys}</span>
      <span role="status" class="blocked">${this.blocked}</span>
      ${this.blocked !== undefined && view.level !== 'device' && this.own?.chosen !== undefined ? html`<button type="button" class="little" @click=${this.#useDevice}>${texts.chat.useDevice}</button>` : nothing}
    </div>`;
  }

  protected override render() {
    const {view, draft} = this;
    if (view === undefined) return nothing;
    const idle = !this.#busy;
    const waits = view.queued.find(({conversation}) => conversation === view.current.id);
    const unready = idle && (this.#empty || this.#reading || this.#obstacle(view) !== undefined);
    return html`
      <div role="status">${waits === undefined ? nothing : html`<div class="queued"><p>${texts.chat.queued} ${waits.text}</p>
        <button type="button" class="bare little" @click=${this.#takeBack}>${texts.chat.takeBack}</button></div>`}</div>
      <div class="box">
        <attachment-list .attachments=${this.attachments} .chat=${view} .waiting=${this.#waiting}></attachment-list>
        <textarea rows=${Math.min(8, draft.split('\n').length)} aria-label=${texts.chat.message} aria-describedby="readers" placeholder=${texts.chat.placeholder}
          dir="auto" enterkeyhint=${this.enterSends ? 'send' : 'enter'} .value=${live(draft)} @input=${this.#typed} @keydown=${this.#key}></textarea>
        <div class="row">
          <model-picker .chat=${this.chat} .view=${view} .own=${this.own} .sensitive=${view.current.sensitive === true} .paired=${this.paired}></model-picker>
          <attachment-button .attachments=${this.attachments}></attachment-button>
          ${idle || this.#empty ? nothing : html`<button type="button" class="send" @click=${this.#send}>${texts.chat.askNext}</button>`}
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
