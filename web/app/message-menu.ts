/** The small menu of an answer: who else could answer, and changing or deleting it. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {answersTo, questionAt} from '../state/branch-edits.ts';
import {shownTurns} from '../state/branches.ts';
import {chatJob} from '../state/chat-job.ts';
import type {AgainHow, Chat, ChatView, ModelChoice, Turn} from '../state/views.ts';
import {conversationTexts} from './conversation-texts.ts';
import {formatCoins} from './figures.ts';
import {computersFor} from './model-picker.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import {editEvent, RemoveTurnEvent} from './turn-events.ts';

/** Between the menu, its button and the edges of the window, in pixels. */
const gap = 6;

@customElement('message-menu')
export class MessageMenu extends LitElement {
  static override styles = [...base, css`
    [popover] {
      position: fixed;
      inset: auto;
      width: max-content;
      max-width: min(360px, calc(100vw - 16px));
      max-height: min(70dvh, 480px);
      margin: 0;
      padding: 6px;
      overflow-y: auto;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--ink);
      box-shadow: 0 6px 24px oklch(15% 0.02 325 / 0.2);
    }

    button {
      justify-content: flex-start;
      width: 100%;
      font-weight: 500;
      text-align: left;
    }

    .cost {
      margin-left: auto;
      padding-left: 12px;
      white-space: nowrap;
    }

    .part {
      padding: 8px 14px 2px;
    }

    hr {
      margin: 6px 0;
      border: 0;
      border-top: 1px solid var(--line);
    }
  `];

  @property({attribute: false}) turn: Turn | undefined;
  @property({attribute: false}) chat: Chat | undefined;
  readonly #view = new Observe(this, () => this.chat?.view);

  get #box(): HTMLElement | null {
    return this.renderRoot.querySelector('[popover]');
  }

  /** Opens beside the button that asked for it, or closes. */
  async toggle(anchor: HTMLElement): Promise<void> {
    await this.updateComplete;
    const box = this.#box;
    if (!box) return;
    if (box.matches(':popover-open')) {
      box.hidePopover();
      return;
    }
    box.showPopover({source: anchor});
    const at = anchor.getBoundingClientRect();
    const {width, height} = box.getBoundingClientRect();
    const isBelow = at.bottom + gap + height <= innerHeight;
    box.style.setProperty('left', `${Math.max(gap, Math.min(at.left, innerWidth - width - gap))}px`);
    box.style.setProperty('top', `${isBelow ? at.bottom + gap : Math.max(gap, at.top - height - gap)}px`);
    box.querySelector('button')?.focus();
  }

  #close(): void {
    this.#box?.hidePopover();
  }

  #again(how: AgainHow): void {
    this.#close();
    attempt(this, this.chat?.again({turn: this.turn?.id ?? '', ...how}));
  }

  readonly #edit = (): void => {
    this.#close();
    this.dispatchEvent(new Event(editEvent, {bubbles: true, composed: true}));
  };

  readonly #remove = (): void => {
    this.#close();
    this.dispatchEvent(new RemoveTurnEvent(this.turn?.id ?? ''));
  };

  /** What it would cost at most, before anything is asked. */
  #cost(how: AgainHow): TemplateResult | typeof nothing {
    const {chat, turn} = this;
    const view = this.#view.value;
    const question = view && turn ? questionAt(view.current, turn.id) : undefined;
    const most = question === undefined ? 0n : (chat?.quote(question.text, {turn: question.id, ...how}) ?? 0n);
    return most === 0n ? nothing : html`<span class="cost soft small">${texts.chat.quote(formatCoins(most))}</span>`;
  }

  #item(label: string, how: AgainHow): TemplateResult {
    return html`<button type="button" class="bare" @click=${() => this.#again(how)}>${label}${this.#cost(how.model ? {model: how.model} : {})}</button>`;
  }

  /** Others that are there and can answer this: about pictures where the branch has some. */
  #models({models, model, level, current}: ChatView): readonly ModelChoice[] {
    const {task} = chatJob(shownTurns(current), undefined);
    return models.filter((choice) => choice.tasks.includes(task) && choice.hash !== (this.turn?.provenance?.modelHash ?? model) && computersFor(choice, level) > 0);
  }

  protected override render() {
    const {turn} = this;
    const view = this.#view.value;
    if (turn === undefined || view === undefined) return nothing;
    const words = conversationTexts.menu;
    const question = questionAt(view.current, turn.id);
    const answered = question !== undefined && answersTo(view.current, question.id).some(({provenance}) => (provenance?.nodes.length ?? 0) > 0);
    const others = this.#models(view);
    return html`<div popover role="dialog" aria-label=${words.label}>
      ${turn.provenance ? this.#item(words.same, {by: 'same'}) : nothing}
      ${answered ? this.#item(words.another, {by: 'another'}) : nothing}
      <p class="part soft small">${others.length === 0 ? words.noModels : words.models}</p>
      ${others.map(({hash, label}) => this.#item(words.model(label), {model: hash}))}
      <hr>
      ${turn.text === '' ? nothing : html`<button type="button" class="bare" @click=${this.#edit}>${words.edit}</button>`}
      <button type="button" class="bare" @click=${this.#remove}>${words.remove}</button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-menu': MessageMenu;
  }
}
