/** Asking: the list of conversations, the conversation and the message box, kept in step with the address. */
import {LitElement, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {isLow} from '../state/wallet-sums.ts';
import type {AppServices} from '../state/services.ts';
import type {Redaction} from '../state/redaction-views.ts';
import type {ChatView, Conversation} from '../state/views.ts';
import {heard} from './answering.ts';
import {chatPageStyles} from './chat-page-styles.ts';
import type {ConfirmDialog} from './confirm-dialog.ts';
import {titleOf} from './conversation-title.ts';
import type {FoundEvent, OptionsEvent, RemoveEvent} from './history-events.ts';
import {closeIcon, listIcon, moreIcon, plusIcon} from './icons.ts';
import {attempt, tell} from './notice.ts';
import {Observe} from './observe.ts';
import {go, route} from './router.ts';
import {chatPath} from './routes.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import {ShortcutEvent} from './shortcut-event.ts';
import './chat-tools.ts';
import './chat-transcript.ts';
import './keep-home.ts';
import './model-picker.ts';
import './prompt-box.ts';

/** The history is read after the page; until then an unknown id is no news. */
const patienceMs = 1500;

@customElement('chat-page')
export class ChatPage extends LitElement {
  static override styles = [...base, chatPageStyles];

  @property({attribute: false}) services: AppServices | undefined;
  @state() private redaction: Redaction | undefined;
  @state() private missing = false;
  @state() private listOpen = false;
  @state() private listHidden = false;
  readonly #view = new Observe(this, () => this.services?.chat.view);
  readonly #own = new Observe(this, () => this.services?.own.view);
  readonly #settings = new Observe(this, () => this.services?.settings.view);
  readonly #wallet = new Observe(this, () => this.services?.wallet.view);
  readonly #redaction = new Observe(this, () => this.redaction?.view);
  readonly #route = new Observe(this, () => route);
  #patience: ReturnType<typeof setTimeout> | undefined;
  #gone: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#gone = new AbortController();
    addEventListener('keydown', this.#key, {signal: this.#gone.signal});
    // A question can be typed before the list of the others is there, and before anything is to be said.
    void Promise.all([import('./conversation-list.ts'), import('./chat-announcer.ts')]).catch(() => tell(this, texts.shell.notLoaded));
    addEventListener(ShortcutEvent.type, this.#shortcut, {signal: this.#gone.signal});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gone?.abort();
    clearTimeout(this.#patience);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('services')) void this.services?.redaction().then((redaction) => (this.redaction = redaction), () => {});
  }

  protected override updated(): void {
    if (this.#view.value?.level === 'device') attempt(this, import('./own-device.ts'));
    this.#followAddress();
  }

  /** Opens what the address names, or gives an unnamed conversation its address once it has a question. */
  #followAddress(): void {
    const where = this.#route.value;
    const view = this.#view.value;
    if (where?.page !== 'chat' || view === undefined) return;
    const wanted = where.conversation;
    if (wanted === undefined) {
      if (view.current.turns.length > 0) go(chatPath(view.current.id), 'replace');
    } else if (wanted !== view.current.id && view.conversations.some(({id}) => id === wanted)) {
      this.services?.chat.open(wanted);
      this.#closeList();
      this.renderRoot.querySelector('h1')?.focus({preventScroll: true});
    } else if (wanted !== view.current.id) {
      this.#patience ??= setTimeout(() => (this.missing = true), patienceMs);
      return;
    }
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.missing = false;
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || this.#view.value?.stage === 'idle') return;
    const elsewhere = event.composedPath().some((target) => target instanceof HTMLDialogElement || (target instanceof HTMLElement && target.popover !== null));
    if (!elsewhere) this.services?.chat.stop();
  };

  readonly #shortcut = (event: Event): void => {
    if (!(event instanceof ShortcutEvent)) return;
    if (event.name === 'fresh') this.#begin();
    if (event.name === 'list') this.#toggleList();
    if (event.name === 'search') void this.#search();
  };

  #begin(how?: {readonly temporary: boolean}): void {
    this.services?.chat.begin(how);
    go('/chat');
    this.#closeList();
    this.#focusBox();
  }

  readonly #beginClicked = (): void => this.#begin();
  readonly #focusBox = (): void => void this.updateComplete.then(() => this.renderRoot.querySelector('prompt-box')?.focus());
  readonly #editLast = (): void => this.renderRoot.querySelector('chat-transcript')?.editLast();

  /** A temporary conversation: this one where it has no question yet, else a new one. */
  readonly #temporary = (): void => {
    const {chat} = this.services ?? {};
    if (chat?.view.get().current.turns.length === 0) chat.setTemporary(true);
    else this.#begin({temporary: true});
  };

  get #isNarrow(): boolean {
    const list = this.renderRoot.querySelector('aside');
    return list !== null && !this.listHidden && getComputedStyle(list).display === 'none';
  }

  #toggleList(): void {
    if (!this.#isNarrow) this.listHidden = !this.listHidden;
    else if (this.listOpen) this.#closeList();
    else this.#openList();
  }

  /** To the search of the list, and where it has none to the list. */
  async #search(): Promise<void> {
    const isNarrow = this.#isNarrow;
    this.listHidden = false;
    if (isNarrow && !this.listOpen) this.#openList();
    await this.updateComplete;
    const list = this.renderRoot.querySelector(isNarrow ? 'dialog conversation-list' : 'aside conversation-list');
    await (list instanceof LitElement ? list.updateComplete : undefined);
    const place = list?.shadowRoot?.querySelector<HTMLElement>('input[type=search]') ?? list?.shadowRoot?.querySelector<HTMLElement>('a, button');
    place?.focus();
  }

  readonly #remove = (event: RemoveEvent): void => attempt(this, this.#confirmRemove(event));

  async #confirmRemove({conversation}: RemoveEvent): Promise<void> {
    await import('./confirm-dialog.ts');
    const {removeTitle: title, removeText, removeYes: yes, removeNo: no} = texts.chat;
    const dialog: ConfirmDialog | null = this.renderRoot.querySelector('confirm-dialog');
    if (await dialog?.ask({title, text: removeText(titleOf(conversation)), yes, no}) !== true) return;
    await this.services?.chat.remove(conversation.id);
    if (location.pathname === chatPath(conversation.id)) go('/chat', 'replace');
    this.renderRoot.querySelector('h1')?.focus({preventScroll: true});
  }

  readonly #options = ({conversation}: Pick<OptionsEvent, 'conversation'>): void => void this.#showOptions(conversation);

  async #showOptions(conversation: Conversation): Promise<void> {
    await import('./conversation-options.ts').catch(() => tell(this, texts.shell.notLoaded));
    await this.renderRoot.querySelector('conversation-options')?.show?.(conversation);
  }

  readonly #models = (): void => void this.#showModels();

  async #showModels(): Promise<void> {
    await import('./model-sheet.ts').catch(() => tell(this, texts.shell.notLoaded));
    await this.renderRoot.querySelector('model-sheet')?.show?.();
  }

  readonly #found = (event: FoundEvent): void => attempt(this, this.#showFound(event));

  async #showFound({conversation, turn}: FoundEvent): Promise<void> {
    this.#closeList();
    await this.services?.history.reveal(conversation, turn);
    // In one step: between the two the address would open what it names.
    this.services?.chat.open(conversation);
    go(chatPath(conversation));
    await this.updateComplete;
    await this.renderRoot.querySelector('chat-transcript')?.reveal(turn);
  }

  /** A question that was asked under an unknown address starts a conversation with its own. */
  readonly #sent = (): void => {
    if (this.missing) go('/chat', 'replace');
  };

  readonly #useDevice = (): void => {
    this.services?.chat.chooseLevel('device');
    this.renderRoot.querySelector('prompt-box')?.focus();
  };

  readonly #openList = (): void => {
    this.listOpen = true;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLDialogElement>('dialog.drawer')?.showModal());
  };

  readonly #sendAsIs = (event: Event): void => attempt(this, this.redaction?.sendAsIs((event as CustomEvent<string>).detail));

  readonly #closeList = (): void => this.renderRoot.querySelector<HTMLDialogElement>('dialog.drawer')?.close();

  readonly #listClosed = (): void => {
    this.listOpen = false;
  };

  #list(view: ChatView): TemplateResult {
    return html`<conversation-list .conversations=${view.conversations} .current=${view.current.id}
      @bombyx-begin=${this.#beginClicked} @bombyx-options=${this.#options} @bombyx-found=${this.#found}></conversation-list>`;
  }

  #drawer(view: ChatView): TemplateResult {
    return html`<dialog class="drawer" aria-label=${texts.chat.list} @close=${this.#listClosed}>
      <button type="button" class="bare close" @click=${this.#closeList}>${closeIcon}${texts.chat.closeList}</button>
      ${this.listOpen ? this.#list(view) : nothing}
    </dialog>`;
  }

  /** What has to be said above the message box: no connection, an unknown address, and before the first question who can read it. */
  #lines(view: ChatView): TemplateResult {
    const low = this.#wallet.value !== undefined && isLow(this.#wallet.value);
    const asked = view.conversations.some(({turns}) => turns.length > 0) || view.current.turns.length > 0;
    return html`
      ${view.current.temporary ? html`<p class="line" role="status">${texts.chat.temporaryNote}</p>` : nothing}
      ${this.missing ? html`<p class="line warn" role="status">${texts.chat.notHere}</p>` : nothing}
      ${view.relay === 'online' || view.level === 'device' ? nothing : html`<p class="line ${view.relay === 'connecting' ? '' : 'warn'}" role="status">${texts.chat[view.relay]}</p>`}
      ${low && view.level === 'network' ? html`<p class="line warn" role="status">${texts.chat.low} <a href="/wallet">${texts.chat.toWallet}</a></p>` : nothing}
      ${this.#redaction.value?.on === true && view.level === 'network' ? html`<p class="line">${texts.chat.hiding}</p>` : nothing}
      ${asked || view.level !== 'network' ? nothing : html`<p class="line warn">${texts.chat.readable} <a href="/privacy">${texts.shell.privacy}</a>
        ${this.#own.value?.chosen === undefined || view.models.length === 0 ? nothing : html`<button type="button" class="little" @click=${this.#useDevice}>${texts.chat.useDevice}</button>`}</p>`}
      ${view.level === 'device' ? html`<own-device .own=${this.services?.own} .model=${this.#own.value?.chosen}></own-device>` : nothing}`;
  }

  protected override render() {
    const view = this.#view.value;
    const settings = this.#settings.value;
    if (view === undefined || settings === undefined) return nothing;
    const {chat, drafts} = this.services ?? {};
    return html`
      <aside ?hidden=${this.listHidden} aria-label=${texts.chat.list}>${this.#list(view)}</aside>
      <div class="conversation" @bombyx-asked=${this.#focusBox}>
        <header>
          <button type="button" class="bare narrow" aria-label=${texts.chat.openList} @click=${this.#openList}>${listIcon}</button>
          <h1 tabindex="-1">${titleOf(view.current)}</h1>
          ${view.current.turns.length === 0 ? nothing : html`<button type="button" class="bare more" aria-haspopup="dialog" aria-label=${texts.list.options(titleOf(view.current))} @click=${() => this.#options({conversation: view.current})}>${moreIcon}</button>`}
          <chat-tools .chat=${chat} .presets=${this.services?.presets}></chat-tools>
          <button type="button" class="bare narrow" aria-label=${texts.chat.fresh} @click=${this.#beginClicked}>${plusIcon}</button>
        </header>
        <chat-transcript .chat=${chat} .view=${view} .own=${this.#own.value?.chosen !== undefined} .redaction=${this.redaction} @bombyx-as-is=${this.#sendAsIs}></chat-transcript>
        <div class="composer">
          ${this.#lines(view)}
          <prompt-box .chat=${chat} .view=${view} .own=${this.#own.value} .drafts=${drafts} .attach=${this.services?.attachments} .enterSends=${settings.enterSends} .shortcuts=${settings.shortcuts} .paired=${settings.paired.length > 0} .gift=${this.#wallet.value?.isOpen === false}
            @sent=${this.#sent} @temporary=${this.#temporary} @edit-last=${this.#editLast} @bombyx-models=${this.#models}></prompt-box>
          <keep-home .of=${chat} .on=${view.current.sensitive === true} .busy=${view.stage !== 'idle'}></keep-home>
        </div>
      </div>
      ${this.#drawer(view)}
      <chat-announcer .heard=${heard(view.current, view.stage)} .manner=${settings.announce}></chat-announcer>
      <model-sheet .services=${this.services}></model-sheet>
      <conversation-options .history=${this.services?.history} @bombyx-remove=${this.#remove}></conversation-options>
      <confirm-dialog></confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-page': ChatPage;
  }
}
