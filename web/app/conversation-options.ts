/** What can be done with one conversation: name, pin, export, delete. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {History} from '../state/history-views.ts';
import type {Conversation} from '../state/views.ts';
import {titleOf} from './conversation-title.ts';
import {dialogStyles} from './dialog-styles.ts';
import {RemoveEvent} from './history-events.ts';
import {type ExportFormat, exportHistory} from './history-export.ts';
import {historyTexts} from './history-texts.ts';
import {binIcon} from './icons.ts';
import {attempt, tell} from './notice.ts';
import {base} from './styles.ts';

const words = historyTexts.options;

@customElement('conversation-options')
export class ConversationOptions extends LitElement {
  static override styles = [...base, dialogStyles];

  @property({attribute: false}) history: History | undefined;
  @state() private conversation: Conversation | undefined;
  @state() private problem = '';

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  async show(conversation: Conversation): Promise<void> {
    this.conversation = conversation;
    this.problem = '';
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  readonly #close = (): void => this.#dialog?.close();

  readonly #rename = (event: Event): void => {
    event.preventDefault();
    const {conversation} = this;
    const title = this.renderRoot.querySelector('input')?.value.trim() ?? '';
    this.problem = title === '' ? words.needName : '';
    if (title === '' || conversation === undefined) return;
    attempt(this, this.history?.rename(conversation.id, title).then(() => tell(this, words.renamed(title))));
    this.#close();
  };

  readonly #pin = (): void => {
    const {conversation} = this;
    if (conversation !== undefined) attempt(this, this.history?.pin(conversation.id, conversation.pinned !== true));
    this.#close();
  };

  readonly #remove = (): void => {
    this.#close();
    if (this.conversation !== undefined) this.dispatchEvent(new RemoveEvent(this.conversation));
  };

  #export(format: ExportFormat): void {
    if (this.conversation !== undefined) exportHistory([this.conversation], {format, name: titleOf(this.conversation)});
    this.#close();
  }

  protected override render() {
    const {conversation} = this;
    return html`<dialog aria-labelledby="heading">${conversation === undefined ? nothing : html`
      <h2 id="heading">${words.heading}</h2>
      <form class="field" @submit=${this.#rename}>
        <label for="name">${words.name}</label>
        <div class="line">
          <input id="name" maxlength="200" dir="auto" autocomplete="off" aria-describedby="problem" .value=${live(titleOf(conversation))}>
          <button>${words.save}</button>
        </div>
        <p id="problem" class="small bad" role="status">${this.problem}</p>
      </form>
      <div class="column">
        <button type="button" @click=${this.#pin}>${conversation.pinned === true ? words.unpin : words.pin}</button>
        <button type="button" @click=${() => this.#export('json')}>${words.json}</button>
        <button type="button" @click=${() => this.#export('markdown')}>${words.markdown}</button>
        <button type="button" class="danger" @click=${this.#remove}>${binIcon}${words.remove}</button>
      </div>
      <p class="soft small">${words.exportNote}</p>
      <div class="end"><button type="button" @click=${this.#close}>${words.close}</button></div>`}
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'conversation-options': ConversationOptions;
  }
}
