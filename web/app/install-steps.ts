/** How to install the app where the browser makes no offer of its own: drawn, step by step. */
import {LitElement, css, html, nothing, svg, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {InstallWay} from '../state/installation.ts';
import {installationTexts as words} from './installation-texts.ts';
import {base} from './styles.ts';

/** What a finger looks for: the button, the entry of the menu, the icon that comes of it. */
const drawings = {
  share: svg`<path d="M12 14V3.5m-3.5 3.5L12 3.5 15.5 7M8 10H5.5v10.5h13V10H16"/>`,
  menu: svg`<path d="M12 5.5v.01M12 12v.01M12 18.5v.01" stroke-width="3"/>`,
  entry: svg`<rect x="4" y="4" width="16" height="16" rx="3.5"/><path d="M12 8.5v7M8.5 12h7"/>`,
  done: svg`<rect x="6" y="2.5" width="12" height="19" rx="2.5"/><rect x="9" y="6" width="6" height="6" rx="1.5"/>`,
} as const;

const drawn = {
  'ios': [drawings.share, drawings.entry, drawings.done],
  'firefox-android': [drawings.menu, drawings.entry, drawings.done],
  'safari-mac': [drawings.share, drawings.entry, drawings.done],
} as const;

@customElement('install-steps')
export class InstallSteps extends LitElement {
  static override styles = [...base, css`
    h3 {
      font-size: 1rem;
      font-weight: 650;
    }

    p {
      margin-top: 8px;
    }

    ol {
      display: grid;
      gap: 10px;
      margin-top: 10px;
      padding: 0;
      list-style: none;
    }

    li {
      display: grid;
      grid-template-columns: 44px minmax(0, 1fr);
      gap: 12px;
      align-items: center;
    }

    svg {
      width: 44px;
      height: 44px;
      padding: 10px;
      border-radius: 12px;
      background: var(--sunken);
      fill: none;
      stroke: currentColor;
      stroke-linecap: round;
      stroke-linejoin: round;
      stroke-width: 1.75;
    }

    @media (forced-colors: active) {
      svg { border: 1px solid CanvasText; }
    }
  `];

  @property({attribute: false}) way: InstallWay = 'other';

  #step({text, index, way}: {readonly text: string; readonly index: number; readonly way: keyof typeof drawn}): TemplateResult {
    const drawing = drawn[way][index];
    return html`<li>${drawing === undefined ? html`<span></span>` : html`<svg viewBox="0 0 24 24" aria-hidden="true">${drawing}</svg>`}<span>${text}</span></li>`;
  }

  protected override render() {
    const {way} = this;
    if (way === 'offer') return nothing;
    if (way === 'installed') return html`<p class="soft small">${words.installed}</p>`;
    if (way === 'other' || way === 'chromium') return html`<h3>${words.installHeading}</h3>${words.steps[way].map((text) => html`<p class="soft small">${text}</p>`)}`;
    return html`<h3>${words.installHeading}</h3>
      <ol>${words.steps[way].map((text, index) => this.#step({text, index, way}))}</ol>
      ${way === 'ios' ? html`<p class="soft small">${words.iosNote}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'install-steps': InstallSteps;
  }
}
