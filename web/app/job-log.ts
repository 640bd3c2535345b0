/** The jobs that this computer did: times and counts, never content. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {shortId} from '#protocol/ids.ts';
import type {JobEntry} from '../state/views.ts';
import {formatCount, formatPrice, formatSeconds, formatTime} from './figures.ts';
import {numberTableStyles} from './number-table-styles.ts';
import {shareRoomTexts as room} from './share-room-texts.ts';
import {shareTexts} from './share-texts.ts';
import {base} from './styles.ts';

const words = shareTexts;

@customElement('job-log')
export class JobLog extends LitElement {
  static override styles = [...base, numberTableStyles, css`
    .count {
      text-align: right;
    }

    .failed {
      color: var(--bad);
    }

    tr:last-child td {
      border-bottom: 0;
    }
  `];

  @property({attribute: false}) jobs: readonly JobEntry[] = [];
  @property({type: Number}) most = 50;

  #row({at, handle, tokens, milliseconds, outcome, task, earned}: JobEntry): TemplateResult {
    return html`<tr>
      <td>${formatTime(at)}</td>
      <td class="mono">${shortId(handle)}</td>
      <td>${task ?? '–'}</td>
      <td class="count">${formatCount(tokens)}</td>
      <td class="count">${formatSeconds(milliseconds)}</td>
      <td class="count">${formatPrice(earned)}</td>
      <td class=${outcome}>${words.outcomes[outcome]}</td>
      <td>${outcome === 'done' ? room.jobLog.isSigned : room.jobLog.notSigned}</td>
    </tr>`;
  }

  protected override render() {
    if (this.jobs.length === 0) return html`<p class="soft">${words.logEmpty}</p>`;
    const {most} = this;
    const newest = this.jobs.toSorted((a, b) => b.at - a.at).slice(0, most);
    const {columns} = words;
    return html`
      <div class="frame" role="region" tabindex="0" aria-label=${words.logTable}>
        <table>
          <thead><tr>
            <th scope="col">${columns.at}</th><th scope="col">${columns.handle}</th><th scope="col">${room.jobLog.type}</th><th scope="col" class="count">${columns.tokens}</th>
            <th scope="col" class="count">${columns.time}</th><th scope="col" class="count">${room.jobLog.earned}</th><th scope="col">${columns.outcome}</th><th scope="col">${room.jobLog.signed}</th>
          </tr></thead>
          <tbody>${newest.map((job) => this.#row(job))}</tbody>
        </table>
      </div>
      ${this.jobs.length > most ? html`<p class="soft small">${words.logCut(most, this.jobs.length)}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'job-log': JobLog;
  }
}
