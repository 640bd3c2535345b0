/** What was found in the conversations: title and surroundings, with the words marked. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {type Piece, searchHistory, type SearchResult} from '../state/history-search.ts';
import type {Conversation} from '../state/views.ts';
import {FoundEvent} from './history-events.ts';
import {historyTexts as words} from './history-texts.ts';
import {chatPath} from './routes.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

/** As many as a search gives. */
const most = 50;

@customElement('conversation-search')
export class ConversationSearch extends LitElement {
  static override styles = [...base, css`
    :host {
      display: grid;
      grid-template-rows: auto minmax(0, 1fr);
      gap: 8px;
      min-height: 0;
    }

    p {
      padding: 0 10px;
    }

    ul {
      overflow-y: auto;
      list-style: none;
      margin: 0 -4px;
      padding: 4px;
    }

    a {
      display: grid;
      gap: 2px;
      padding: 8px 10px;
      border-radius: var(--radius);
      color: var(--ink);
      font-size: 0.9375rem;
      text-decoration: none;
      overflow-wrap: anywhere;
    }

    a:hover {
      background: var(--sunken);
      color: var(--ink);
    }

    .title {
      overflow: hidden;
      font-weight: 600;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .snippet {
      color: var(--ink-soft);
      font-size: 0.875rem;
    }

    mark {
      border-radius: 2px;
      background: var(--accent-soft);
      color: var(--ink);
      font-weight: 600;
    }

    @media (forced-colors: active) {
      mark { background: Mark; color: MarkText; }
    }
  `];

  @property({attribute: false}) conversations: readonly Conversation[] = [];
  @property() query = '';

  #choose(event: MouseEvent, {conversation, turn}: SearchResult): void {
    // Without a message the link does all; with a key held it is the browser's.
    if (turn === undefined || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.dispatchEvent(new FoundEvent(conversation.id, turn.id));
  }

  #pieces(pieces: readonly Piece[]): readonly (TemplateResult | string)[] {
    return pieces.map(({text, marked}) => (marked ? html`<mark>${text}</mark>` : text));
  }

  #result(result: SearchResult): TemplateResult {
    const {conversation, title, snippet} = result;
    return html`<li><a href=${chatPath(conversation.id)} @click=${(event: MouseEvent) => this.#choose(event, result)}>
      <span class="title" dir="auto">${title.length === 0 ? texts.chat.untitled : this.#pieces(title)}</span>
      ${snippet.length === 0 ? nothing : html`<span class="snippet" dir="auto">${this.#pieces(snippet)}</span>`}
    </a></li>`;
  }

  protected override render() {
    const results = searchHistory(this.conversations, this.query);
    return html`
      <p class="soft small" role="status">${results.length < most ? words.found(results.length) : words.foundMany(results.length)}</p>
      <ul>${results.map((result) => this.#result(result))}</ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conversation-search': ConversationSearch;
  }
}
