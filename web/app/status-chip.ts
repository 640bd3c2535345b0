/** Always in sight while this computer shares: what it does, and the way to stop it. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {NodeStatus, Share, ShareView} from '../state/views.ts';
import {formatPercent} from './figures.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = texts.status;

/** Whether the node in this tab does anything. */
export const isSharing = ({is}: NodeStatus): boolean => is !== 'off' && is !== 'failed';

function label({status, jobsDone}: ShareView): string {
  switch (status.is) {
    case 'loading':
      return words.loading(formatPercent(status.part));
    case 'ready':
      return words.ready(jobsDone);
    case 'finishing':
      return words.finishing(status.jobs);
    case 'connecting':
    case 'recovering':
    case 'reconnecting':
      return words[status.is];
    case 'off':
    case 'failed':
      return '';
  }
}

@customElement('status-chip')
export class StatusChip extends LitElement {
  static override styles = [...base, css`
    :host {
      display: block;
    }

    .chip {
      width: 100%;
      padding: 4px 12px;
      border-color: var(--line);
      border-radius: 999px;
      font-size: 0.875rem;
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }

    .dot {
      color: var(--good);
      font-size: 0.75rem;
    }

    .waiting .dot {
      color: var(--warn);
    }

    [popover] {
      position: fixed;
      inset: auto auto 76px 12px;
      width: 264px;
      margin: 0;
      padding: 8px;
      border: 1px solid var(--line);
      border-radius: 14px;
      background: var(--surface);
      color: var(--ink);
      box-shadow: 0 6px 28px oklch(15% 0.02 325 / 0.22);
    }

    @media (max-width: 719px) {
      [popover] { inset: 60px 8px auto auto; }
    }

    [popover] button, [popover] a {
      display: grid;
      justify-items: start;
      justify-content: stretch;
      gap: 0;
      width: 100%;
      padding: 8px 12px;
      text-align: left;
    }

    [popover] button span:last-child {
      color: var(--ink-soft);
      font-size: 0.8125rem;
      font-weight: 400;
    }
  `];

  @property({attribute: false}) share: Share | undefined;
  readonly #view = new Observe(this, () => this.share?.view);

  #close(): void {
    this.renderRoot.querySelector<HTMLElement>('[popover]')?.hidePopover();
  }

  readonly #finish = (): void => {
    this.#close();
    attempt(this, this.share?.finish());
  };

  readonly #stop = (): void => {
    this.#close();
    attempt(this, this.share?.stopNow());
  };

  readonly #leave = (): void => this.#close();

  /** Chromium forgets where the focus was when the menu is inside a shadow root. */
  readonly #toggled = (event: ToggleEvent): void => {
    const menu = event.currentTarget as HTMLElement;
    if (event.newState === 'closed' && menu.contains(this.shadowRoot?.activeElement ?? null)) this.renderRoot.querySelector<HTMLElement>('.chip')?.focus();
  };

  #action({name, hint, act}: {readonly name: string; readonly hint: string; readonly act: () => void}): TemplateResult {
    return html`<button type="button" class="bare" aria-label=${name} aria-description=${hint} @click=${act}><span>${name}</span><span>${hint}</span></button>`;
  }

  #menu({is}: NodeStatus): TemplateResult {
    return html`<div id="menu" popover role="group" aria-label=${words.menu} @beforetoggle=${this.#toggled}>
      ${is === 'ready' || is === 'reconnecting' ? this.#action({name: words.finish, hint: words.finishHint, act: this.#finish}) : nothing}
      ${this.#action({name: words.stop, hint: words.stopHint, act: this.#stop})}
      <a class="button bare" href="/share" @click=${this.#leave}>${words.open}</a>
    </div>`;
  }

  /** For the frame, which makes room for it. */
  protected override updated(): void {
    const view = this.#view.value;
    this.toggleAttribute('busy', view !== undefined && isSharing(view.status));
  }

  protected override render() {
    const view = this.#view.value;
    if (view === undefined || !isSharing(view.status)) return nothing;
    const settled = view.status.is === 'ready' || view.status.is === 'finishing';
    return html`
      <button type="button" class=${settled ? 'chip' : 'chip waiting'} popovertarget="menu"><span class="dot" aria-hidden="true">●</span>${label(view)}</button>
      ${this.#menu(view.status)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'status-chip': StatusChip;
  }
}
