/** Shows short notices for a while and lets screen readers say them. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {closeIcon} from './icons.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

/** Long enough to read two sentences. */
const shownMs = 7000;

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

    button {
      min-width: var(--tap);
      padding: 0;
      color: inherit;
    }
  `];

  @state() private text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string): void {
    clearTimeout(this.#timer);
    this.text = text;
    this.#timer = setTimeout(this.#hide, shownMs);
  }

  readonly #hide = (): void => {
    this.text = '';
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render() {
    return html`<div role="status">${this.text === '' ? nothing : html`<div class="notice"><span>${this.text}</span>
      <button type="button" class="bare" aria-label=${texts.shell.dismiss} @click=${this.#hide}>${closeIcon}</button></div>`}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'notice-bar': NoticeBar;
  }
}
