/** A sum of coins and the button that does something with it; says beside the field what was wrong with it. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {sentenceOf} from './sentence.ts';
import {base} from './styles.ts';

@customElement('amount-form')
export class AmountForm extends LitElement {
  static override styles = [...base, css`
    :host {
      display: block;
    }

    form {
      display: grid;
      grid-template-columns: minmax(0, 260px) minmax(120px, auto);
      gap: 6px 12px;
      justify-content: start;
    }

    label, .problem {
      grid-column: 1 / -1;
    }

    .problem {
      color: var(--bad);
      font-size: 0.875rem;
    }

    @media (max-width: 719px) {
      form { grid-template-columns: minmax(0, 1fr) auto; }
    }
  `];

  @property() label = '';
  @property() action = '';
  /** What the field begins with. */
  @property() value = '';
  @property({type: Boolean}) main = false;
  @property({type: Boolean}) busy = false;
  /** What to do with the text; a rejection is shown here, and the text is kept. */
  @property({attribute: false}) act: ((text: string) => Promise<void>) | undefined;
  @state() private text: string | undefined;
  @state() private problem: string | undefined;

  readonly #type = (event: Event): void => void (this.text = (event.target as HTMLInputElement).value);

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    if (!this.busy) void this.#do();
  };

  async #do(): Promise<void> {
    this.problem = undefined;
    try {
      await this.act?.(this.text ?? this.value);
      this.text = undefined;
    } catch (error) {
      this.problem = sentenceOf(error);
    }
  }

  protected override render() {
    const problem = this.problem === undefined ? nothing : html`<p class="problem">${this.problem}</p>`;
    return html`<form novalidate @submit=${this.#submit}>
      <label for="amount">${this.label}</label>
      <input id="amount" inputmode="decimal" autocomplete="off" spellcheck="false" aria-describedby="problem" .value=${live(this.text ?? this.value)} @input=${this.#type}>
      <button type="submit" class=${this.main ? 'main' : ''} aria-disabled=${String(this.busy)}>${this.action}</button>
      <div id="problem" class="problem" role="alert">${problem}</div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'amount-form': AmountForm;
  }
}
