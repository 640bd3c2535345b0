/** While sharing: what happens now, the figures, and how to stop. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {shortId} from '#protocol/ids.ts';
import type {Download, NodeStatus, Share, ShareView} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {formatBytes, formatCoins, formatCount, formatPercent, formatRate, formatSpan, formatTime} from './figures.ts';
import {factStyles} from './fact-styles.ts';
import {attempt} from './notice.ts';
import {shareRoomTexts as room} from './share-room-texts.ts';
import {nextWords} from './share-schedule.ts';
import {shareTexts} from './share-texts.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';
import './share-pause.ts';

const words = shareTexts;

/** Why it has no job. */
function idleSentence(idle: ShareView['idle']): string {
  switch (idle?.reason) {
    case undefined:
      return words.statuses.idle;
    case 'nobody-asks':
      return words.idle.nobodyAsks;
    case 'one-at-a-time':
      return words.idle.oneAtATime;
    case 'paused':
      return `${words.idle.paused(formatTime(idle.until * 1000), words.idle.troubles[idle.trouble])} ${words.fix} ${room.troubleFixes[idle.trouble]}`;
  }
}

/** The node says in its own words what it does; an engine that says more than we know prepares. */
const stepOf = (what: string): string => Object.entries(words.steps).find(([step]) => step === what)?.[1] ?? words.steps.prepare;

/** Engines name themselves; what is no name in it follows the language. */
const engineOf = (engine: string): string => engine.replace('WebAssembly on the processor', words.wasmEngine);

/** One sentence for what the node does now. */
function sentence({status, paused, idle, limits, measured}: ShareView): string {
  switch (status.is) {
    case 'loading':
      return measured === 'measuring' ? room.check.running : words.statuses.loading(stepOf(status.what));
    case 'ready':
      if (status.jobs > 0) return [words.statuses.working(status.jobs), ...(idle?.reason === 'one-at-a-time' ? [words.idle.oneAtATime] : [])].join(' ');
      return paused === undefined ? idleSentence(idle) : [words.pauses[paused], ...(paused === 'hours' ? [nextWords(limits.week, new Date())] : [])].join(' ');
    case 'finishing':
      return words.statuses.finishing(status.jobs);
    case 'recovering':
      return words.statuses.recovering(texts.errors[status.code]);
    case 'reconnecting':
      return status.keptOut ? words.statuses.keptOut : words.statuses.reconnecting;
    case 'off':
    case 'connecting':
    case 'failed':
      return words.statuses[status.is];
  }
}

/** The same for a screen reader, which hears of loading only at each quarter. */
const spoken = (view: ShareView): string =>
  view.status.is === 'loading' ? texts.status.loading(formatPercent(Math.floor(view.status.part * 4) / 4)) : sentence(view);

/** "12 MB of 290 MB · 3.4 MB per second · about 2 min left" */
function aboutDownload({bytes, total, bytesPerSecond, etaSeconds}: Download): string {
  const parts = [words.downloaded(formatBytes(bytes), formatBytes(total))];
  if (bytesPerSecond > 0) parts.push(words.speed(formatBytes(bytesPerSecond)));
  if (etaSeconds !== undefined && bytes < total) parts.push(words.left(formatSpan(etaSeconds)));
  return parts.join(' · ');
}

@customElement('share-running')
export class ShareRunning extends LitElement {
  static override styles = [...base, cardStyles, factStyles, css`
    .now {
      font-size: 1.0625rem;
    }

    progress {
      flex: 1 1 0;
    }

    .row-of-speed,
    .whole {
      display: block;
    }

    .whole {
      color: var(--ink-soft);
    }

    @media (max-width: 719px) {
      .row button { flex: 1 1 auto; }
    }
  `];

  @property({attribute: false}) share: Share | undefined;
  @property({attribute: false}) view: ShareView | undefined;
  /** Whether the relay takes money. */
  @property({type: Boolean}) paying = false;

  readonly #finish = (): void => attempt(this, this.share?.finish());
  readonly #stop = (): void => attempt(this, this.share?.stopNow());

  #progress({part, download}: Extract<NodeStatus, {is: 'loading'}>): TemplateResult {
    return html`<div class="row"><progress max="1" .value=${part} aria-label=${words.progress}></progress>
      <span class="number soft">${formatPercent(part)}</span></div>
      ${download === undefined ? nothing : html`<p class="soft small" id="download">${aboutDownload(download)}</p>`}`;
  }

  #buttons(status: NodeStatus): TemplateResult {
    const mayFinish = status.is === 'ready' || status.is === 'reconnecting';
    return html`<div class="row">
      ${mayFinish ? html`<button type="button" @click=${this.#finish}>${texts.status.finish}</button>` : nothing}
      <button type="button" class="danger" @click=${this.#stop}>${texts.status.stop}</button>
    </div>`;
  }

  #figures({jobsDone, tokens, tokensPerSecond}: ShareView): TemplateResult {
    return html`<dl class="figures">
      <div><dt>${words.jobsDone}</dt><dd>${formatCount(jobsDone)}</dd></div>
      <div><dt>${words.tokens}</dt><dd>${formatCount(tokens)}</dd></div>
      <div><dt>${words.rate}</dt><dd>${tokensPerSecond > 0 ? formatRate(tokensPerSecond) : '–'}</dd></div>
    </dl>`;
  }

  #facts(view: ShareView): TemplateResult {
    const {node} = view;
    const model = view.choices.find(({id}) => id === view.choice);
    return html`<dl class="facts">
      <dt>${words.linkTerm}</dt><dd>${view.link === undefined ? words.noLink : words.link[view.link]}</dd>
      ${model === undefined ? nothing : html`<dt>${words.modelHeading}</dt><dd>${model.label}${model.demo ? ` (${words.demo})` : ''}</dd>`}
      <dt>${words.runsOn}</dt><dd>${words.device[view.device]}</dd>
      ${typeof view.measured === 'object' ? html`<dt>${room.check.term}</dt><dd id="check">${room.check.result(formatBytes(view.measured.bytesPerSecond), view.measured.correct)}</dd>` : nothing}
      ${view.engine === '' ? nothing : html`<dt>${words.engine}</dt><dd>${engineOf(view.engine)}</dd>`}
      ${view.speeds.length === 0 ? nothing : html`<dt>${words.measuredTerm}</dt><dd>${view.speeds.map((row) => html`<span class="row-of-speed">${words.measuredSpeed({...row, decode: row.decode === 0 ? undefined : formatRate(row.decode / 10), prefill: row.prefill === 0 ? undefined : formatCount(row.prefill)})}</span>`)}</dd>`}
      ${node === undefined ? nothing : html`<dt>${words.key}</dt><dd><span class="mono">${shortId(node)}</span><span class="whole mono">${node}</span></dd>`}
    </dl>`;
  }

  #balance({balance, asking, status}: ShareView): TemplateResult | typeof nothing {
    if (balance === undefined) return asking.paid && status.is === 'ready' && this.paying ? html`<p class="note">${words.unbound} <a href="/wallet">${texts.wallet.page}</a></p>` : nothing;
    return html`<dl class="facts" id="balance">
      <dt>${words.earned}</dt><dd class="number">${formatCoins(balance.earned)}</dd>
      <dt>${words.toCollect}</dt><dd class="number">${formatCoins(balance.earned - balance.collected)} · <a href="/wallet">${words.goCollect}</a></dd>
    </dl>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {status} = view;
    return html`<section class="card" aria-labelledby="status">
      <h2 id="status">${words.statusHeading}</h2>
      <p class="now">${sentence(view)}</p>
      <p class="unseen" role="status">${spoken(view)}</p>
      ${status.is === 'loading' ? this.#progress(status) : nothing}
      ${this.#buttons(status)}
      <share-pause .share=${this.share} .view=${view}></share-pause>
      ${this.#figures(view)}
      ${this.#balance(view)}
      ${this.#facts(view)}
      ${view.elsewhere ? nothing : html`<p class="soft small">${words.keepOpen}</p>`}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-running': ShareRunning;
  }
}
