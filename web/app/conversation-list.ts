/** The conversations of this browser: search, open, and what can be done with each. */
import {LitElement, html, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {type AgeGroup, groupByAge} from '../state/history-groups.ts';
import type {Conversation} from '../state/views.ts';
import {conversationListStyles} from './conversation-list-styles.ts';
import {titleOf} from './conversation-title.ts';
import {OptionsEvent} from './history-events.ts';
import {moreIcon, plusIcon} from './icons.ts';
import {tell} from './notice.ts';
import {chatPath} from './routes.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

/** A person wants a new conversation. */
export const beginEvent = 'bombyx-begin';

@customElement('conversation-list')
export class ConversationList extends LitElement {
  static override styles = [...base, conversationListStyles];

  @property({attribute: false}) conversations: readonly Conversation[] = [];
  @property() current = '';
  @state() private query = '';

  readonly #begin = (): void => void this.dispatchEvent(new Event(beginEvent));

  /** What finds loads when somebody is about to search. */
  readonly #prepare = (): void => void import('./conversation-search.ts').catch(() => tell(this, texts.shell.notLoaded));

  readonly #typed = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.#prepare();
  };

  /** Escape empties the field; only an empty one lets it close the drawer or stop an answer. */
  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.query === '') return;
    event.preventDefault();
    event.stopPropagation();
    this.query = '';
  };

  #entry(conversation: Conversation): TemplateResult {
    const title = titleOf(conversation);
    const isCurrent = conversation.id === this.current;
    return html`<li class=${isCurrent ? 'current' : ''}>
      <a href=${chatPath(conversation.id)} aria-current=${isCurrent ? 'page' : 'false'} title=${title} dir="auto">${title}</a>
      <button type="button" class="bare" aria-haspopup="dialog" aria-label=${texts.list.options(title)} @click=${() => this.dispatchEvent(new OptionsEvent(conversation))}>${moreIcon}</button>
    </li>`;
  }

  #group({age, conversations}: AgeGroup): TemplateResult {
    return html`<h2 id=${age}>${texts.list.groups[age]}</h2>
      <ul aria-labelledby=${age}>${repeat(conversations, ({id}) => id, (conversation) => this.#entry(conversation))}</ul>`;
  }

  #list(): TemplateResult {
    // A conversation without a question is not worth a line.
    const groups = groupByAge(this.conversations.filter(({turns}) => turns.length > 0), Date.now());
    return groups.length === 0 ? html`<p class="none soft small">${texts.chat.noneYet}</p>`
      : html`<div class="groups">${repeat(groups, ({age}) => age, (group) => this.#group(group))}</div>`;
  }

  protected override render() {
    const {query} = this;
    return html`
      <div class="top">
        <button type="button" @click=${this.#begin}>${plusIcon}${texts.chat.fresh}</button>
        <input type="search" aria-label=${texts.list.search} placeholder=${texts.list.search} autocomplete="off" spellcheck="false" enterkeyhint="search"
          .value=${query} @focus=${this.#prepare} @input=${this.#typed} @keydown=${this.#key}>
      </div>
      ${query.trim() === '' ? this.#list() : html`<conversation-search .conversations=${this.conversations} .query=${query}></conversation-search>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conversation-list': ConversationList;
  }
}
