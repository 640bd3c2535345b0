/** Writes a message anew, in its place. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Chat, Turn} from '../state/views.ts';
import {conversationTexts} from './conversation-texts.ts';
import {formatCoins} from './figures.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

/** The text was accepted, or the person wants the old one. */
export class WrittenEvent extends Event {
  static readonly type = 'bombyx-written';
  /** Undefined where nothing is to change. */
  readonly text: string | undefined;

  constructor(text: string | undefined) {
    super(WrittenEvent.type);
    this.text = text;
  }
}

@customElement('message-edit')
export class MessageEdit extends LitElement {
  static override styles = [...base, css`
    :host {
      display: grid;
      gap: 8px;
      padding: 12px;
      border: 1px solid var(--accent);
      border-radius: 16px;
      background: var(--surface);
    }

    textarea {
      display: block;
      max-height: min(50dvh, 480px);
      line-height: 1.5;
      resize: vertical;
      field-sizing: content;
    }

    .row {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }

    .keys {
      align-self: center;
    }

    @media (max-width: 719px), (pointer: coarse) {
      .keys { display: none; }
    }
  `];

  @property({attribute: false}) turn: Turn | undefined;
  @property({attribute: false}) chat: Chat | undefined;
  /** Whether another answer is coming. */
  @property({type: Boolean}) busy = false;
  @state() private text = '';

  protected override firstUpdated(): void {
    this.text = this.turn?.text ?? '';
    void this.updateComplete.then(() => {
      const box = this.renderRoot.querySelector('textarea');
      box?.focus();
      box?.setSelectionRange(box.value.length, box.value.length);
    });
  }

  get #isReady(): boolean {
    return this.text.trim() !== '' && !this.busy;
  }

  readonly #typed = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
  };

  readonly #cancel = (): void => void this.dispatchEvent(new WrittenEvent(undefined));

  readonly #accept = (): void => {
    if (this.#isReady) this.dispatchEvent(new WrittenEvent(this.text.trim()));
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const accepts = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!accepts && event.key !== 'Escape') return;
    // Escape here ends the writing, not an answer.
    event.preventDefault();
    if (accepts) this.#accept();
    else this.#cancel();
  };

  protected override render() {
    const {turn} = this;
    if (turn === undefined) return nothing;
    const words = conversationTexts.edit;
    const asks = turn.role === 'user';
    const most = asks ? (this.chat?.quote(this.text, {turn: turn.id}) ?? 0n) : 0n;
    return html`
      <textarea rows="3" dir="auto" aria-label=${asks ? words.question : words.answer} aria-describedby="note" .value=${live(this.text)} @input=${this.#typed} @keydown=${this.#key}></textarea>
      <p id="note" class="soft small">${asks ? words.questionNote : words.answerNote} ${most === 0n ? nothing : texts.chat.quote(formatCoins(most))}</p>
      <p role="status" class="small">${this.busy ? words.busy : nothing}</p>
      <div class="row">
        <button type="button" class="main" aria-disabled=${String(!this.#isReady)} @click=${this.#accept}>${asks ? words.ask : words.keep}</button>
        <button type="button" @click=${this.#cancel}>${words.cancel}</button>
        <span class="keys soft small">${words.keys}</span>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-edit': MessageEdit;
  }
}
