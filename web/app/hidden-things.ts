/** What of a question was hidden before it was sent: a line under it, and a list with the choice to send a thing as it is. */
import {LitElement, css, html, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Found} from '../state/redaction/kinds.ts';
import {redactionTexts} from './redaction-texts.ts';
import {base} from './styles.ts';

const words = redactionTexts;

@customElement('hidden-things')
export class HiddenThings extends LitElement {
  static override styles = [...base, css`
    :host {
      display: block;
      width: fit-content;
      max-width: 68ch;
      margin-left: auto;
      color: var(--ink-soft);
      font-size: 0.875rem;
    }

    summary {
      min-height: 24px;
      cursor: pointer;
    }

    u {
      text-underline-offset: 0.18em;
    }

    details[open] summary span {
      display: none;
    }

    ul {
      list-style: none;
    }

    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px 12px;
      padding: 4px 0;
    }

    q {
      color: var(--ink);
      overflow-wrap: anywhere;
    }
  `];

  @property({attribute: false}) found: readonly Found[] = [];
  /** The question as it was written. */
  @property() text = '';
  @property({attribute: false}) asIs: readonly string[] = [];

  #sendAsIs(value: string): void {
    this.dispatchEvent(new CustomEvent('bombyx-as-is', {detail: value, bubbles: true, composed: true}));
  }

  #item({kind, value}: {kind: Found['kind']; value: string}): TemplateResult {
    return html`<li><span>${words.kinds[kind]}: <q>${value}</q></span>
      ${this.asIs.includes(value) ? html`<span role="status">${words.willBeSent}</span>` : html`
        <button type="button" class="little" aria-label=${words.sendAsIsNamed(value)} @click=${() => this.#sendAsIs(value)}>${words.sendAsIs}</button>`}</li>`;
  }

  protected override render() {
    const things = new Map(this.found.map(({kind, start, end}) => [this.text.slice(start, end), kind]));
    return html`<details>
      <summary>${words.hidden(things.size)}<span>: <u>${words.show}</u></span></summary>
      <ul>${[...things].map(([value, kind]) => this.#item({kind, value}))}</ul>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hidden-things': HiddenThings;
  }
}
