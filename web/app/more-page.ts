/** The other places of the app, for phones, where the bar has room for four. */
import {LitElement, css, html, type TemplateResult} from 'lit';
import {customElement} from 'lit/decorators.js';
import {networkIcon, privacyIcon, settingsIcon, tasksIcon} from './icons.ts';
import {more as words} from './more-texts.ts';
import {pageStyles} from './page-styles.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

@customElement('more-page')
export class MorePage extends LitElement {
  static override styles = [...base, pageStyles, css`
    ul {
      display: grid;
      gap: 8px;
      margin-top: 16px;
      list-style: none;
    }

    a {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 2px 14px;
      align-items: center;
      padding: 14px 16px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--ink);
      text-decoration: none;
    }

    a:hover {
      border-color: var(--edge);
    }

    .icon {
      grid-row: span 2;
      color: var(--accent);
    }

    b {
      font-weight: 600;
    }
  `];

  #entry({href, icon, name, about}: {readonly href: string; readonly icon: TemplateResult; readonly name: string; readonly about: string}): TemplateResult {
    return html`<li><a href=${href}>${icon}<b>${name}</b><span class="soft small">${about}</span></a></li>`;
  }

  protected override render() {
    const {shell} = texts;
    return html`
      <h1 tabindex="-1">${words.heading}</h1>
      <ul>
        ${this.#entry({href: '/tasks', icon: tasksIcon, name: shell.tasks, about: words.tasks})}
        ${this.#entry({href: '/settings', icon: settingsIcon, name: shell.settings, about: words.settings})}
        ${this.#entry({href: '/network', icon: networkIcon, name: shell.network, about: words.network})}
        ${this.#entry({href: '/privacy', icon: privacyIcon, name: shell.privacy, about: words.privacy})}
      </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'more-page': MorePage;
  }
}
