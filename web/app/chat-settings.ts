/** Settings of the chat beside how answers arrive: key chords, and what a screen reader says. */
import {LitElement, css, html} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Settings, SettingsView} from '../state/views.ts';
import {conversationTexts} from './conversation-texts.ts';
import {attempt} from './notice.ts';
import {base} from './styles.ts';

const manners = ['answers', 'sentences', 'off'] as const;

@customElement('chat-settings')
export class ChatSettings extends LitElement {
  static override styles = [...base, css`
    :host {
      display: grid;
      gap: 12px;
    }

    label {
      display: flex;
      gap: 12px;
      min-height: var(--tap);
      padding: 8px 0;
      align-items: flex-start;
      cursor: pointer;
    }

    label > span {
      display: grid;
    }
  `];

  @property({attribute: false}) settings: Settings | undefined;
  @property({attribute: false}) view: SettingsView | undefined;

  #change(fields: Partial<Pick<SettingsView, 'shortcuts' | 'announce'>>): void {
    attempt(this, this.settings?.change(fields));
  }

  readonly #toggle = (event: Event): void => this.#change({shortcuts: (event.target as HTMLInputElement).checked});

  protected override render() {
    const words = conversationTexts.settings;
    return html`
      <label>
        <input type="checkbox" aria-labelledby="keys" aria-describedby="about-keys" .checked=${live(this.view?.shortcuts !== false)} @change=${this.#toggle}>
        <span><span id="keys">${words.shortcuts}</span><span class="soft small" id="about-keys">${words.shortcutsNote}</span></span>
      </label>
      <fieldset><legend>${words.announce}</legend>
        ${manners.map((name) => html`<label>
          <input type="radio" name="announce" aria-labelledby=${`name-${name}`} aria-describedby=${`about-${name}`} .checked=${live(this.view?.announce === name)} @change=${() => this.#change({announce: name})}>
          <span><span id=${`name-${name}`}>${words.announces[name].label}</span><span class="soft small" id=${`about-${name}`}>${words.announces[name].text}</span></span>
        </label>`)}
      </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-settings': ChatSettings;
  }
}
