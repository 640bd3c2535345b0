/** The jobs that this browser keeps a line of, through reloads and in all of its tabs, and as a file. */
import {LitElement, html, nothing, type PropertyValues} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {formatAmount} from '#protocol/amount.ts';
import {type JobRecord, mostJobs} from '../state/share-sums.ts';
import type {ShareBook} from '../state/share-book.ts';
import {cardStyles} from './card-styles.ts';
import {csvOf} from './csv.ts';
import {download} from './download.ts';
import {Observe} from './observe.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {base} from './styles.ts';
import {shareTexts} from './share-texts.ts';
import {texts} from './texts.ts';
import './job-log.ts';

const words = shareTexts;

function csvRows(jobs: readonly JobRecord[]): readonly (readonly (string | number)[])[] {
  const head = ['when', 'job', 'type', 'tokens', 'milliseconds', `earned_${texts.coin}`, 'outcome'];
  return [head, ...jobs.map(({at, handle, task, tokens, milliseconds, earned, outcome}) => [new Date(at).toISOString(), handle, task ?? '', tokens, Math.round(milliseconds), formatAmount(earned), outcome])];
}

@customElement('share-jobs')
export class ShareJobs extends LitElement {
  static override styles = [...base, cardStyles];

  @property({attribute: false}) book: ShareBook | undefined;
  readonly #view = new Observe(this, () => this.book?.view);

  protected override updated(changed: PropertyValues): void {
    // Where the browser keeps nothing there is nothing to read.
    if (changed.has('book')) void this.book?.look().catch(() => {});
  }

  protected override render() {
    const jobs = this.#view.value?.jobs ?? [];
    const {jobLog} = shareRoomTexts;
    return html`<section class="card" aria-labelledby="jobs">
      <h2 id="jobs">${words.logHeading}</h2>
      <p class="soft small">${words.logNote} ${jobLog.bound(mostJobs)}</p>
      <job-log .jobs=${jobs}></job-log>
      ${jobs.length === 0 ? nothing : html`<div class="row"><button type="button" class="little" @click=${() => download(jobLog.csvFile, {text: csvOf(csvRows(jobs)), type: 'text/csv'})}>${jobLog.csv}</button></div>`}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-jobs': ShareJobs;
  }
}
