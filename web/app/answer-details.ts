/** The fold-out under an answer: every fact that is known of how it came to be. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Turn} from '../state/views.ts';
import {factsOf, reportOf, type Fact} from './answer-facts.ts';
import {copyIcon} from './icons.ts';
import {copy} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

@customElement('answer-details')
export class AnswerDetails extends LitElement {
  static override styles = [...base, css`
    summary {
      display: inline-flex;
      align-items: center;
      min-height: var(--tap);
      padding: 0 4px;
      margin-left: -4px;
      border-radius: 6px;
      color: var(--ink-soft);
      font-size: 0.875rem;
      cursor: pointer;
      text-decoration: underline;
      text-underline-offset: 0.2em;
      text-decoration-thickness: 1px;
    }

    summary:hover {
      color: var(--ink);
    }

    summary::marker, summary::-webkit-details-marker {
      content: none;
      display: none;
    }

    .card {
      max-width: 68ch;
      margin-top: 4px;
      padding: 16px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      font-size: 0.875rem;
    }

    dl {
      display: grid;
      grid-template-columns: 130px minmax(0, 1fr);
      gap: 10px 16px;
    }

    @media (max-width: 719px) {
      dl {
        grid-template-columns: minmax(0, 1fr);
        gap: 2px;
      }

      dd + dt {
        margin-top: 10px;
      }
    }

    dt {
      color: var(--ink-soft);
    }

    .whole {
      display: block;
      color: var(--ink-soft);
    }

    button {
      margin-top: 14px;
    }
  `];

  @property({attribute: false}) turn: Turn | undefined;

  readonly #copy = (): void => {
    if (this.turn !== undefined) void copy(this, reportOf(this.turn));
  };

  #fact({term, text, whole}: Fact) {
    return html`<dt>${term}</dt><dd>${whole === undefined ? text : html`<span class="mono">${text}</span>`}
      ${whole?.map((id) => html`<span class="whole mono">${id}</span>`)}</dd>`;
  }

  protected override render() {
    const facts = this.turn === undefined ? [] : factsOf(this.turn);
    if (facts.length === 0) return nothing;
    return html`
      <details>
        <summary>${texts.details.summary}</summary>
        <div class="card">
          <dl>${facts.map((fact) => this.#fact(fact))}</dl>
          <button type="button" class="little" @click=${this.#copy}>${copyIcon}${texts.details.copy}</button>
        </div>
      </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'answer-details': AnswerDetails;
  }
}
