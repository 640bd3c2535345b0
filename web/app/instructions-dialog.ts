/** What the answers of a conversation are to be like: instructions, parameters, presets. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {checkFields, type FieldName, fieldsOf, type InstructionFields, type Instructions, type NumberName} from '../state/instructions.ts';
import type {Presets} from '../state/presets.ts';
import type {Chat} from '../state/views.ts';
import {conversationTexts} from './conversation-texts.ts';
import {dialogStyles} from './dialog-styles.ts';
import {attempt} from './notice.ts';
import {base} from './styles.ts';
import type {LoadEvent} from './preset-shelf.ts';
import './preset-shelf.ts';

const numbers: readonly NumberName[] = ['temperature', 'topP', 'maxTokens', 'seed'];

@customElement('instructions-dialog')
export class InstructionsDialog extends LitElement {
  static override styles = [...base, dialogStyles, css`
    .field {
      display: grid;
      gap: 4px;
      margin-top: 14px;
    }

    .field label {
      font-weight: 550;
    }

    .field [aria-invalid='true'] {
      border-color: var(--bad);
    }

    .problem {
      color: var(--bad);
    }

    textarea {
      max-height: 40dvh;
      resize: vertical;
    }

    summary {
      min-height: var(--tap);
      margin-top: 14px;
      padding: 6px 0;
      font-weight: 550;
      cursor: pointer;
    }

    label.choice {
      display: flex;
      gap: 10px;
      align-items: flex-start;
      min-height: var(--tap);
      padding-top: 8px;
      margin-top: 10px;
      cursor: pointer;
    }
  `];

  @property({attribute: false}) chat: Chat | undefined;
  @property({attribute: false}) presets: Presets | undefined;
  @state() private fields: InstructionFields = fieldsOf(undefined);
  @state() private bad: readonly FieldName[] = [];
  @state() private standard = false;

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  async show(): Promise<void> {
    const instructions = this.chat?.view.get().current.instructions;
    this.#fill(instructions);
    this.standard = false;
    await this.updateComplete;
    const folded = this.renderRoot.querySelector('details');
    if (folded) folded.open = numbers.some((name) => this.fields[name] !== '') || this.fields.stop !== '';
    if (this.#dialog?.open === false) this.#dialog.showModal();
  }

  #fill(instructions: Instructions | undefined): void {
    this.fields = fieldsOf(instructions);
    this.bad = [];
  }

  readonly #typed = (event: Event): void => {
    const {id, value} = event.target as HTMLInputElement | HTMLTextAreaElement;
    this.fields = {...this.fields, [id]: value};
    // A problem that was shown goes away as soon as it is none.
    if (this.bad.length > 0) this.bad = (checkFields(this.fields).bad ?? []).filter((name) => this.bad.includes(name));
  };

  /** The instructions of the form; undefined where they can't be used, and then the form says why. */
  #checked(): {readonly instructions: Instructions | undefined} | undefined {
    const checked = checkFields(this.fields);
    this.bad = checked.bad ?? [];
    if (checked.bad === undefined) return checked;
    const [first = 'system'] = checked.bad;
    if (first !== 'system') this.renderRoot.querySelector('details')?.setAttribute('open', '');
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#${first}`)?.focus());
    return undefined;
  }

  readonly #accept = (event: Event): void => {
    event.preventDefault();
    const checked = this.#checked();
    if (!checked) return;
    attempt(this, this.chat?.instruct(checked.instructions));
    if (this.standard) attempt(this, this.presets?.setStandard(checked.instructions));
    this.#dialog?.close();
  };

  readonly #cancel = (): void => this.#dialog?.close();
  readonly #clear = (): void => this.#fill(undefined);
  readonly #load = ({instructions}: LoadEvent): void => this.#fill(instructions);
  readonly #agree = (event: Event): void => {
    this.standard = (event.target as HTMLInputElement).checked;
  };

  #problem(name: FieldName): TemplateResult | typeof nothing {
    return this.bad.includes(name) ? html`<p class="problem small" id=${`${name}-problem`}>${conversationTexts.instructions.problems[name]}</p>` : nothing;
  }

  #number(name: NumberName): TemplateResult {
    const words = conversationTexts.instructions;
    return html`<div class="field">
      <label for=${name}>${words.fields[name]}</label>
      <input id=${name} inputmode=${name === 'temperature' || name === 'topP' ? 'decimal' : 'numeric'} autocomplete="off" aria-describedby=${`${name}-note ${name}-problem`} aria-invalid=${String(this.bad.includes(name))} .value=${live(this.fields[name])} @input=${this.#typed}>
      ${this.#problem(name)}
      <p class="soft small" id=${`${name}-note`}>${words.notes[name]}</p>
    </div>`;
  }

  #parameters(): TemplateResult {
    const words = conversationTexts.instructions;
    return html`<details>
      <summary>${words.parameters}</summary>
      ${numbers.map((name) => this.#number(name))}
      <div class="field">
        <label for="stop">${words.fields.stop}</label>
        <textarea id="stop" rows="2" aria-describedby="stop-note stop-problem" aria-invalid=${String(this.bad.includes('stop'))} .value=${live(this.fields.stop)} @input=${this.#typed}></textarea>
        ${this.#problem('stop')}
        <p class="soft small" id="stop-note">${words.notes.stop}</p>
      </div>
    </details>`;
  }

  protected override render() {
    const words = conversationTexts.instructions;
    const checked = checkFields(this.fields);
    return html`<dialog aria-labelledby="title" aria-describedby="lead">
      <form @submit=${this.#accept} novalidate>
        <h2 id="title">${words.title}</h2>
        <p id="lead" class="soft small">${words.lead}</p>
        <div class="field">
          <label for="system">${words.system}</label>
          <textarea id="system" rows="4" dir="auto" autofocus placeholder=${words.systemPlaceholder} aria-describedby="system-problem" aria-invalid=${String(this.bad.includes('system'))} .value=${live(this.fields.system)} @input=${this.#typed}></textarea>
          ${this.#problem('system')}
        </div>
        ${this.#parameters()}
        <preset-shelf .presets=${this.presets} .instructions=${checked.bad === undefined ? checked.instructions : undefined} @bombyx-load=${this.#load}></preset-shelf>
        <label class="choice"><input type="checkbox" .checked=${live(this.standard)} @change=${this.#agree}><span>${words.standard}</span></label>
        <div class="row end">
          <button type="button" @click=${this.#clear}>${words.clear}</button>
          <button type="button" @click=${this.#cancel}>${words.cancel}</button>
          <button type="submit" class="main">${words.accept}</button>
        </div>
      </form>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'instructions-dialog': InstructionsDialog;
  }
}
