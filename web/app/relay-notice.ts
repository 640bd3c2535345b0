/** Shows what the relay's operator tells everybody, as plain text, until the person dismisses it; and that the relay takes no new questions, where that is so. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {RelayWordsReader} from '../state/relay-words.ts';
import type {AppServices} from '../state/services.ts';
import {closeIcon} from './icons.ts';
import {Observe} from './observe.ts';
import {relayNoticeTexts as words} from './relay-notice-texts.ts';
import {base} from './styles.ts';

@customElement('relay-notice')
export class RelayNotice extends LitElement {
  static override styles = [...base, css`
    .bar {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 4px 12px;
      padding: 6px 16px;
      border-bottom: 1px solid var(--line);
      background: var(--warn-soft);
    }

    p {
      min-width: 0;
      overflow-wrap: anywhere;
    }

    button {
      min-width: var(--tap);
      flex: none;
      padding: 0;
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  @state() private reader: RelayWordsReader | undefined;
  /** The notice that the person has read; another one is shown again. */
  @state() private dismissed = '';
  readonly #view = new Observe(this, () => this.reader?.view);
  #isComing = false;

  protected override willUpdate(): void {
    if (this.services === undefined || this.#isComing) return;
    this.#isComing = true;
    // Without it nothing is told; the page works all the same.
    void this.services.relayWords().then((reader) => (this.reader = reader), () => {});
  }

  readonly #dismiss = (): void => {
    this.dismissed = this.#view.value?.notice ?? '';
  };

  #notice(notice: string): TemplateResult {
    return html`<div class="bar"><p role="status"><span class="soft">${words.from}</span> ${notice}</p>
      <button type="button" class="bare" aria-label=${words.dismiss} @click=${this.#dismiss}>${closeIcon}</button></div>`;
  }

  protected override render() {
    const {notice, paused} = this.#view.value ?? {notice: '', paused: false};
    const isNew = notice !== '' && notice !== this.dismissed;
    if (!isNew && !paused) return nothing;
    return html`<section aria-label=${words.label}>
      ${isNew ? this.#notice(notice) : nothing}
      ${paused ? html`<div class="bar"><p role="status">${words.paused}</p></div>` : nothing}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'relay-notice': RelayNotice;
  }
}
