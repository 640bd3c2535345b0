/** Sharing a GPU: before, while and after. */
import {LitElement, css, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {ErrorCode} from '#protocol/errors.ts';
import type {AppServices} from '../state/services.ts';
import type {ShareRoom} from '../state/share-room.ts';
import type {NodeStatus, ShareView} from '../state/views.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {pageStyles} from './page-styles.ts';
import {route} from './router.ts';
import type {SharePane} from './routes.ts';
import {shareRoomTexts as room} from './share-room-texts.ts';
import {shareTexts} from './share-texts.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import './job-log.ts';
import './share-earnings.ts';
import './share-jobs.ts';
import './own-question.ts';
import './share-habits.ts';
import './share-limits.ts';
import './share-market.ts';
import './share-relays.ts';
import './share-running.ts';
import './share-setup.ts';
import './share-storage.ts';
import './share-today.ts';

const words = shareTexts;
/** Jobs on the overview. */
const latest = 5;
const panes: readonly {readonly pane: SharePane; readonly href: string}[] = [
  {pane: 'overview', href: '/share'}, {pane: 'models', href: '/share/models'}, {pane: 'jobs', href: '/share/jobs'}, {pane: 'limits', href: '/share/limits'},
];

@customElement('share-page')
export class SharePage extends LitElement {
  static override styles = [...base, pageStyles, css`
    :host {
      max-width: 1000px;
    }

    nav {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      margin-top: 16px;
      border-bottom: 1px solid var(--line);
    }

    nav a {
      display: grid;
      place-content: center;
      min-height: var(--tap);
      padding: 4px 10px;
      border-bottom: 3px solid transparent;
      color: var(--ink-soft);
      font-weight: 550;
      text-decoration: none;
    }

    @media (max-width: 719px) {
      nav { gap: 0; }
      nav a { padding: 4px 5px; font-size: 0.8125rem; }
    }

    nav a:hover {
      color: var(--ink);
      background: var(--sunken);
    }

    nav a[aria-current='page'] {
      border-bottom-color: var(--accent);
      color: var(--ink);
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  /** Loads a moment after the page. */
  @state() private rooms: ShareRoom | undefined;
  readonly #view = new Observe(this, () => this.services?.share.view);
  readonly #route = new Observe(this, () => route);
  readonly #wallet = new Observe(this, () => this.services?.wallet.view);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('services')) attempt(this, this.services?.room().then((rooms) => {
      this.rooms = rooms;
    }));
  }

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
    const fix = (room.fixes as Partial<Record<ErrorCode, string>>)[code];
    return html`<div class="card problem" role="alert">
      <p><strong>${words.statuses.failed}</strong> ${texts.errors[code]}</p>
      ${fix === undefined ? nothing : html`<p>${words.fix} ${fix}</p>`}
      ${code === 'metered' ? html`<div class="row"><button type="button" @click=${this.#anyway}>${words.anyway}</button></div>` : nothing}
      ${code === 'storage-full' ? html`<p><a href="/settings">${words.keptModels}</a></p>` : nothing}
      <details><summary>${texts.details.summary}</summary><p class="small">${words.code}: ${code}${detail === '' ? '' : ` · ${detail}`}</p></details>
    </div>`;
  }

  #tabs(shown: SharePane): TemplateResult {
    return html`<nav aria-label=${room.tabs.label}>${panes.map(({pane, href}) => html`<a href=${href} aria-current=${pane === shown ? 'page' : 'false'}>${room.tabs[pane]}</a>`)}</nav>`;
  }

  #overview(view: ShareView): TemplateResult {
    const {status} = view;
    const share = this.services?.share;
    const runs = status.is !== 'off' && status.is !== 'failed';
    return html`
      ${runs ? html`<share-running .share=${share} .view=${view} .paying=${this.#wallet.value?.money !== undefined}></share-running>` : html`<share-setup .share=${share} .view=${view} .wallet=${this.services?.wallet} .money=${this.#wallet.value}></share-setup>`}
      ${runs ? html`<own-question .question=${this.rooms?.question} .view=${view}></own-question>` : nothing}
      <share-today .rooms=${this.rooms} .view=${view} .network=${this.services?.network}></share-today>
      <share-relays .relays=${this.services?.relays} .paid=${view.asking.paid && this.#wallet.value?.money !== undefined}></share-relays>
      ${runs || view.log.length > 0 ? html`<section class="card" aria-labelledby="jobs">
        <h2 id="jobs">${words.logHeading}</h2>
        <p class="soft small">${words.logNote}</p>
        <job-log .jobs=${view.log} .most=${latest}></job-log>
      </section>` : nothing}
      <section class="card" aria-labelledby="unseen">
        <h2 id="unseen">${room.unseenHeading}</h2>
        <p class="soft small">${room.unseen}</p>
      </section>`;
  }

  #pane(pane: SharePane, view: ShareView): TemplateResult {
    switch (pane) {
      case 'overview':
        return this.#overview(view);
      case 'models':
        return html`<share-market .share=${this.services?.share} .view=${view} .network=${this.services?.network} .market=${this.rooms?.market} .paying=${this.#wallet.value?.money !== undefined}></share-market>
          <share-storage .models=${this.services?.models} .storage=${this.rooms?.storage}></share-storage>`;
      case 'jobs':
        return html`<share-earnings .book=${this.rooms?.book} .balance=${view.balance}></share-earnings>
          <share-jobs .book=${this.rooms?.book}></share-jobs>`;
      case 'limits':
        return html`<share-limits .share=${this.services?.share} .view=${view}></share-limits>
          <share-habits .habits=${this.rooms?.habits}></share-habits>`;
    }
  }

  protected override render() {
    const view = this.#view.value;
    const where = this.#route.value;
    if (view === undefined) return nothing;
    const pane = where?.page === 'share' ? where.pane : 'overview';
    return html`
      <h1 tabindex="-1">${words.heading}</h1>
      ${view.elsewhere ? html`<p class="lead">${words.elsewhere}</p><p class="soft small">${room.leader}</p>` : html`<p class="lead soft">${words.intro}</p>`}
      ${this.#tabs(pane)}
      ${view.status.is === 'failed' ? this.#failure(view.status) : nothing}
      ${this.#pane(pane, view)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-page': SharePage;
  }
}
