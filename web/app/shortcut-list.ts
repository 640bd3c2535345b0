/** A dialog that lists the key chords. */
import {LitElement, css, html, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {conversationTexts} from './conversation-texts.ts';
import {dialogStyles} from './dialog-styles.ts';
import {chords} from './shortcut-keys.ts';
import {base} from './styles.ts';

@customElement('shortcut-list')
export class ShortcutList extends LitElement {
  static override styles = [...base, dialogStyles, css`
    table {
      width: 100%;
      margin: 12px 0;
      border-collapse: collapse;
    }

    th, td {
      padding: 8px 0;
      border-bottom: 1px solid var(--line);
      text-align: left;
      font-weight: 400;
    }

    td {
      padding-left: 16px;
      text-align: right;
      white-space: nowrap;
    }

    kbd {
      display: inline-block;
      min-width: 26px;
      padding: 2px 6px;
      border: 1px solid var(--edge);
      border-radius: 6px;
      background: var(--sunken);
      font-family: inherit;
      font-size: 0.875rem;
      text-align: center;
    }
  `];

  /** Whether chords work. */
  @property({type: Boolean}) active = true;

  async show(): Promise<void> {
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  readonly #close = (): void => this.renderRoot.querySelector('dialog')?.close();

  #row(name: string, keys: readonly string[]): TemplateResult {
    return html`<tr><th scope="row">${name}</th><td>${keys.map((key, index) => html`${index === 0 ? '' : ' + '}<kbd>${key}</kbd>`)}</td></tr>`;
  }

  protected override render() {
    const words = conversationTexts.shortcuts;
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${words.title}</h2>
      <p class="soft small">${this.active ? words.note : words.off}</p>
      <table><tbody>
        ${chords.map(({name, shown}) => this.#row(words.names[name], ['Ctrl', ...shown]))}
        ${this.#row(words.names.stop, [words.escape])}
        ${this.#row(words.names.edit, [words.arrowUp])}
        ${this.#row(words.names.temporary, ['/temp'])}
      </tbody></table>
      <div class="row end"><button type="button" autofocus @click=${this.#close}>${words.close}</button></div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'shortcut-list': ShortcutList;
  }
}
