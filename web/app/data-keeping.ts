/** Whether the browser may clear our data, and the button that asks it not to. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Installation} from '../state/installation.ts';
import {installationTexts as words} from './installation-texts.ts';
import {attempt, tell} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';

@customElement('data-keeping')
export class DataKeeping extends LitElement {
  static override styles = [...base, css`
    :host {
      display: grid;
      gap: 10px;
      justify-items: start;
    }

    dt {
      font-weight: 550;
    }
  `];

  @property({attribute: false}) installation: Installation | undefined;
  readonly #view = new Observe(this, () => this.installation?.view);

  readonly #keep = (): void => attempt(this, this.#ask());

  async #ask(): Promise<void> {
    await this.installation?.keep();
    if (this.#view.value?.keeping === 'may-be-cleared') tell(this, words.notKept);
  }

  protected override render() {
    const keeping = this.#view.value?.keeping ?? 'unknown';
    return html`
      <dl><div><dt>${words.keepingTerm}</dt><dd data-keeping=${keeping}>${words.keeping[keeping]}</dd></div></dl>
      ${keeping === 'may-be-cleared' ? html`<button type="button" @click=${this.#keep}>${words.keep}</button>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'data-keeping': DataKeeping;
  }
}
