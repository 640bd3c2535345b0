/** Shows short notices for a while and lets screen readers say them. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {closeIcon} from './icons.ts';
import type {NoticeAction} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

/** Long enough to read two sentences. */
const shownMs = 7000;
/** Long enough to reach a button by keyboard. */
const shownWithActionMs = 20_000;

@customElement('notice-bar')
export class NoticeBar extends LitElement {
  static override styles = [...base, css`
    :host {
      position: fixed;
      z-index: 3;
      inset: calc(16px + var(--above, 0px)) 16px auto;
      display: grid;
      justify-content: center;
      pointer-events: none;
    }

    .notice {
      display: flex;
      align-items: center;
      gap: 8px;
      max-width: 560px;
      padding: 8px 8px 8px 16px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--ink);
      color: var(--ground);
      box-shadow: 0 4px 20px oklch(15% 0.02 325 / 0.25);
      pointer-events: auto;
    }

    .act {
      text-decoration: underline;
      text-underline-offset: 0.18em;
    }

    .act:hover {
      background: transparent;
      color: inherit;
    }

    button:not(.act) {
      min-width: var(--tap);
      padding: 0;
      color: inherit;
    }

    button.act {
      color: inherit;
    }
  `];

  @state() private text = '';
  @state() private action: NoticeAction | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string, action?: NoticeAction): void {
    this.text = text;
    this.action = action;
    this.#hideLater();
  }

  readonly #hideLater = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#hide, this.action === undefined ? shownMs : shownWithActionMs);
  };

  /** Whoever is about to press it is not hurried. */
  readonly #wait = (): void => clearTimeout(this.#timer);

  readonly #act = (): void => {
    this.action?.act();
    this.#hide();
  };

  readonly #hide = (): void => {
    this.text = '';
    this.action = undefined;
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render() {
    return html`<div role="status">${this.text === '' ? nothing : html`<div class="notice" @focusin=${this.#wait} @focusout=${this.#hideLater} @pointerenter=${this.#wait} @pointerleave=${this.#hideLater}><span>${this.text}</span>
      ${this.action === undefined ? nothing : html`<button type="button" class="bare act" @click=${this.#act}>${this.action.label}</button>`}
      <button type="button" class="bare" aria-label=${texts.shell.dismiss} @click=${this.#hide}>${closeIcon}</button></div>`}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'notice-bar': NoticeBar;
  }
}
