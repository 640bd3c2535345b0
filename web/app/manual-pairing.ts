/** Pairing by hand: the long code of this device, and a form for that of another one. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {codeOf} from '#protocol/errors.ts';
import type {Settings, SettingsView} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {copyIcon} from './icons.ts';
import {attempt, copy, tell} from './notice.ts';
import {pairingTexts} from './pairing-texts.ts';
import {base} from './styles.ts';
import {sentenceOf} from './sentence.ts';

const words = pairingTexts.manual;

@customElement('manual-pairing')
export class ManualPairing extends LitElement {
  static override styles = [...base, cardStyles, css`
    h3 {
      font-size: 1rem;
      font-weight: 650;
    }

    .whole, form {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
    }

    form {
      padding-top: 12px;
      border-top: 1px solid var(--line);
    }

    .code {
      display: block;
      padding: 10px 12px;
      border-radius: var(--radius);
      background: var(--sunken);
      user-select: all;
    }
  `];

  @property({attribute: false}) settings: Settings | undefined;
  @property({attribute: false}) view: SettingsView | undefined;
  @state() private code = '';
  @state() private name = '';
  @state() private problem: string | undefined;

  readonly #copyCode = (): void => void copy(this, this.view?.pairingCode ?? '');
  readonly #typeCode = (event: Event): void => void (this.code = (event.target as HTMLInputElement).value);
  readonly #typeName = (event: Event): void => void (this.name = (event.target as HTMLInputElement).value);

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    attempt(this, this.#pair(this.code.trim(), this.name.trim()));
  };

  async #pair(code: string, name: string): Promise<void> {
    this.problem = this.#obstacle(code, name);
    if (this.problem !== undefined) return;
    try {
      await this.settings?.pair(code, name);
      this.code = '';
      this.name = '';
      tell(this, words.paired(name));
    } catch (error) {
      this.problem = codeOf(error) === 'bad-message' ? words.badCode : sentenceOf(error);
    }
  }

  #obstacle(code: string, name: string): string | undefined {
    if (code === '') return words.needCode;
    if (code === this.view?.pairingCode) return words.ownCode;
    return name === '' ? words.needName : undefined;
  }

  protected override render() {
    const pairingCode = this.view?.pairingCode ?? '';
    return html`<div class="whole">
      <h3>${words.code}</h3>
      ${pairingCode === '' ? html`<p class="soft">${words.codeMissing}</p>` : html`<code class="code mono">${pairingCode}</code>
        <div class="row"><button type="button" @click=${this.#copyCode}>${copyIcon}${words.copyCode}</button></div>`}
      <form novalidate @submit=${this.#submit}>
        <h3>${words.pairHeading}</h3>
        <div class="field"><label for="other">${words.otherCode}</label>
          <input id="other" autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="problem" .value=${live(this.code)} @input=${this.#typeCode}></div>
        <div class="field"><label for="name">${words.name}</label>
          <input id="name" autocomplete="off" maxlength="60" placeholder=${words.namePlaceholder} .value=${live(this.name)} @input=${this.#typeName}></div>
        <div id="problem" role="alert">${this.problem === undefined ? nothing : html`<p class="problem">${this.problem}</p>`}</div>
        <div class="row"><button type="submit">${words.pair}</button></div>
      </form>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'manual-pairing': ManualPairing;
  }
}
