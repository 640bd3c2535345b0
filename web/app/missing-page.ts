/** What an unknown address shows. */
import {LitElement, html} from 'lit';
import {customElement} from 'lit/decorators.js';
import {pageStyles} from './page-styles.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

@customElement('missing-page')
export class MissingPage extends LitElement {
  static override styles = [...base, pageStyles];

  protected override render() {
    return html`<h1 tabindex="-1">${texts.missing.heading}</h1>
      <p class="lead">${texts.missing.text}</p>
      <p class="lead"><a href="/">${texts.missing.home}</a></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'missing-page': MissingPage;
  }
}
