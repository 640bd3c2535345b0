/** Asks before something that can't be undone. */
import {LitElement, css, html} from 'lit';
import {customElement, state} from 'lit/decorators.js';
import {base} from './styles.ts';

/** What is asked, and the words on both buttons. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

@customElement('confirm-dialog')
export class ConfirmDialog extends LitElement {
  static override styles = [...base, css`
    dialog {
      width: min(440px, calc(100vw - 32px));
      padding: 24px;
      border: 1px solid var(--line);
      border-radius: 14px;
      background: var(--surface);
      color: var(--ink);
    }

    dialog::backdrop {
      background: oklch(15% 0.02 325 / 0.5);
    }

    p {
      margin: 8px 0 20px;
    }

    .row {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 12px;
    }
  `];

  @state() private question: Question | undefined;

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** Resolves to whether the person agreed; closing in any other way is a no. */
  async ask(question: Question): Promise<boolean> {
    this.question = question;
    await this.updateComplete;
    const dialog = this.#dialog;
    if (dialog === null || dialog.open) return false;
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true});
    });
  }

  readonly #agree = (): void => this.#dialog?.close('yes');
  readonly #decline = (): void => this.#dialog?.close('no');

  protected override render() {
    const {question} = this;
    return html`
      <dialog aria-labelledby="title" aria-describedby="text">
        <h2 id="title">${question?.title}</h2>
        <p id="text">${question?.text}</p>
        <div class="row">
          <button type="button" autofocus @click=${this.#decline}>${question?.no}</button>
          <button type="button" class="danger" @click=${this.#agree}>${question?.yes}</button>
        </div>
      </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'confirm-dialog': ConfirmDialog;
  }
}
