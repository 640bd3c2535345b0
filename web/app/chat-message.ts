/** One message of the conversation: a question, or an answer with its line of provenance and what can be done with it. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import {errorTable} from '#protocol/errors.ts';
import {hasFiles} from '../state/attached-text.ts';
import type {Chat, Provenance, Stage, Turn, Wait} from '../state/views.ts';
import {lineOf, stageText} from './answer-facts.ts';
import {againIcon, copyIcon} from './icons.ts';
import {drawMarkdown, markdownStyles} from './markdown-view.ts';
import {attempt, copy} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import './answer-details.ts';

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

    .actions {
      display: flex;
      gap: 4px;
      margin-left: -10px;
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
  /** Whether asking again makes sense: the last message, and nothing runs. */
  @property({type: Boolean}) last = false;

  readonly #again = (): void => attempt(this, this.chat?.again());
  readonly #copyAnswer = (): void => void copy(this, this.turn?.text ?? '');
  readonly #copyText = (text: string): void => void copy(this, text);

  #question(turn: Turn): TemplateResult {
    return html`
      <article data-status=${turn.status}>
        <h2 class="unseen">${texts.chat.you}</h2>
        <div class="question" dir="auto">${hasFiles(turn.text) ? this.#withFiles(turn.text) : turn.text}</div>
        ${turn.status === 'failed' ? this.#problem(turn) : nothing}
      </article>`;
  }

  /** Its element comes when the first such question is shown. */
  #withFiles(text: string): TemplateResult {
    void import('./attached-question.ts').catch(() => {});
    return html`<attached-question .text=${text}></attached-question>`;
  }

  #problem(turn: Turn): TemplateResult {
    return html`<p class="problem">${errorTable[turn.error ?? 'internal'].sentence}</p>
      ${this.last ? html`<div class="foot"><button type="button" @click=${this.#again}>${againIcon}${texts.chat.retry}</button></div>` : nothing}`;
  }

  #line(provenance: Provenance): TemplateResult {
    const {receipt} = provenance;
    return html`<p class="small soft number">${lineOf(provenance).join(' · ')} · <span class=${receipt}>${texts.receipt.short[receipt]}</span></p>`;
  }

  #actions(turn: Turn): TemplateResult {
    return html`<div class="actions">
      ${turn.text === '' ? nothing : html`<button type="button" class="bare little" @click=${this.#copyAnswer}>${copyIcon}${texts.chat.copy}</button>`}
      ${this.last && turn.status !== 'failed' ? html`<button type="button" class="bare little" @click=${this.#again}>${againIcon}${texts.chat.again}</button>` : nothing}
    </div>`;
  }

  #answer(turn: Turn): TemplateResult {
    const {provenance} = turn;
    const stage = turn.status === 'streaming' ? stageText(this.stage, this.wait) : '';
    return html`
      <article data-status=${turn.status} data-receipt=${ifDefined(provenance?.receipt)}>
        <h2 class="unseen">${texts.chat.answer}</h2>
        ${turn.text === '' ? nothing : html`<div class="text" dir="auto">${drawMarkdown(turn.text, this.#copyText)}</div>`}
        ${stage === '' ? nothing : html`<p class="stage">${stage}</p>`}
        ${turn.status === 'stopped' ? html`<p class="stopped soft small">${texts.chat.stopped}</p>` : nothing}
        ${turn.status === 'failed' ? this.#problem(turn) : nothing}
        ${turn.status === 'streaming' ? nothing : html`
          <div class="foot">${provenance === undefined ? nothing : this.#line(provenance)}${this.#actions(turn)}</div>
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
