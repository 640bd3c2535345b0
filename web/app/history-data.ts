/** The conversations of this browser as a whole: exported, imported, deleted. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {fileLimits} from '../state/file-fields.ts';
import type {History} from '../state/history-views.ts';
import type {ReadHistory} from '../state/history-read.ts';
import type {Chat} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {chooserStyles} from './chooser-styles.ts';
import type {ConfirmDialog} from './confirm-dialog.ts';
import {exportHistory} from './history-export.ts';
import {reportOfImport} from './history-report.ts';
import {historyTexts} from './history-texts.ts';
import {attempt, tell} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';
import './confirm-dialog.ts';

const words = historyTexts.data;

@customElement('history-data')
export class HistoryData extends LitElement {
  static override styles = [...base, cardStyles, chooserStyles, css`
    .report {
      padding: 10px 12px;
      border-radius: var(--radius);
      background: var(--sunken);
    }
  `];

  @property({attribute: false}) history: History | undefined;
  @property({attribute: false}) chat: Chat | undefined;
  /** What the last import came to. */
  @state() private report: readonly string[] = [];
  readonly #view = new Observe(this, () => this.chat?.view);

  get #conversations() {
    return (this.#view.value?.conversations ?? []).filter(({turns}) => turns.length > 0);
  }

  readonly #json = (): void => exportHistory(this.#conversations, {format: 'json', name: words.heading});
  readonly #markdown = (): void => exportHistory(this.#conversations, {format: 'markdown', name: words.heading});

  readonly #picked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file !== undefined) attempt(this, this.#import(file));
    // The same file can be picked again.
    input.value = '';
  };

  async #import(file: File): Promise<void> {
    this.report = [words.reading];
    this.report = await this.#read(file);
  }

  async #read(file: File): Promise<readonly string[]> {
    if (file.size > fileLimits.bytes) return [historyTexts.refused['too-large']];
    const text = await file.text().catch(() => undefined);
    if (text === undefined) return [historyTexts.unreadable];
    const {readHistory} = await import('../state/history-import.ts');
    const reading = readHistory(text, {now: Date.now(), placeholder: historyTexts.placeholder});
    return reading.is === 'refused' ? [historyTexts.refused[reading.why]] : this.#add(reading);
  }

  async #add(reading: ReadHistory): Promise<readonly string[]> {
    try {
      const added = await this.history?.add({conversations: reading.conversations, whole: reading.kind !== 'markdown'});
      return added === undefined ? [] : reportOfImport(reading, added);
    } catch {
      return [historyTexts.notKept];
    }
  }

  readonly #remove = (): void => attempt(this, this.#confirmRemove());

  async #confirmRemove(): Promise<void> {
    const dialog: ConfirmDialog | null = this.renderRoot.querySelector('confirm-dialog');
    const sure = await dialog?.ask({title: words.removeTitle, text: words.removeText(this.#conversations.length), yes: words.removeYes, no: words.keep});
    if (sure !== true) return;
    await this.history?.removeAll();
    this.report = [];
    tell(this, words.removed);
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({preventScroll: true});
  }

  #report(): TemplateResult {
    return html`<div role="status">${this.report.length === 0 ? nothing : html`<div class="report">${this.report.map((sentence) => html`<p>${sentence}</p>`)}</div>`}</div>`;
  }

  protected override render() {
    const count = this.#conversations.length;
    return html`<section class="card" aria-labelledby="history">
      <h2 id="history" tabindex="-1">${words.heading}</h2>
      <p>${words.text(count)}</p>
      ${count === 0 ? nothing : html`
        <div class="row"><button type="button" @click=${this.#json}>${words.json}</button><button type="button" @click=${this.#markdown}>${words.markdown}</button></div>
        <p class="soft small">${words.note}</p>`}
      <div class="row"><label class="button"><input type="file" accept=".json,.md,.markdown,application/json,text/markdown" aria-describedby="import-note" @change=${this.#picked}>${words.import}</label></div>
      <p class="soft small" id="import-note">${words.importNote}</p>
      ${this.#report()}
      ${count === 0 ? nothing : html`<div class="row"><button type="button" class="danger" @click=${this.#remove}>${words.remove}</button></div>`}
      <confirm-dialog></confirm-dialog>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'history-data': HistoryData;
  }
}
