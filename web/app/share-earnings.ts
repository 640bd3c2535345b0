/** What sharing brought: today, in 7 days and in 30, as bars, as a table and as a file, and what an hour may bring by this computer's own figures. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {formatAmount} from '#protocol/amount.ts';
import {type Bar, barsOf, forecastOf, mostDays, noSums, type Period, plus, type Sums} from '../state/share-sums.ts';
import type {ShareBook} from '../state/share-book.ts';
import type {ShareView} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {csvOf} from './csv.ts';
import {download} from './download.ts';
import {factStyles} from './fact-styles.ts';
import {formatCoins, formatCount, formatSpan} from './figures.ts';
import {numberTableStyles} from './number-table-styles.ts';
import {Observe} from './observe.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {base} from './styles.ts';
import {shareTexts} from './share-texts.ts';
import {texts} from './texts.ts';
import {clockTime} from './week-names.ts';
import './bar-chart.ts';

const words = shareRoomTexts.earnings;
const periods: readonly Period[] = ['today', 'week', 'month'];

const span = (ms: number): string => (ms < 1000 ? words.noTime : formatSpan(ms / 1000));

/** The hour of a bar of today, the date of any other. */
function nameOf({at}: Bar, period: Period): string {
  return period === 'today' ? clockTime(at.getHours()) : new Intl.DateTimeFormat(texts.locale, {month: 'short', day: 'numeric'}).format(at);
}

const cellsOf = ({earned, jobs, lost, tokens, workMs, waitMs}: Sums): readonly string[] => [formatCoins(earned), formatCount(jobs), formatCount(lost), formatCount(tokens), span(workMs), span(waitMs)];

function csvRows(bars: readonly Bar[]): readonly (readonly (string | number)[])[] {
  const head = ['when', `earned_${texts.coin}`, 'jobs', 'not_finished', 'tokens', 'working_seconds', 'waiting_seconds'];
  return [head, ...bars.map(({id, sums}) => [id, formatAmount(sums.earned), sums.jobs, sums.lost, sums.tokens, Math.round(sums.workMs / 1000), Math.round(sums.waitMs / 1000)])];
}

@customElement('share-earnings')
export class ShareEarnings extends LitElement {
  static override styles = [...base, cardStyles, factStyles, numberTableStyles, css`
    h3 {
      font-size: 1rem;
    }

    .sum {
      font-size: 1.375rem;
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }

    button[aria-pressed='true'] {
      border-color: var(--accent);
      background: var(--accent-soft);
      color: var(--ink);
    }

    summary {
      min-height: var(--tap);
      align-content: center;
      cursor: pointer;
    }
  `];

  @property({attribute: false}) book: ShareBook | undefined;
  @property({attribute: false}) balance: ShareView['balance'];
  @state() private period: Period = 'today';
  readonly #view = new Observe(this, () => this.book?.view);

  #sums(sums: Sums): TemplateResult {
    return html`<p class="sum">${words.earned(formatCoins(sums.earned))}</p>
      <p class="soft small">${[words.jobs(sums.jobs), ...(sums.lost > 0 ? [words.lost(sums.lost)] : []), words.tokens(sums.tokens)].join(' · ')} · ${words.split(span(sums.workMs), span(sums.waitMs))}</p>`;
  }

  #chart(bars: readonly Bar[], sums: Sums): TemplateResult {
    const {period} = this;
    if (sums.jobs + sums.lost === 0 && sums.earned === 0n) return html`<p class="soft">${words.nothing}</p>`;
    const paid = sums.earned > 0n;
    const values = bars.map((bar) => (paid ? Number(bar.sums.earned) : bar.sums.jobs));
    const label = (paid ? words.chartEarned : words.chartJobs)(words.periods[period]);
    const most = Math.max(...values);
    const [first, last] = [bars[0], bars.at(-1)];
    return html`<bar-chart .label=${label} .values=${values} .first=${first ? nameOf(first, period) : ''} .last=${last ? nameOf(last, period) : ''}></bar-chart>
      <p class="soft small">${label} ${words.most(paid ? formatCoins(BigInt(most)) : words.jobs(most))}</p>`;
  }

  #table(bars: readonly Bar[]): TemplateResult {
    const {columns} = words;
    const told = bars.filter(({sums}) => Object.values(sums).some((value) => value > 0));
    return html`<details><summary>${words.table}</summary>
      <div class="frame" role="region" tabindex="0" aria-label=${words.table}><table>
        <thead><tr>${Object.values(columns).map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
        <tbody>${told.map((bar) => html`<tr><th scope="row">${nameOf(bar, this.period)}</th>${cellsOf(bar.sums).map((text) => html`<td>${text}</td>`)}</tr>`)}</tbody>
      </table></div>
    </details>`;
  }

  #forecast(): TemplateResult {
    const forecast = forecastOf(this.#view.value?.days ?? [], new Date());
    return html`<h3>${words.forecastHeading}</h3>
      ${forecast === undefined ? html`<p class="soft small">${words.forecastLater}</p>` : html`
        <p id="forecast">${forecast.high === 0n ? words.forecastNothing : forecast.low === 0n ? words.forecastZero(formatCoins(forecast.high)) : words.forecast(formatCoins(forecast.low), formatCoins(forecast.high))}</p>
        <p class="soft small">${forecast.low > 0n ? words.forecastMay : nothing} ${words.forecastHours(forecast.hours)}</p>`}`;
  }

  #balance(): TemplateResult | typeof nothing {
    if (!this.balance) return nothing;
    const {earned, collected} = this.balance;
    return html`<dl class="facts">
      <dt>${words.credited}</dt><dd class="number">${formatCoins(earned)}</dd>
      <dt>${words.collected}</dt><dd class="number">${formatCoins(collected)}</dd>
      <dt>${words.pending}</dt><dd class="number">${formatCoins(earned - collected)} · <a href="/wallet">${shareTexts.goCollect}</a></dd>
    </dl>`;
  }

  protected override render() {
    const bars = barsOf(this.#view.value?.days ?? [], {period: this.period, now: new Date()});
    const sums = bars.map((bar) => bar.sums).reduce(plus, noSums);
    return html`<section class="card" aria-labelledby="earnings">
      <h2 id="earnings">${words.heading}</h2>
      <div class="row" role="group" aria-label=${words.periodsLabel}>${periods.map((period) => html`
        <button type="button" class="little" aria-pressed=${String(period === this.period)} @click=${() => (this.period = period)}>${words.periods[period]}</button>`)}</div>
      <div role="status">${this.#sums(sums)}</div>
      ${this.#chart(bars, sums)}
      ${this.#table(bars)}
      <div class="row"><button type="button" class="little" @click=${() => download(words.csvFile, {text: csvOf(csvRows(bars)), type: 'text/csv'})}>${words.csv}</button></div>
      ${this.#balance()}
      ${this.#forecast()}
      <p class="soft small">${words.kept(mostDays)}</p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-earnings': ShareEarnings;
  }
}
