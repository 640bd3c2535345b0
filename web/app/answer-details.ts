/** The fold-out under an answer; what is in it loads when it is opened. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {Turn} from '../state/views.ts';
import {tell} from './notice.ts';
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
  `];

  @property({attribute: false}) turn: Turn | undefined;
  @state() private opened = false;

  readonly #toggled = (event: Event): void => {
    if (!(event.target as HTMLDetailsElement).open) return;
    this.opened = true;
    void import('./answer-card.ts').catch(() => tell(this, texts.shell.notLoaded));
  };

  protected override render() {
    const {turn} = this;
    if (turn === undefined || (turn.provenance === undefined && turn.error === undefined)) return nothing;
    return html`
      <details @toggle=${this.#toggled}>
        <summary>${texts.details.summary}</summary>
        ${this.opened ? html`<answer-card .turn=${turn}></answer-card>` : nothing}
      </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'answer-details': AnswerDetails;
  }
}
