/** The conversations of this browser: new, open, delete. */
import {LitElement, css, html, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import type {Conversation} from '../state/views.ts';
import {binIcon, plusIcon} from './icons.ts';
import {chatPath} from './routes.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

/** A person wants this conversation deleted; nothing has been deleted yet. */
export class RemoveEvent extends Event {
  static readonly type = 'bombyx-remove';
  readonly conversation: Conversation;

  constructor(conversation: Conversation) {
    super(RemoveEvent.type);
    this.conversation = conversation;
  }
}

/** A person wants a new conversation. */
export const beginEvent = 'bombyx-begin';

export const titleOf = ({title}: Conversation): string => (title.trim() === '' ? texts.chat.untitled : title);

@customElement('conversation-list')
export class ConversationList extends LitElement {
  static override styles = [...base, css`
    :host {
      display: grid;
      grid-template-rows: auto minmax(0, 1fr);
      gap: 12px;
      min-height: 0;
    }

    ul {
      overflow-y: auto;
      list-style: none;
      margin: 0 -4px;
      padding: 4px;
    }

    li {
      display: flex;
      align-items: center;
      border-radius: var(--radius);
    }

    li:hover, li:focus-within {
      background: var(--sunken);
    }

    li.current {
      background: var(--accent-soft);
    }

    a {
      flex: 1 1 auto;
      min-width: 0;
      min-height: var(--tap);
      padding: 7px 10px;
      border-radius: var(--radius);
      overflow: hidden;
      color: var(--ink);
      font-size: 0.9375rem;
      text-decoration: none;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    a:hover {
      color: var(--ink);
    }

    li.current a {
      font-weight: 600;
    }

    li button {
      min-width: var(--tap);
      padding: 0;
      color: var(--ink-soft);
      opacity: 0;
    }

    li:hover button, li:focus-within button, li.current button {
      opacity: 1;
    }

    @media (pointer: coarse), (max-width: 719px) {
      a { padding-block: 11px; }
      li button { opacity: 1; }
    }

    .none {
      padding: 4px 10px;
    }
  `];

  @property({attribute: false}) conversations: readonly Conversation[] = [];
  @property() current = '';

  readonly #begin = (): void => void this.dispatchEvent(new Event(beginEvent));

  #entry(conversation: Conversation): TemplateResult {
    const title = titleOf(conversation);
    const isCurrent = conversation.id === this.current;
    return html`<li class=${isCurrent ? 'current' : ''}>
      <a href=${chatPath(conversation.id)} aria-current=${isCurrent ? 'page' : 'false'} title=${title}>${title}</a>
      <button type="button" class="bare" aria-label=${texts.chat.remove(title)} @click=${() => this.dispatchEvent(new RemoveEvent(conversation))}>${binIcon}</button>
    </li>`;
  }

  protected override render() {
    // A conversation without a question is not worth a line, and newest come first.
    const shown = this.conversations.filter(({turns}) => turns.length > 0).toSorted((a, b) => b.updated - a.updated);
    return html`
      <button type="button" @click=${this.#begin}>${plusIcon}${texts.chat.fresh}</button>
      ${shown.length === 0 ? html`<p class="none soft small">${texts.chat.noneYet}</p>`
        : html`<ul>${repeat(shown, ({id}) => id, (conversation) => this.#entry(conversation))}</ul>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conversation-list': ConversationList;
  }
}
