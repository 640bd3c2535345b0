/** The messages of a conversation, kept at the newest one unless the person reads further up. */
import {LitElement, css, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {placesOf, shownTurns, type Place} from '../state/branches.ts';
import type {Redaction, RedactionView} from '../state/redaction-views.ts';
import type {Chat, ChatView, Stage, Turn} from '../state/views.ts';
import {isAnswering} from './answering.ts';
import type {ChatMessage} from './chat-message.ts';
import {downIcon} from './icons.ts';
import {attempt, tell, tellWith} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import type {RemoveTurnEvent} from './turn-events.ts';

/** Closer than this to the end counts as being there, in pixels. */
const nearEnd = 64;

const pending: Turn = {id: 'pending', role: 'assistant', text: '', status: 'streaming', at: 0};

/** What of a question was hidden before it was sent; loads when there is such a question. */
function hiddenIn(view: RedactionView | undefined, {id, text}: Turn): TemplateResult | typeof nothing {
  const found = view?.hidden[id];
  if (view === undefined || found === undefined) return nothing;
  void import('./hidden-things.ts').catch(() => {});
  return html`<hidden-things .found=${found} .text=${text} .asIs=${view.asIs}></hidden-things>`;
}

@customElement('chat-transcript')
export class ChatTranscript extends LitElement {
  static override styles = [...base, css`
    :host {
      position: relative;
      display: block;
      min-height: 0;
    }

    .scroller {
      height: 100%;
      overflow-y: auto;
      overscroll-behavior: contain;
      scrollbar-gutter: stable;
    }

    .scroller:focus-visible {
      outline-offset: -2px;
    }

    .column {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      align-content: start;
      gap: 24px;
      max-width: 776px;
      min-height: 100%;
      margin: 0 auto;
      padding: 24px 24px 32px;
    }

    @media (max-width: 719px) {
      .column { padding: 16px 16px 24px; }
    }

    /* Room for the rings and the negative margins inside: what is not laid out is also clipped. */
    chat-message {
      margin: -4px -12px;
      padding: 4px 12px;
    }

    chat-message.settled {
      content-visibility: auto;
      contain-intrinsic-size: auto 140px;
    }

    .empty {
      align-self: center;
      justify-self: center;
      display: grid;
      gap: 12px;
      max-width: 46ch;
      padding: 24px 0;
      text-align: center;
    }

    .empty .big {
      font-size: 1.1875rem;
      text-wrap: balance;
    }

    .latest {
      position: absolute;
      bottom: 12px;
      left: 50%;
      translate: -50% 0;
      border-color: var(--line);
      box-shadow: 0 2px 10px oklch(15% 0.02 325 / 0.16);
    }
  `];

  @property({attribute: false}) chat: Chat | undefined;
  @property({attribute: false}) view: ChatView | undefined;
  @property({attribute: false}) redaction: Redaction | undefined;
  readonly #hidden = new Observe(this, () => this.redaction?.view);
  /** Whether this device itself could answer. */
  @property({type: Boolean}) own = false;
  @state() private away = false;

  #top = 0;
  readonly #watcher = new ResizeObserver(() => this.#stick());

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view')) return;
    const before: ChatView | undefined = changed.get('view');
    const now = this.view?.current;
    // A new question is always shown, wherever the person has scrolled to.
    if (before?.current.id !== now?.id || (before?.current.turns.length ?? 0) < (now?.turns.length ?? 0)) this.away = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A question can be typed before there is a message to show.
    void import('./chat-message.ts').catch(() => tell(this, texts.shell.notLoaded));
  }

  protected override firstUpdated(): void {
    const column = this.renderRoot.querySelector('.column');
    const scroller = this.#scroller;
    if (column !== null) this.#watcher.observe(column);
    if (scroller !== null) this.#watcher.observe(scroller);
  }

  protected override updated(): void {
    this.#stick();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watcher.disconnect();
  }

  #stick(): void {
    const scroller = this.#scroller;
    // Whoever writes a message anew must go on seeing it.
    if (scroller !== null && !this.away && this.renderRoot.querySelector('chat-message[writing]') === null) scroller.scrollTop = scroller.scrollHeight;
  }

  readonly #scrolled = (): void => {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= nearEnd;
    // Only going up is leaving: the text may also have grown since the last frame.
    if (atEnd) this.away = false;
    else if (scroller.scrollTop < this.#top - 1) this.away = true;
    this.#top = scroller.scrollTop;
  };

  readonly #toLatest = (): void => {
    this.away = false;
    this.#scroller?.focus({preventScroll: true});
  };

  /** Scrolls to a message and gives it the focus. */
  async reveal(id: string): Promise<void> {
    await Promise.all([this.updateComplete, customElements.whenDefined('chat-message')]);
    const messages = [...this.renderRoot.querySelectorAll<ChatMessage>('chat-message')];
    await Promise.all(messages.map((message) => message.updateComplete));
    const message = messages.find(({turn}) => turn?.id === id);
    if (message === undefined) return;
    this.away = true;
    message.tabIndex = -1;
    message.focus({preventScroll: true});
    message.scrollIntoView({block: 'center'});
  }
  readonly #useDevice = (): void => this.chat?.chooseLevel('device');

  #empty(view: ChatView): TemplateResult {
    if (view.level === 'device') return html`<div class="empty"><p class="big">${texts.chat.emptyDevice}</p></div>`;
    const offered = view.models.some((model) => (view.level === 'mine' ? model.mine : model.nodes) > 0);
    if (!offered && view.relay === 'online') {
      return html`<div class="empty"><p class="big">${view.level === 'mine' ? texts.chat.noModelMine : texts.chat.noModel}</p>
        <p><a href="/share">${texts.landing.share}</a></p>
        ${this.own ? html`<p><button type="button" @click=${this.#useDevice}>${texts.chat.useDevice}</button></p>` : nothing}</div>`;
    }
    const demo = view.models.find((model) => model.hash === view.model)?.demo === true;
    return html`<div class="empty"><p class="big">${texts.chat.empty}</p>
      ${demo ? html`<p class="soft">${texts.chat.demoNote}</p>` : nothing}</div>`;
  }

  /** Lets the person write their last question anew. */
  editLast(): void {
    const messages = [...this.renderRoot.querySelectorAll<ChatMessage>('chat-message')];
    void messages.findLast(({turn}) => turn?.role === 'user')?.edit();
  }

  readonly #remove = ({turn}: RemoveTurnEvent): void => attempt(this, this.#removeTurn(turn));

  async #removeTurn(turn: string): Promise<void> {
    const undo = await this.chat?.removeTurn(turn);
    if (undo === undefined) return;
    this.#scroller?.focus({preventScroll: true});
    tellWith(this, {text: texts.chat.removedTurn, label: texts.chat.undo, act: () => attempt(this, undo())});
  }

  #message(turn: Turn, {isLast, stage, place}: {readonly isLast: boolean; readonly stage: Stage; readonly place: Place | undefined}): TemplateResult {
    return html`<chat-message class=${isLast ? '' : 'settled'} .turn=${turn} .chat=${this.chat} .place=${place} .own=${this.own}
      .stage=${isLast ? stage : 'idle'} .wait=${isLast ? this.view?.wait : undefined} .idle=${stage === 'idle'}></chat-message>
      ${hiddenIn(this.#hidden.value, turn)}`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {current, stage} = view;
    const turns = shownTurns(current);
    const places = placesOf(current);
    const answering = isAnswering(current, stage);
    // Between the question and the first sign of an answer there may be no turn to show the stage in.
    const shown = answering && turns.at(-1)?.role === 'user' ? [...turns, pending] : turns;
    // By place, so that the focus stays where a person looks through versions.
    return html`
      <div class="scroller" role="log" tabindex="0" aria-label=${texts.chat.log} aria-live="off" aria-busy=${String(answering)}
        @scroll=${this.#scrolled} @bombyx-remove-turn=${this.#remove}>
        ${shown.length === 0 ? nothing : html`<h2 class="unseen">${texts.chat.log}</h2>`}
        <div class="column">${shown.length === 0 ? this.#empty(view) : repeat(shown, (_, index) => `${current.id} ${index}`, (turn, index) =>
          this.#message(turn, {isLast: index === shown.length - 1, stage, place: places.get(turn.id)}))}</div>
      </div>
      ${this.away ? html`<button type="button" class="latest little" @click=${this.#toLatest}>${downIcon}${texts.chat.latest}</button>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-transcript': ChatTranscript;
  }
}
