/** What can be done with one message: look at its other versions, copy, ask again, change or delete it. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {Place} from '../state/branches.ts';
import type {Chat, Turn} from '../state/views.ts';
import {formatCount} from './figures.ts';
import {againIcon, binIcon, copyIcon, editIcon, moreIcon, nextIcon, previousIcon} from './icons.ts';
import {attempt, copy, tell} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import {editEvent, isElsewhere, RemoveTurnEvent} from './turn-events.ts';

@customElement('message-actions')
export class MessageActions extends LitElement {
  static override styles = [...base, css`
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 4px;
    }

    .versions {
      display: inline-flex;
      align-items: center;
      color: var(--ink-soft);
      font-size: 0.875rem;
    }

    .step, .only {
      min-width: var(--tap);
      padding: 4px;
    }
  `];

  @property({attribute: false}) turn: Turn | undefined;
  @property({attribute: false}) chat: Chat | undefined;
  @property({attribute: false, hasChanged: isElsewhere}) place: Place | undefined;
  /** Whether nothing is being answered. */
  @property({type: Boolean}) idle = false;
  @state() private menu = false;

  readonly #again = (): void => attempt(this, this.chat?.again({turn: this.turn?.id ?? ''}));
  readonly #copy = (): void => void copy(this, this.turn?.text ?? '');
  readonly #edit = (): void => void this.dispatchEvent(new Event(editEvent, {bubbles: true, composed: true}));
  readonly #remove = (): void => void this.dispatchEvent(new RemoveTurnEvent(this.turn?.id ?? ''));

  /** The button that is pressed to write the message anew. */
  focusEdit(): void {
    this.renderRoot.querySelector<HTMLElement>('.edit, .more')?.focus();
  }

  readonly #more = async (event: Event): Promise<void> => {
    const button = event.currentTarget as HTMLElement;
    try {
      await import('./message-menu.ts');
    } catch {
      tell(this, texts.shell.notLoaded);
      return;
    }
    this.menu = true;
    await this.updateComplete;
    await this.renderRoot.querySelector('message-menu')?.toggle(button);
  };

  #step(step: number): void {
    const {turn, place} = this;
    const to = (place?.index ?? 0) + step;
    if (turn && place && to >= 0 && to < place.of) attempt(this, this.chat?.turnTo(turn.id, step));
  }

  readonly #previous = (): void => this.#step(-1);
  readonly #next = (): void => this.#step(1);

  #versions({index, of}: Place): TemplateResult {
    const shown = texts.chat.versionOf(formatCount(index + 1), formatCount(of));
    return html`<span class="versions" role="group" aria-label=${texts.chat.versions}>
      <button type="button" class="bare little step" aria-label=${texts.chat.previousVersion(shown)} aria-disabled=${String(!this.idle || index === 0)} @click=${this.#previous}>${previousIcon}</button>
      <span class="number" aria-hidden="true">${formatCount(index + 1)}/${formatCount(of)}</span>
      <button type="button" class="bare little step" aria-label=${texts.chat.nextVersion(shown)} aria-disabled=${String(!this.idle || index === of - 1)} @click=${this.#next}>${nextIcon}</button>
    </span>`;
  }

  #ofQuestion(): TemplateResult | typeof nothing {
    if (!this.idle) return nothing;
    return html`
      <button type="button" class="bare little only edit" aria-label=${texts.chat.edit} title=${texts.chat.edit} @click=${this.#edit}>${editIcon}</button>
      <button type="button" class="bare little only" aria-label=${texts.chat.removeTurn} title=${texts.chat.removeTurn} @click=${this.#remove}>${binIcon}</button>`;
  }

  #ofAnswer({text, status}: Turn): TemplateResult {
    return html`
      ${text === '' ? nothing : html`<button type="button" class="bare little" @click=${this.#copy}>${copyIcon}${texts.chat.copy}</button>`}
      ${!this.idle ? nothing : html`
        ${status === 'failed' ? nothing : html`<button type="button" class="bare little" @click=${this.#again}>${againIcon}${texts.chat.again}</button>`}
        <button type="button" class="bare little only more" aria-label=${texts.chat.more} title=${texts.chat.more} aria-haspopup="dialog" @click=${this.#more}>${moreIcon}</button>`}
      ${this.menu ? html`<message-menu .turn=${this.turn} .chat=${this.chat}></message-menu>` : nothing}`;
  }

  protected override render() {
    const {turn, place} = this;
    if (turn === undefined || turn.status === 'streaming') return nothing;
    return html`${place && place.of > 1 ? this.#versions(place) : nothing}${turn.role === 'user' ? this.#ofQuestion() : this.#ofAnswer(turn)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-actions': MessageActions;
  }
}
