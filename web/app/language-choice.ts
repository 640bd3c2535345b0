/** Which language the app speaks; each is named in itself, so that whoever reads only that one finds it. */
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {type Language, type LanguageChoice, languages} from '../state/language.ts';
import {cardStyles} from './card-styles.ts';
import {attempt} from './notice.ts';
import {settingsTexts} from './settings-texts.ts';
import {base} from './styles.ts';

const words = settingsTexts;

/** The same in all languages, and so no part of their texts. */
const ownNames: Readonly<Record<Language, string>> = {en: 'English', ru: 'Русский', es: 'Español'};

@customElement('language-choice')
export class LanguageChoices extends LitElement {
  static override styles = [...base, cardStyles, css`
    div {
      display: flex;
      flex-wrap: wrap;
      gap: 0 24px;
    }

    label.choice {
      cursor: pointer;
    }
  `];

  @property({attribute: false}) chosen: LanguageChoice = 'auto';
  @property({attribute: false}) choose: ((language: LanguageChoice) => Promise<void>) | undefined;

  #choice(language: LanguageChoice) {
    return html`<label class="choice">
      <input type="radio" name="language" value=${language} .checked=${live(this.chosen === language)} @change=${() => this.#pick(language)}>
      ${language === 'auto' ? html`<span>${words.systemLanguage}</span>` : html`<span lang=${language}>${ownNames[language]}</span>`}
    </label>`;
  }

  /** Where its texts do not come, the mark goes back to what is spoken. */
  #pick(language: LanguageChoice): void {
    attempt(this, this.choose?.(language).finally(() => this.requestUpdate()));
  }

  protected override render() {
    return html`<fieldset><legend>${words.language}</legend>
      <div>${(['auto', ...languages] as const).map((language) => this.#choice(language))}</div>
    </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'language-choice': LanguageChoices;
  }
}
