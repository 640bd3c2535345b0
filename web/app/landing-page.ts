/** The start page: one promise, two ways in, three facts. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {AppServices} from '../state/services.ts';
import type {ChatView} from '../state/views.ts';
import {mark} from './icons.ts';
import {Observe} from './observe.ts';
import {pageStyles} from './page-styles.ts';
import {go} from './router.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = texts.landing;

/** What the network offers at this moment, in a line. */
function supply({relay, models}: ChatView): string {
  if (relay === 'connecting') return words.connecting;
  if (relay === 'offline' || relay === 'outdated') return words[relay];
  const offered = models.filter(({nodes}) => nodes > 0);
  return offered.length === 0 ? words.nobody : words.supply(offered.length, Math.max(...offered.map(({nodes}) => nodes)));
}

@customElement('landing-page')
export class LandingPage extends LitElement {
  static override styles = [...base, pageStyles, css`
    :host {
      display: grid;
      align-content: center;
      min-height: 100%;
    }

    .mark {
      width: 72px;
      height: 72px;
      margin: 0 0 16px -6px;
      color: var(--accent);
    }

    h1 {
      max-width: 18ch;
      font-size: clamp(2rem, 1.4rem + 2.6vw, 2.75rem);
      line-height: 1.15;
      letter-spacing: -0.02em;
    }

    .lead {
      max-width: 52ch;
      margin-top: 16px;
      font-size: 1.125rem;
    }

    .ways {
      margin-top: 28px;
    }

    .ways button {
      min-height: 48px;
      padding-inline: 22px;
      font-size: 1.0625rem;
    }

    .supply {
      margin-top: 14px;
    }

    ul {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: 24px;
      margin-top: 44px;
      padding-top: 24px;
      border-top: 1px solid var(--line);
      list-style: none;
    }

    h3 {
      font-size: 1rem;
      font-weight: 650;
    }

    li p {
      margin-top: 4px;
      color: var(--ink-soft);
      font-size: 0.9375rem;
    }

    .more {
      margin-top: 24px;
    }

    @media (max-width: 719px) {
      .ways button { flex: 1 1 100%; }
      ul { grid-template-columns: minmax(0, 1fr); gap: 16px; margin-top: 32px; }
    }
  `];

  @property({attribute: false}) services: AppServices | undefined;
  readonly #view = new Observe(this, () => this.services?.chat.view);

  readonly #ask = (): void => {
    const view = this.#view.value;
    // A fresh page for a fresh question, unless an answer is being written.
    if (view !== undefined && view.current.turns.length > 0 && view.stage === 'idle') this.services?.chat.begin();
    go('/chat');
  };

  readonly #share = (): void => go('/share');

  protected override render() {
    const view = this.#view.value;
    return html`
      <div>
        ${mark}
        <h1 tabindex="-1">${words.heading}</h1>
        <p class="lead">${words.promise}</p>
        <div class="row ways">
          <button type="button" class="main" @click=${this.#ask}>${words.ask}</button>
          <button type="button" @click=${this.#share}>${words.share}</button>
        </div>
        ${view === undefined ? nothing : html`<p class="supply soft small">${supply(view)}</p>`}
        <h2 class="unseen">${words.factsHeading}</h2>
        <ul>${words.facts.map(({title, text}) => html`<li><h3>${title}</h3><p>${text}</p></li>`)}</ul>
        <p class="more row"><a href="/privacy">${texts.shell.privacy}</a><a href="/network">${texts.shell.network}</a></p>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'landing-page': LandingPage;
  }
}
