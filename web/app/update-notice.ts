/** Offers an update that is ready or needed, and installs it only when the person says so and nothing runs; says so where it is the relay that is too old. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {AppServices} from '../state/services.ts';
import type {ShareView} from '../state/views.ts';
import type {ConfirmDialog} from './confirm-dialog.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {isSharing} from './status-chip.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = texts.update;

/** Whether jobs run in this browser. In another tab too: the new version takes the files of the old one from all of them. */
const hasJobs = (view: ShareView | undefined): boolean => view !== undefined && 'jobs' in view.status && view.status.jobs > 0;

@customElement('update-notice')
export class UpdateNotice extends LitElement {
  static override styles = [...base, css`
    .bar {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 4px 16px;
      padding: 6px 16px;
      border-bottom: 1px solid var(--line);
      background: var(--accent-soft);
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  /** The person agreed; the update waits for what still runs. */
  @state() private agreed = false;
  readonly #shell = new Observe(this, () => this.services?.shell.view);
  readonly #share = new Observe(this, () => this.services?.share.view);
  readonly #chat = new Observe(this, () => this.services?.chat.view);
  readonly #tasks = new Observe(this, () => this.services?.tasks.view);

  get #busy(): boolean {
    return hasJobs(this.#share.value) || [this.#chat.value, this.#tasks.value].some((view) => (view?.stage ?? 'idle') !== 'idle');
  }

  protected override updated(): void {
    const view = this.#share.value;
    // Not before the node has left the relay: what it was sent meanwhile would be lost.
    if (!this.agreed || this.#busy || (view !== undefined && isSharing(view.status))) return;
    this.agreed = false;
    this.services?.shell.update();
  }

  readonly #agree = (): void => attempt(this, this.#update());

  async #update(): Promise<void> {
    if (this.services?.drafts.wouldLose() === true && !(await this.#mayLose())) return;
    this.agreed = true;
    const {share} = this.services ?? {};
    const status = share?.view.get().status;
    if (!share || !status || !isSharing(status)) return;
    // No new jobs: those that run are finished before the page goes. What only loads is dropped.
    await ('jobs' in status ? share.finish() : share.stopNow());
  }

  async #mayLose(): Promise<boolean> {
    await import('./confirm-dialog.ts');
    const dialog: ConfirmDialog | null = this.renderRoot.querySelector('confirm-dialog');
    const {draftTitle: title, draftText: text, draftYes: yes, draftNo: no} = words;
    return await dialog?.ask({title, text, yes, no}) === true;
  }

  protected override render() {
    const {updateReady, outdated} = this.#shell.value ?? {};
    if (outdated === 'relay') return html`<section class="bar" aria-label=${words.label}><p role="status">${words.relayOutdated}</p></section>`;
    if (updateReady !== true && outdated === undefined) return nothing;
    const text = this.agreed ? words.waiting : this.#busy ? words.busy : outdated === 'page' ? words.outdated : words.ready;
    return html`
      <section class="bar" aria-label=${words.label}>
        <p role="status">${text}</p>
        ${this.agreed ? nothing : html`<button type="button" @click=${this.#agree}>${this.#busy ? words.after : words.now}</button>`}
      </section>
      <confirm-dialog></confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'update-notice': UpdateNotice;
  }
}
