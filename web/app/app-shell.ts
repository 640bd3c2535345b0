/** The frame of the app: navigation, status, notices and the page that the address names. */
import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Language} from '../state/language.ts';
import type {AppServices} from '../state/services.ts';
import {chatIcon, installIcon, mark, moreIcon, networkIcon, privacyIcon, settingsIcon, shareIcon, tasksIcon, walletIcon} from './icons.ts';
import {spoken} from './language.ts';
import {attempt, NoticeEvent, tell} from './notice.ts';
import {Observe} from './observe.ts';
import {rememberedTheme, rememberTheme} from './remembered-theme.ts';
import {renderAgain} from './render-again.ts';
import {listen, route} from './router.ts';
import type {PageName, Route} from './routes.ts';
import {shellStyles} from './shell-styles.ts';
import {isSharing} from './status-chip.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import {tokens} from './tokens.ts';
import './landing-page.ts';
import './notice-bar.ts';
import './status-chip.ts';
import './update-notice.ts';

const words = texts.shell;

const titles = (): Readonly<Record<PageName, string>> => ({
  landing: texts.landing.page, chat: texts.chat.page, tasks: words.tasks, share: texts.landing.share, wallet: texts.wallet.page, more: words.more, settings: words.settings,
  privacy: words.privacy, pair: words.pair, network: words.network, operator: words.operator, missing: texts.missing.heading,
});

/** Pages that load when they are opened, so that the first screen need not wait for them. */
const later: Readonly<Partial<Record<PageName, () => Promise<unknown>>>> = {
  chat: () => import('./chat-page.ts'),
  tasks: () => import('./tasks-page.ts'),
  share: () => import('./share-page.ts'),
  wallet: () => import('./wallet-page.ts'),
  more: () => import('./more-page.ts'),
  settings: () => import('./settings-page.ts'),
  pair: () => import('./pair-page.ts'),
  privacy: () => import('./privacy-page.ts'),
  network: () => import('./network-page.ts'),
  operator: () => import('./operator-page.ts'),
  missing: () => import('./missing-page.ts'),
};

/** A link of the frame. */
interface Place {
  readonly page: PageName;
  readonly href: string;
  readonly icon: TemplateResult;
  readonly label: string;
}

/** Where people go most. */
const places = (): readonly Place[] => [
  {page: 'chat', href: '/chat', icon: chatIcon, label: words.chat},
  {page: 'share', href: '/share', icon: shareIcon, label: words.share},
  {page: 'wallet', href: '/wallet', icon: walletIcon, label: words.wallet},
];

/** The others: listed where there is room, behind one link on phones. */
const others = (): readonly Place[] => [
  {page: 'tasks', href: '/tasks', icon: tasksIcon, label: words.tasks},
  {page: 'settings', href: '/settings', icon: settingsIcon, label: words.settings},
  {page: 'network', href: '/network', icon: networkIcon, label: words.network},
  {page: 'privacy', href: '/privacy', icon: privacyIcon, label: words.privacy},
];

@customElement('app-shell')
export class AppShell extends LitElement {
  static override styles = [tokens, ...base, shellStyles];

  @property({attribute: false}) services: AppServices | undefined;
  /** Its language is still on the way: nothing is shown rather than something in another one. */
  @property({attribute: false}) unspoken = false;
  /** Why the app could not start, and what to do. */
  @property({attribute: false}) failure: string | undefined;
  readonly #route = new Observe(this, () => route);
  readonly #spoken = new Observe(this, () => spoken);
  readonly #settings = new Observe(this, () => this.services?.settings.view);
  readonly #shell = new Observe(this, () => this.services?.shell.view);
  readonly #share = new Observe(this, () => this.services?.share.view);
  readonly #chat = new Observe(this, () => this.services?.chat.view);
  #gone: AbortController | undefined;
  #shown: PageName | undefined;
  /** A page was opened, and its heading is still to come. */
  #mustFocus = false;
  #hasShortcuts = false;
  #said: Language | undefined;

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
    if (event instanceof NoticeEvent) this.renderRoot.querySelector('notice-bar')?.show(event.text, event.action);
  };

  readonly #install = (): void => attempt(this, this.services?.shell.install());

  readonly #skip = (): void => this.#focusHeading();

  /** Chords work once the app has its services; their part loads beside the first screen. */
  #followShortcuts(): void {
    const {services} = this;
    const signal = this.#gone?.signal;
    if (!services || !signal || this.#hasShortcuts) return;
    this.#hasShortcuts = true;
    // Without them everything can still be pressed.
    import('./shortcuts.ts').then(({followShortcuts}) => followShortcuts(this, {services, signal}), () => {});
  }

  protected override updated(): void {
    this.#followShortcuts();
    this.#dressDocument();
    this.#follow(this.#spoken.value?.language);
    const page = this.#route.value?.page;
    if (page !== this.#shown) {
      this.#load(page);
      // Not on the first page: a fresh load starts at the top of the document.
      this.#mustFocus = this.#shown !== undefined;
      this.#shown = page;
    }
    // A page has no heading before it is handed what it shows: then this is tried again. What took the focus in it meanwhile keeps it.
    if (this.#mustFocus) this.#focusHeading((opened) => this.#mustFocus && opened.shadowRoot?.activeElement === null);
  }

  /** The frame is in the new language by now; the pages in it do not know of it. */
  #follow(language: Language | undefined): void {
    if (this.#said !== undefined && language !== this.#said) renderAgain(this.renderRoot);
    this.#said = language;
  }

  /** What only the document can carry: title, language and colour scheme. */
  #dressDocument(): void {
    document.documentElement.lang = texts.locale;
    const title = words.title(titles()[this.#route.value?.page ?? 'landing']);
    const share = this.#share.value;
    // The tab whose node runs, so that it can be found among others.
    document.title = share !== undefined && isSharing(share.status) && !share.elsewhere ? words.sharingTitle(title) : title;
    const chosen = this.#settings.value?.theme;
    const theme = chosen ?? rememberedTheme();
    if (chosen) rememberTheme(chosen);
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }

  #focusHeading(isWanted: (page: LitElement) => boolean = () => true): void {
    const main = this.renderRoot.querySelector('main');
    const page = main?.firstElementChild;
    if (!main || !page) return;
    main.scrollTop = 0;
    void customElements.whenDefined(page.localName).then(async () => {
      if (!(page instanceof LitElement)) return;
      await page.updateComplete;
      const heading = page.renderRoot.querySelector('h1');
      if (heading && isWanted(page)) heading.focus({preventScroll: true});
      if (heading) this.#mustFocus = false;
    });
  }

  /** One that did not arrive is asked for again at the next opening. */
  #load(page: PageName | undefined): void {
    if (page) later[page]?.().catch(() => tell(this, words.notLoaded));
    // Whoever presses "Ask" there need not wait.
    if (page === 'landing') later.chat?.().catch(() => {});
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
      case 'more':
        return html`<more-page></more-page>`;
      case 'settings':
        return html`<settings-page .services=${services}></settings-page>`;
      case 'pair':
        return html`<pair-page .services=${services}></pair-page>`;
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

  #link({page, href, icon, label}: Place, isHere: boolean, where = ''): TemplateResult {
    const current = !isHere ? 'false' : page === this.#route.value?.page ? 'page' : 'true';
    return html`<a class=${where} href=${href} aria-current=${current}>${icon}<span>${label}</span></a>`;
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
    if (where === undefined || this.unspoken) return nothing;
    return html`
      <div class="rail">
        <header class="top">
          <button type="button" class="skip" @click=${this.#skip}>${words.skip}</button>
          <a class="brand" href="/" aria-label=${words.home}>${mark}<span>${words.name}</span></a>
          <status-chip class="narrow" .share=${this.services?.share}></status-chip>
        </header>
        <nav aria-label=${words.navigation}>
          ${places().map((place) => this.#link(place, where.page === place.page))}
          ${others().map((place) => this.#link(place, where.page === place.page, 'wide'))}
          ${this.#link({page: 'more', href: '/more', icon: moreIcon, label: words.more}, where.page === 'more' || others().some(({page}) => page === where.page), 'narrow')}
        </nav>
        <div class="foot">
          ${this.#installButton()}
          <status-chip class="wide" .share=${this.services?.share}></status-chip>
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
