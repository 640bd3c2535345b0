/** One message of the conversation: a question, or an answer with its line of provenance and what can be done with it. */
import {LitElement, css, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import type {ErrorCode} from '#protocol/errors.ts';
import {hasFiles} from '../state/attached-text.ts';
import type {Place} from '../state/branches.ts';
import type {Chat, Provenance, Stage, Turn, Wait} from '../state/views.ts';
import {lineOf, stageText} from './answer-facts.ts';
import {againIcon} from './icons.ts';
import {drawMarkdown, markdownStyles} from './markdown-view.ts';
import type {WrittenEvent} from './message-edit.ts';
import {attempt, copy, tell} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import {editEvent, isElsewhere} from './turn-events.ts';
import './answer-details.ts';
import './message-actions.ts';

/** Nobody else answered; this device may. */
const elsewhereCodes: ReadonlySet<ErrorCode> = new Set(['no-node', 'busy', 'offline', 'node-lost', 'trial-over', 'unfunded', 'link-closed']);

@customElement('chat-message')
export class ChatMessage extends LitElement {
  static override styles = [...base, markdownStyles, css`
    :host {
      display: block;
    }

    .question {
      width: fit-content;
      max-width: min(68ch, 88%);
      margin-left: auto;
      padding: 10px 16px;
      border: 1px solid transparent;
      border-radius: 16px 16px 4px 16px;
      background: var(--accent-soft);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .stage {
      display: flex;
      align-items: center;
      gap: 10px;
      color: var(--ink-soft);
    }

    .text + .stage {
      margin-top: 12px;
    }

    .stage::before {
      content: '';
      width: 8px;
      height: 8px;
      flex: none;
      border-radius: 50%;
      background: var(--accent);
      animation: breathe 1.6s ease-in-out infinite;
    }

    @keyframes breathe {
      50% { opacity: 0.25; }
    }

    @media (prefers-reduced-motion: reduce) {
      .stage::before { animation: none; }
    }

    .problem {
      max-width: 68ch;
      margin-top: 8px;
      padding: 12px 14px;
      border: 1px solid var(--bad);
      border-radius: var(--radius);
      background: var(--bad-soft);
    }

    .stopped {
      margin-top: 8px;
    }

    .foot {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
      margin-top: 8px;
    }

    message-actions {
      margin-left: -10px;
    }

    .asked message-actions {
      justify-content: flex-end;
      margin: 2px 0 0;
    }

    .valid, .invalid { white-space: nowrap; }
    .valid { color: var(--good); }
    .invalid { color: var(--bad); font-weight: 600; }

    answer-details {
      display: block;
    }
  `];

  @property({attribute: false}) turn: Turn | undefined;
  @property({attribute: false}) chat: Chat | undefined;
  /** What the answer waits for; `idle` unless this message is being written. */
  @property() stage: Stage = 'idle';
  @property({attribute: false}) wait: Wait | undefined;
  @property({attribute: false, hasChanged: isElsewhere}) place: Place | undefined;
  /** Whether nothing is being answered. */
  @property({type: Boolean}) idle = false;
  /** Whether the person writes it anew. */
  @property({type: Boolean, reflect: true}) writing = false;
  /** Whether this device itself could answer. */
  @property({type: Boolean}) own = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener(editEvent, this.#write);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The same place may show another message now.
    if (changed.has('turn') && changed.get('turn')?.id !== this.turn?.id) this.writing = false;
  }

  /** Lets the person write this message anew. */
  readonly edit = async (): Promise<void> => {
    try {
      await import('./message-edit.ts');
      this.writing = this.idle;
    } catch {
      tell(this, texts.shell.notLoaded);
    }
  };

  readonly #write = (): void => void this.edit();

  readonly #written = ({text}: WrittenEvent): void => {
    const {turn} = this;
    if (turn === undefined) return;
    this.writing = false;
    if (text !== undefined) attempt(this, this.chat?.edit(turn.id, text));
    // Who asks goes on to write below; who corrects an answer stays with it.
    if (text !== undefined && turn.role === 'user') this.dispatchEvent(new Event('bombyx-asked', {bubbles: true, composed: true}));
    else void this.updateComplete.then(() => this.renderRoot.querySelector('message-actions')?.focusEdit());
  };

  readonly #again = (): void => attempt(this, this.chat?.again({turn: this.turn?.id ?? ''}));

  readonly #useDevice = (): void => {
    this.chat?.chooseLevel('device');
    this.#again();
  };

  readonly #copyText = (text: string): void => void copy(this, text);

  #question(turn: Turn): TemplateResult {
    return html`
      <article class="asked" data-status=${turn.status}>
        <h3 class="unseen">${texts.chat.you}</h3>
        ${this.writing ? this.#editor() : html`<div class="question" dir="auto">${turn.images || hasFiles(turn.text) ? this.#withFiles(turn) : turn.text}</div>${this.#actions()}`}
        ${turn.status === 'failed' ? this.#problem(turn) : nothing}
      </article>`;
  }

  /** Its element comes when the first such question is shown. */
  #withFiles({text, images = []}: Turn): TemplateResult {
    void import('./attached-question.ts').catch(() => {});
    return html`<attached-question .text=${text} .images=${images}></attached-question>`;
  }

  #problem(turn: Turn): TemplateResult {
    return html`<p class="problem">${texts.errors[turn.error ?? 'internal']}</p>
      ${this.idle ? html`<div class="foot"><button type="button" @click=${this.#again}>${againIcon}${texts.chat.retry}</button>
        ${this.own && turn.error !== undefined && elsewhereCodes.has(turn.error) ? html`<button type="button" @click=${this.#useDevice}>${texts.chat.useDevice}</button>` : nothing}</div>` : nothing}`;
  }

  #line(provenance: Provenance): TemplateResult {
    const {receipt} = provenance;
    return html`<p class="small soft number">${lineOf(provenance).join(' · ')} · <span class=${receipt}>${texts.receipt.short[receipt]}</span></p>`;
  }

  #editor(): TemplateResult {
    return html`<message-edit .turn=${this.turn} .chat=${this.chat} .busy=${!this.idle} @bombyx-written=${this.#written}></message-edit>`;
  }

  #actions(): TemplateResult {
    return html`<message-actions .turn=${this.turn} .chat=${this.chat} .place=${this.place} .idle=${this.idle}></message-actions>`;
  }

  /** What an answer says, or the place to write over it. */
  #body(turn: Turn): TemplateResult | typeof nothing {
    if (this.writing) return this.#editor();
    return turn.text === '' ? nothing : html`<div class="text" dir="auto">${drawMarkdown(turn.text, this.#copyText)}</div>`;
  }

  #answer(turn: Turn): TemplateResult {
    const {provenance} = turn;
    const stage = turn.status === 'streaming' ? stageText(this.stage, this.wait) : '';
    return html`
      <article data-status=${turn.status} data-receipt=${ifDefined(provenance?.receipt)}>
        <h3 class="unseen">${texts.chat.answer}</h3>
        ${this.#body(turn)}
        ${turn.edited ? html`<p class="stopped soft small">${texts.chat.editedByYou}</p>` : nothing}
        ${stage === '' ? nothing : html`<p class="stage">${stage}</p>`}
        ${turn.status === 'stopped' ? html`<p class="stopped soft small">${texts.chat.stopped}</p>` : nothing}
        ${turn.status === 'failed' ? this.#problem(turn) : nothing}
        ${turn.status === 'streaming' || this.writing ? nothing : html`
          <div class="foot">${provenance === undefined ? nothing : this.#line(provenance)}${this.#actions()}</div>
          <answer-details .turn=${turn}></answer-details>`}
      </article>`;
  }

  protected override render() {
    const {turn} = this;
    if (turn === undefined) return nothing;
    return turn.role === 'user' ? this.#question(turn) : this.#answer(turn);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-message': ChatMessage;
  }
}
