/** Beside the title of a conversation: whether it is temporary, and its instructions. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Presets} from '../state/presets.ts';
import type {Chat} from '../state/views.ts';
import {settingsIcon, temporaryIcon} from './icons.ts';
import {tell} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

@customElement('chat-tools')
export class ChatTools extends LitElement {
  static override styles = [...base, css`
    :host {
      display: flex;
      gap: 4px;
    }

    button {
      position: relative;
      min-width: var(--tap);
      padding: 0 8px;
    }

    [aria-pressed='true'] {
      border-color: var(--accent);
      background: var(--accent-soft);
    }

    .set::after {
      content: '';
      position: absolute;
      top: 6px;
      right: 5px;
      width: 8px;
      height: 8px;
      border-radius: 50%;
      background: var(--accent);
      forced-color-adjust: none;
    }

    @media (max-width: 719px) {
      span { display: none; }
    }
  `];

  @property({attribute: false}) chat: Chat | undefined;
  @property({attribute: false}) presets: Presets | undefined;
  readonly #view = new Observe(this, () => this.chat?.view);

  readonly #toggle = (): void => this.chat?.setTemporary(!this.chat.view.get().current.temporary);

  readonly #instruct = async (): Promise<void> => {
    try {
      await import('./instructions-dialog.ts');
    } catch {
      tell(this, texts.shell.notLoaded);
      return;
    }
    const known = this.renderRoot.querySelector('instructions-dialog');
    const dialog = known ?? document.createElement('instructions-dialog');
    Object.assign(dialog, {chat: this.chat, presets: this.presets});
    if (!known) this.renderRoot.append(dialog);
    await dialog.show();
  };

  protected override render() {
    const current = this.#view.value?.current;
    if (current === undefined) return nothing;
    const isNew = current.turns.length === 0;
    return html`
      ${isNew ? html`<button type="button" class="bare little" aria-label=${texts.chat.temporary} title=${texts.chat.temporary} aria-pressed=${String(current.temporary === true)} @click=${this.#toggle}>${temporaryIcon}<span>${texts.chat.temporary}</span></button>` : nothing}
      <button type="button" class="bare little ${current.instructions ? 'set' : ''}" aria-label=${texts.chat.instructions} title=${texts.chat.instructions} aria-haspopup="dialog" @click=${this.#instruct}>${settingsIcon}</button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-tools': ChatTools;
  }
}
