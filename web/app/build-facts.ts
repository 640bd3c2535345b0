/** Which build runs here, as far as a page can tell of itself, and how anybody can check it. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {Installation, RunningBuild} from '../state/installation.ts';
import {installationTexts as words} from './installation-texts.ts';
import {base} from './styles.ts';

@customElement('build-facts')
export class BuildFacts extends LitElement {
  static override styles = [...base, css`
    :host {
      display: grid;
      gap: 6px;
    }

    code {
      overflow-wrap: anywhere;
    }
  `];

  @property({attribute: false}) installation: Installation | undefined;
  @state() private build: RunningBuild | undefined;

  protected override firstUpdated(): void {
    void this.installation?.build().then((build) => (this.build = build));
  }

  protected override render() {
    const {build} = this;
    if (build === undefined) return html`<p>${words.build} <span class="soft">${words.looking}</span></p>`;
    return html`
      <p>${words.build} ${build.is === 'unknown' ? nothing : html`<code class="mono" data-build=${build.is}>${build.hash}</code>`}</p>
      <p class="soft small">${words.builds[build.is]} ${words.buildNote}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'build-facts': BuildFacts;
  }
}
