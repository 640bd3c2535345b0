/** Every fact that is known of how an answer came to be, who could see what of it, and a report to copy. */
import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Provenance, Turn} from '../state/views.ts';
import {answerCardStyles} from './answer-card-styles.ts';
import {factsOf, reportOf, type Fact} from './answer-report.ts';
import {detailsTexts} from './details-texts.ts';
import {copyIcon} from './icons.ts';
import {copy} from './notice.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import {type Seer, whoSaw} from './who-saw.ts';

const words = detailsTexts.who;

@customElement('answer-card')
export class AnswerCard extends LitElement {
  static override styles = [...base, answerCardStyles];

  @property({attribute: false}) turn: Turn | undefined;

  readonly #copy = (): void => {
    if (this.turn !== undefined) void copy(this, reportOf(this.turn));
  };

  #fact({term, text, whole}: Fact): TemplateResult {
    return html`<dt>${term}</dt><dd>${whole === undefined ? text : html`<span class="mono">${text}</span>`}
      ${whole?.map((id) => html`<span class="whole mono">${id}</span>`)}</dd>`;
  }

  #seer({who, text, address, asked, amount}: Seer): TemplateResult {
    const {columns} = words;
    const cells = [[columns.text, text], [columns.address, address], [columns.asked, asked], [columns.amount, amount]] as const;
    return html`<tr role="row"><th role="rowheader" scope="row">${who}</th>
      ${cells.map(([column, cell]) => html`<td role="cell" data-column=${column}>${cell}</td>`)}</tr>`;
  }

  #who(provenance: Provenance): TemplateResult {
    return html`<h3 id="who">${words.heading}</h3>
      <table role="table" aria-labelledby="who">
        <thead role="rowgroup"><tr role="row">${Object.values(words.columns).map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}</tr></thead>
        <tbody role="rowgroup">${whoSaw(provenance).map((seer) => this.#seer(seer))}</tbody>
      </table>
      <p class="small"><a href="/privacy">${words.more}</a></p>`;
  }

  protected override render() {
    const {turn} = this;
    if (turn === undefined) return nothing;
    const {provenance} = turn;
    return html`<div class="card">
      ${provenance?.receipt === 'imported' ? html`<p class="note">${detailsTexts.imported}</p>` : nothing}
      <dl>${factsOf(turn).map((fact) => this.#fact(fact))}</dl>
      ${provenance === undefined ? nothing : html`<p class="soft small">${detailsTexts.receiptNote}</p>${this.#who(provenance)}`}
      <div><button type="button" class="little" @click=${this.#copy}>${copyIcon}${texts.details.copy}</button></div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'answer-card': AnswerCard;
  }
}
