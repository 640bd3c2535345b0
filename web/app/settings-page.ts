/** Settings: looks, chat, paired devices, data of this browser, about. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {LanguageChoice} from '../state/language.ts';
import type {AppServices} from '../state/services.ts';
import type {SettingsView} from '../state/views.ts';
import type {ConfirmDialog} from './confirm-dialog.ts';
import {formatBytes} from './figures.ts';
import {installIcon} from './icons.ts';
import {attempt, tell} from './notice.ts';
import {Observe} from './observe.ts';
import {pageStyles} from './page-styles.ts';
import {settingsTexts} from './settings-texts.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import './build-facts.ts';
import './chat-settings.ts';
import './confirm-dialog.ts';
import './history-data.ts';
import './data-keeping.ts';
import './install-steps.ts';
import './kept-models.ts';
import './language-choice.ts';
import './paired-devices.ts';
import './redaction-settings.ts';
import './relay-list.ts';

const words = settingsTexts;
type Changeable = Partial<Pick<SettingsView, 'theme' | 'delivery' | 'enterSends' | 'sensitive' | 'language'>>;

@customElement('settings-page')
export class SettingsPage extends LitElement {
  static override styles = [...base, pageStyles, css`
    dl {
      display: grid;
      gap: 10px;
    }

    dt {
      font-weight: 550;
    }

    .themes {
      display: flex;
      flex-wrap: wrap;
      gap: 0 24px;
    }

    label.choice {
      cursor: pointer;
    }

    .choice > span {
      display: grid;
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  readonly #view = new Observe(this, () => this.services?.settings.view);
  readonly #shell = new Observe(this, () => this.services?.shell.view);

  #change(fields: Changeable): void {
    attempt(this, this.services?.settings.change(fields));
  }

  readonly #speak = async (language: LanguageChoice): Promise<void> => this.services?.settings.change({language});
  readonly #erase = (): void => attempt(this, this.#confirmErase());
  readonly #install = (): void => attempt(this, this.services?.shell.install());

  async #confirmErase(): Promise<void> {
    const dialog: ConfirmDialog | null = this.renderRoot.querySelector('confirm-dialog');
    const sure = await dialog?.ask({title: words.eraseTitle, text: words.eraseText, yes: words.erase, no: words.keep});
    if (sure !== true) return;
    await this.services?.settings.eraseAll();
    tell(this, words.erased);
  }

  #appearance({theme, language}: SettingsView): TemplateResult {
    return html`<section class="card" aria-labelledby="appearance">
      <h2 id="appearance">${words.appearance}</h2>
      <fieldset><legend>${words.theme}</legend>
        <div class="themes">${(['auto', 'light', 'dark'] as const).map((name) => html`<label class="choice">
          <input type="radio" name="theme" .checked=${live(theme === name)} @change=${() => this.#change({theme: name})}><span>${words.themes[name]}</span>
        </label>`)}</div>
      </fieldset>
      <language-choice .chosen=${language} .choose=${this.#speak}></language-choice>
    </section>`;
  }

  readonly #keepHome = (event: Event): void => this.#change({sensitive: (event.target as HTMLInputElement).checked});

  #chat({delivery, enterSends, sensitive}: SettingsView): TemplateResult {
    const toggle = (event: Event): void => this.#change({enterSends: (event.target as HTMLInputElement).checked});
    return html`<section class="card" aria-labelledby="chat">
      <h2 id="chat">${words.chat}</h2>
      <fieldset><legend>${words.delivery}</legend>
        ${(['stream', 'quiet'] as const).map((name) => html`<label class="choice">
          <input type="radio" name="delivery" aria-describedby=${`about-${name}`} aria-labelledby=${`name-${name}`}
            .checked=${live(delivery === name)} @change=${() => this.#change({delivery: name})}>
          <span><span id=${`name-${name}`}>${words.deliveries[name].label}</span><span class="soft small" id=${`about-${name}`}>${words.deliveries[name].text}</span></span>
        </label>`)}
      </fieldset>
      <label class="choice">
        <input type="checkbox" aria-labelledby="enter" aria-describedby="about-enter" .checked=${live(enterSends)} @change=${toggle}>
        <span><span id="enter">${words.enterSends}</span><span class="soft small" id="about-enter">${words.enterNote}</span></span>
      </label>
      <label class="choice">
        <input type="checkbox" aria-labelledby="sensitive" aria-describedby="about-sensitive" .checked=${live(sensitive)} @change=${this.#keepHome}>
        <span><span id="sensitive">${words.sensitive}</span><span class="soft small" id="about-sensitive">${words.sensitiveNote}</span></span>
      </label>
      <chat-settings .settings=${this.services?.settings} .view=${this.#view.value}></chat-settings>
    </section>`;
  }

  #data({keys, storageUsedBytes}: SettingsView): TemplateResult {
    return html`<section class="card" aria-labelledby="data">
      <h2 id="data">${words.data}</h2>
      <dl>
        <div><dt>${words.keysTerm}</dt><dd>${words.keys[keys]}</dd></div>
        <div><dt>${words.storageTerm}</dt><dd>${storageUsedBytes === undefined ? words.storageUnknown : formatBytes(storageUsedBytes)}</dd></div>
      </dl>
      <p class="soft small">${words.storageNote}</p>
      <data-keeping .installation=${this.services?.installation}></data-keeping>
      <div class="row"><button type="button" class="danger" @click=${this.#erase}>${words.erase}</button></div>
    </section>`;
  }

  #about({version}: SettingsView): TemplateResult {
    return html`<section class="card" aria-labelledby="about">
      <h2 id="about">${words.about}</h2>
      <p>${words.version} <span class="mono">${version}</span></p>
      <build-facts .installation=${this.services?.installation}></build-facts>
      <p><a href="/privacy">${texts.shell.privacy}</a></p>
      <p class="small"><a href="/operator">${texts.shell.operator}</a></p>
      ${this.#shell.value?.canInstall === true ? html`<p class="soft small">${words.installText}</p>
        <div class="row"><button type="button" @click=${this.#install}>${installIcon}${texts.shell.install}</button></div>` : html`<install-steps .way=${this.services?.installation.way ?? 'other'}></install-steps>`}
    </section>`;
  }

  protected override render() {
    const view = this.#view.value;
    if (view === undefined) return nothing;
    return html`
      <h1 tabindex="-1">${words.heading}</h1>
      ${this.#appearance(view)}
      ${this.#chat(view)}
      <redaction-settings .services=${this.services}></redaction-settings>
      <paired-devices .settings=${this.services?.settings} .view=${view}></paired-devices>
      <relay-list .relays=${this.services?.relays}></relay-list>
      <kept-models .models=${this.services?.models}></kept-models>
      <history-data .history=${this.services?.history} .chat=${this.services?.chat}></history-data>
      ${this.#data(view)}
      ${this.#about(view)}
      <confirm-dialog></confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'settings-page': SettingsPage;
  }
}
