/** The switch for what never leaves this person's devices, under the message and under a task. */
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {attempt} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

@customElement('keep-home')
export class KeepHome extends LitElement {
  static override styles = [...base, css`
    :host {
      display: block;
    }

    label {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      min-height: 28px;
      padding: 0 10px;
      color: var(--ink-soft);
      font-size: 0.8125rem;
      cursor: pointer;
    }

    label:has(:checked) {
      color: var(--ink);
      font-weight: 550;
    }

    input[type='checkbox'] {
      margin: 0;
    }

    @media (pointer: coarse) {
      label { min-height: var(--tap); }
    }
  `];

  @property({attribute: false}) of: {setSensitive(sensitive: boolean): void | Promise<void>} | undefined;
  @property({type: Boolean}) on = false;
  /** While an answer is being written it stays as it is. */
  @property({type: Boolean}) busy = false;

  readonly #toggle = (event: Event): void => {
    const {checked} = event.target as HTMLInputElement;
    attempt(this, Promise.resolve(this.of?.setSensitive(checked)));
  };

  protected override render() {
    return html`<label><input type="checkbox" role="switch" ?disabled=${this.busy} .checked=${live(this.on)} @change=${this.#toggle}>
      <span>${texts.chat.sensitive}</span></label>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'keep-home': KeepHome;
  }
}
