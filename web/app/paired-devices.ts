/** This person's own devices: the code of this one, a form for another one, and the list. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {codeOf} from '#protocol/errors.ts';
import {shortId} from '#protocol/ids.ts';
import type {PairedDevice, Settings, SettingsView} from '../state/views.ts';
import type {ConfirmDialog} from './confirm-dialog.ts';
import {formatDate} from './figures.ts';
import {copyIcon} from './icons.ts';
import {attempt, copy, tell} from './notice.ts';
import {listStyles} from './list-styles.ts';
import {pageStyles} from './page-styles.ts';
import {sentenceOf} from './sentence.ts';
import {settingsTexts} from './settings-texts.ts';
import {base} from './styles.ts';
import './confirm-dialog.ts';

const words = settingsTexts;

const nameOf = ({name}: PairedDevice): string => name || words.unnamed;

@customElement('paired-devices')
export class PairedDevices extends LitElement {
  static override styles = [...base, pageStyles, listStyles, css`
    :host {
      max-width: none;
      padding: 0;
    }

    h3 {
      font-size: 1rem;
      font-weight: 650;
    }

    .code {
      display: block;
      padding: 10px 12px;
      border-radius: var(--radius);
      background: var(--sunken);
      user-select: all;
    }

    form {
      display: grid;
      gap: 12px;
      padding-top: 12px;
      border-top: 1px solid var(--line);
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

  async #unpair(device: PairedDevice): Promise<void> {
    const dialog: ConfirmDialog | null = this.renderRoot.querySelector('confirm-dialog');
    const sure = await dialog?.ask({title: words.unpairTitle, text: words.unpairText(nameOf(device)), yes: words.unpair, no: words.keep});
    if (sure !== true) return;
    await this.settings?.unpair(device.id);
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({preventScroll: true});
  }

  #device(device: PairedDevice): TemplateResult {
    return html`<li>
      <span>${nameOf(device)} <span class="soft small">${words.since(formatDate(device.since))} · <span class="mono">${shortId(device.node)}</span></span></span>
      <button type="button" class="little" aria-label=${words.unpairNamed(nameOf(device))} @click=${() => attempt(this, this.#unpair(device))}>${words.unpair}</button>
    </li>`;
  }

  #form(): TemplateResult {
    return html`<form novalidate @submit=${this.#submit}>
      <h3>${words.pairHeading}</h3>
      <div class="field"><label for="other">${words.otherCode}</label>
        <input id="other" autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="problem" .value=${live(this.code)} @input=${this.#typeCode}></div>
      <div class="field"><label for="name">${words.name}</label>
        <input id="name" autocomplete="off" maxlength="60" placeholder=${words.namePlaceholder} .value=${live(this.name)} @input=${this.#typeName}></div>
      <div id="problem" role="alert">${this.problem === undefined ? nothing : html`<p class="problem">${this.problem}</p>`}</div>
      <div class="row"><button type="submit">${words.pair}</button></div>
    </form>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {pairingCode, paired} = view;
    return html`<section class="card" aria-labelledby="devices">
      <h2 id="devices" tabindex="-1">${words.devices}</h2>
      <p>${words.devicesText}</p>
      ${paired.length === 0 ? html`<p class="soft">${words.noDevices}</p>` : html`<ul>${paired.map((device) => this.#device(device))}</ul>`}
      <h3>${words.code}</h3>
      ${pairingCode === '' ? html`<p class="soft">${words.codeMissing}</p>` : html`<code class="code mono">${pairingCode}</code>
        <div class="row"><button type="button" @click=${this.#copyCode}>${copyIcon}${words.copyCode}</button></div>`}
      ${this.#form()}
      <confirm-dialog></confirm-dialog>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'paired-devices': PairedDevices;
  }
}
