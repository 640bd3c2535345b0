/** Sharing a GPU: before, while and after. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {AppServices} from '../state/services.ts';
import type {NodeStatus} from '../state/views.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {pageStyles} from './page-styles.ts';
import {shareTexts} from './share-texts.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import './job-log.ts';
import './share-limits.ts';
import './share-relays.ts';
import './share-running.ts';
import './share-setup.ts';

const words = shareTexts;

@customElement('share-page')
export class SharePage extends LitElement {
  static override styles = [...base, pageStyles, css`
    :host {
      max-width: 1000px;
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  readonly #view = new Observe(this, () => this.services?.share.view);
  readonly #wallet = new Observe(this, () => this.services?.wallet.view);

  /** For tests and for styling from outside: where the node stands. */
  protected override updated(): void {
    const view = this.#view.value;
    if (view === undefined) return;
    this.dataset['status'] = view.status.is;
    if (view.link === undefined) delete this.dataset['link'];
    else this.dataset['link'] = view.link;
  }

  readonly #anyway = (): void => attempt(this, this.services?.share.start(this.#view.value?.device ?? 'webgpu', {evenIfMetered: true}));

  #failure({code, detail}: Extract<NodeStatus, {is: 'failed'}>): TemplateResult {
    return html`<div class="card problem" role="alert">
      <p><strong>${words.statuses.failed}</strong> ${texts.errors[code]}</p>
      ${code === 'metered' ? html`<div class="row"><button type="button" @click=${this.#anyway}>${words.anyway}</button></div>` : nothing}
      ${code === 'storage-full' ? html`<p><a href="/settings">${words.keptModels}</a></p>` : nothing}
      <details><summary>${texts.details.summary}</summary><p class="small">${words.code}: ${code}${detail === '' ? '' : ` · ${detail}`}</p></details>
    </div>`;
  }

  protected override render() {
    const view = this.#view.value;
    const share = this.services?.share;
    if (view === undefined) return nothing;
    const {status} = view;
    const runs = status.is !== 'off' && status.is !== 'failed';
    return html`
      <h1 tabindex="-1">${words.heading}</h1>
      ${view.elsewhere ? html`<p class="lead">${words.elsewhere}</p>` : html`<p class="lead soft">${words.intro}</p>`}
      ${status.is === 'failed' ? this.#failure(status) : nothing}
      ${runs ? html`<share-running .share=${share} .view=${view} .paying=${this.#wallet.value?.money !== undefined}></share-running>` : html`<share-setup .share=${share} .view=${view} .wallet=${this.services?.wallet} .money=${this.#wallet.value}></share-setup>`}
      <share-relays .relays=${this.services?.relays} .paid=${view.asking.paid && this.#wallet.value?.money !== undefined}></share-relays>
      <share-limits .share=${share} .view=${view}></share-limits>
      ${runs || view.log.length > 0 ? html`<section class="card" aria-labelledby="jobs">
        <h2 id="jobs">${words.logHeading}</h2>
        <p class="soft small">${words.logNote}</p>
        <job-log .jobs=${view.log}></job-log>
      </section>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-page': SharePage;
  }
}
