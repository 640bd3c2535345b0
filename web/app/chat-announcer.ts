/** Says to a screen reader that an answer began, and the whole answer once it is there. */
import {LitElement, html, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {ChatView} from '../state/views.ts';
import {announcement, heard, type Heard} from './announcement.ts';
import {base} from './styles.ts';

@customElement('chat-announcer')
export class ChatAnnouncer extends LitElement {
  static override styles = base;

  @property({attribute: false}) view: ChatView | undefined;
  @state() private words = '';
  #before: Heard | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view') || this.view === undefined) return;
    const now = heard(this.view.current, this.view.stage);
    this.words = announcement(this.#before, now) ?? this.words;
    this.#before = now;
  }

  protected override render() {
    return html`<div class="unseen" role="status" aria-live="polite" aria-atomic="true">${this.words}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-announcer': ChatAnnouncer;
  }
}
