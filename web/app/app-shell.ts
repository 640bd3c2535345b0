/** The frame of the app: navigation, status, notices and the page that the address names. */
import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {AppServices} from '../state/services.ts';
import {chatIcon, installIcon, mark, settingsIcon, shareIcon, tasksIcon, walletIcon} from './icons.ts';
import {attempt, NoticeEvent, tell} from './notice.ts';
import {Observe} from './observe.ts';
import {listen, route} from './router.ts';
import type {PageName, Route} from './routes.ts';
import {shellStyles} from './shell-styles.ts';
import {isSharing} from './status-chip.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import {tokens} from './tokens.ts';
import './chat-page.ts';
import './landing-page.ts';
import './missing-page.ts';
import './notice-bar.ts';
import './status-chip.ts';
import './update-notice.ts';
import './wallet-page.ts';

const words = texts.shell;

const titles: Readonly<Record<PageName, string>> = {
  landing: texts.landing.page, chat: texts.chat.page, tasks: words.tasks, share: texts.share.page, wallet: texts.wallet.page, settings: texts.settings.page,
  privacy: texts.privacy.page, network: words.network, operator: words.operator, missing: texts.missing.heading,
};

/** Pages that load when they are opened, so that the first screen need not wait for them. */
const later: Readonly<Partial<Record<PageName, () => Promise<unknown>>>> = {
  tasks: () => import('./tasks-page.ts'),
  share: () => import('./share-page.ts'),
  settings: () => import('./settings-page.ts'),
  privacy: () => import('./privacy-page.ts'),
  network: () => import('./network-page.ts'),
  operator: () => import('./operator-page.ts'),
};

const places = [
  {page: 'chat', href: '/chat', icon: chatIcon, label: words.chat},
  {page: 'tasks', href: '/tasks', icon: tasksIcon, label: words.tasks},
  {page: 'share', href: '/share', icon: shareIcon, label: words.share},
  {page: 'wallet', href: '/wallet', icon: walletIcon, label: words.wallet},
  {page: 'settings', href: '/settings', icon: settingsIcon, label: words.settings},
] as const;

@customElement('app-shell')
export class AppShell extends LitElement {
  static override styles = [tokens, ...base, shellStyles];

  @property({attribute: false}) services: AppServices | undefined;
  /** Why the app could not start, and what to do. */
  @property({attribute: false}) failure: string | undefined;
  readonly #route = new Observe(this, () => route);
  readonly #settings = new Observe(this, () => this.services?.settings.view);
  readonly #shell = new Observe(this, () => this.services?.shell.view);
  readonly #share = new Observe(this, () => this.services?.share.view);
  readonly #chat = new Observe(this, () => this.services?.chat.view);
  #gone: AbortController | undefined;
  #shown: PageName | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#gone = new AbortController();
    listen(this, this.#gone.signal);
    this.addEventListener(NoticeEvent.type, this.#notice, {signal: this.#gone.signal});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gone?.abort();
  }

  readonly #notice = (event: Event): void => {
    if (event instanceof NoticeEvent) this.renderRoot.querySelector('notice-bar')?.show(event.text);
  };

  readonly #install = (): void => attempt(this, this.services?.shell.install());

  readonly #skip = (): void => this.#focusHeading();

  protected override updated(): void {
    this.#dressDocument();
    const page = this.#route.value?.page;
    if (page === this.#shown) return;
    this.#load(page);
    // Not on the first page: a fresh load starts at the top of the document.
    if (this.#shown !== undefined) this.#focusHeading();
    if (this.services !== undefined) this.#shown = page;
  }

  /** What only the document can carry: title and colour scheme. */
  #dressDocument(): void {
    const title = words.title(titles[this.#route.value?.page ?? 'landing']);
    const share = this.#share.value;
    // The tab whose node runs, so that it can be found among others.
    document.title = share !== undefined && isSharing(share.status) && !share.elsewhere ? words.sharingTitle(title) : title;
    const theme = this.#settings.value?.theme ?? 'auto';
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }

  #focusHeading(): void {
    const main = this.renderRoot.querySelector('main');
    const page = main?.firstElementChild;
    if (!main || !page) return;
    main.scrollTop = 0;
    void customElements.whenDefined(page.localName).then(async () => {
      if (!(page instanceof LitElement)) return;
      await page.updateComplete;
      page.renderRoot.querySelector('h1')?.focus({preventScroll: true});
    });
  }

  /** One that did not arrive is asked for again at the next opening. */
  #load(page: PageName | undefined): void {
    if (page) later[page]?.().catch(() => tell(this, words.notLoaded));
  }

  #page({page}: Route): TemplateResult {
    const {services} = this;
    switch (page) {
      case 'landing':
        return html`<landing-page .services=${services}></landing-page>`;
      case 'chat':
        return html`<chat-page .services=${services}></chat-page>`;
      case 'tasks':
        return html`<tasks-page .services=${services}></tasks-page>`;
      case 'share':
        return html`<share-page .services=${services}></share-page>`;
      case 'wallet':
        return html`<wallet-page .services=${services}></wallet-page>`;
      case 'settings':
        return html`<settings-page .services=${services}></settings-page>`;
      case 'privacy':
        return html`<privacy-page></privacy-page>`;
      case 'network':
        return html`<network-page .services=${services}></network-page>`;
      case 'operator':
        return html`<operator-page .services=${services}></operator-page>`;
      case 'missing':
        return html`<missing-page></missing-page>`;
    }
  }

  /** Installing is offered after the first success, not at the door. */
  #installButton(): TemplateResult | typeof nothing {
    const answered = this.#chat.value?.conversations.some(({turns}) => turns.some(({role, status}) => role === 'assistant' && status === 'done'));
    const worked = answered === true || (this.#share.value?.jobsDone ?? 0) > 0;
    if (this.#shell.value?.canInstall !== true || !worked) return nothing;
    return html`<button type="button" class="bare install" @click=${this.#install}>${installIcon}${words.install}</button>`;
  }

  protected override render() {
    const where = this.#route.value;
    if (this.failure !== undefined) return html`<main class="failure" role="alert"><h1>${words.failed}</h1><p>${this.failure}</p></main>`;
    if (this.services === undefined || where === undefined) return nothing;
    return html`
      <div class="rail">
        <header class="top">
          <button type="button" class="skip" @click=${this.#skip}>${words.skip}</button>
          <a class="brand" href="/" aria-label=${words.home}>${mark}<span>${words.name}</span></a>
          <status-chip class="narrow" .share=${this.services.share}></status-chip>
        </header>
        <nav aria-label=${words.navigation}>
          ${places.map(({page, href, icon, label}) => html`<a href=${href} aria-current=${where.page === page ? 'page' : 'false'}>${icon}<span>${label}</span></a>`)}
        </nav>
        <div class="foot">
          ${this.#installButton()}
          <status-chip class="wide" .share=${this.services.share}></status-chip>
        </div>
      </div>
      <div class="notices"><update-notice .services=${this.services}></update-notice><relay-notice .services=${this.services}></relay-notice></div>
      <main>${this.#page(where)}</main>
      <notice-bar></notice-bar>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-shell': AppShell;
  }
}
