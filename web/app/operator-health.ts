/** How the relay does: numbers of now with curves of what was seen, and outcomes of the last minutes. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {CodeCount, Overview, Sample, Spread} from '../state/operator-views.ts';
import {cardStyles} from './card-styles.ts';
import {factStyles} from './fact-styles.ts';
import {formatCount, formatPercent, formatSeconds} from './figures.ts';
import {operatorTexts} from './operator-texts.ts';
import {base} from './styles.ts';
import './spark-line.ts';

const words = operatorTexts.health;
const recentWords = operatorTexts.recent;

@customElement('operator-health')
export class OperatorHealth extends LitElement {
  static override styles = [...base, cardStyles, factStyles, css`
    .curves {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(140px, 1fr));
      gap: 16px;
    }

    .curves div {
      display: grid;
      gap: 6px;
    }

    .codes {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
      gap: 12px 24px;
    }

    h3 {
      font-size: 0.875rem;
      font-weight: 600;
    }

    ol {
      padding: 0;
      list-style: none;
      font-size: 0.875rem;
    }

    li {
      display: flex;
      justify-content: space-between;
      gap: 12px;
    }
  `];

  @property({attribute: false}) overview: Overview | undefined;
  @property({attribute: false}) samples: readonly Sample[] = [];

  #figures(all: readonly (readonly [term: string, figure: string])[]): TemplateResult {
    return html`<dl class="figures">${all.map(([term, figure]) => html`<div><dt>${term}</dt><dd>${figure}</dd></div>`)}</dl>`;
  }

  #now({nodes, jobs, links, turnIssued}: Overview): TemplateResult {
    const {websocket, webrtc} = links.node;
    const share = websocket + webrtc === 0 ? operatorTexts.none : formatPercent(webrtc / (websocket + webrtc));
    return this.#figures([
      [words.computers, formatCount(nodes.here)],
      [words.ready, formatCount(nodes.idle)],
      [words.busy, formatCount(nodes.busy)],
      [words.clients, formatCount(links.client)],
      [words.running, formatCount(jobs.running)],
      [words.waiting, formatCount(jobs.waiting)],
      [words.webrtc, share],
      ...(turnIssued === undefined ? [] : [[words.turn, formatCount(turnIssued)] as const]),
    ]);
  }

  #curve(name: string, values: readonly number[]): TemplateResult {
    const label = words.curve(name, formatCount(values.at(-1) ?? 0), formatCount(Math.max(0, ...values)));
    return html`<div><span class="soft small">${label}</span><spark-line .values=${values} .label=${label}></spark-line></div>`;
  }

  #curves(): TemplateResult {
    const {samples} = this;
    return html`<h3>${words.curves}</h3><div class="curves">
      ${this.#curve(words.waiting, samples.map(({waiting}) => waiting))}
      ${this.#curve(words.running, samples.map(({running}) => running))}
      ${this.#curve(words.ready, samples.map(({idle}) => idle))}
    </div>`;
  }

  #spread(term: string, {p50, p95}: Spread): TemplateResult {
    return html`<dt>${term}</dt><dd>${p50 === undefined || p95 === undefined ? operatorTexts.none : recentWords.spread(formatSeconds(p50), formatSeconds(p95))}</dd>`;
  }

  #codes(heading: string, codes: readonly CodeCount[]): TemplateResult {
    return html`<div><h3>${heading}</h3>${codes.length === 0 ? html`<p class="soft small">${recentWords.nothing}</p>` : html`<ol>${codes.map(({code, count}) => html`<li><span class="mono">${code}</span><span class="number">${formatCount(count)}</span></li>`)}</ol>`}</div>`;
  }

  #recent({recent: {minutes, outcomes, match, firstFrame, failures, refusals}}: Overview): TemplateResult {
    const names = ['asked', 'released', 'cancelled', 'redirected', 'failed'] as const;
    return html`<section class="card" aria-labelledby="recent">
      <h2 id="recent">${recentWords.heading(minutes)}</h2>
      ${this.#figures(names.map((name) => [recentWords[name], formatCount(outcomes[name])]))}
      <dl class="facts">${this.#spread(recentWords.match, match)}${this.#spread(recentWords.firstFrame, firstFrame)}</dl>
      <div class="codes">${this.#codes(recentWords.failures, failures)}${this.#codes(recentWords.refusals, refusals)}</div>
    </section>`;
  }

  protected override render() {
    const {overview} = this;
    if (overview === undefined) return nothing;
    const {hidden, closed, paused} = overview.nodes;
    return html`<section class="card" aria-labelledby="now">
        <h2 id="now">${words.heading}</h2>
        ${this.#now(overview)}
        ${hidden + closed + paused === 0 ? nothing : html`<p class="soft small">${words.notReady(hidden, closed, paused)}</p>`}
        ${this.#curves()}
      </section>
      ${this.#recent(overview)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'operator-health': OperatorHealth;
  }
}
