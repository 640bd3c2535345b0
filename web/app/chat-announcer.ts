/** Says to a screen reader that an answer began, and the whole answer once it is there. */
import {LitElement, html, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {SettingsView} from '../state/views.ts';
import {announcement} from './announcement.ts';
import type {Heard} from './answering.ts';
import {base} from './styles.ts';

@customElement('chat-announcer')
export class ChatAnnouncer extends LitElement {
  static override styles = base;

  @property({attribute: false}) heard: Heard | undefined;
  @property() manner: SettingsView['announce'] = 'answers';
  @state() private words = '';
  #before: Heard | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('heard') || this.heard === undefined) return;
    this.words = announcement(this.#before, this.heard, this.manner) ?? this.words;
    this.#before = this.heard;
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
