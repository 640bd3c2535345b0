/** The result of a task: how far it is, what was found, how it ended, who could read it and what it cost. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {ifDefined} from 'lit/directives/if-defined.js';
import type {TaskResult} from '../state/task-views.ts';
import type {Stage, Wait} from '../state/views.ts';
import {lineOf, stageText} from './answer-facts.ts';
import {copyIcon} from './icons.ts';
import {markdownStyles} from './markdown-view.ts';
import {copy} from './notice.ts';
import {base} from './styles.ts';
import {foundOf} from './task-found.ts';
import {foundStyles} from './task-found-styles.ts';
import {taskTexts} from './task-texts.ts';
import {texts} from './texts.ts';
import './answer-details.ts';

const words = taskTexts;

@customElement('task-result')
export class TaskResultView extends LitElement {
  static override styles = [...base, markdownStyles, foundStyles, css`
    article {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 14px;
    }

    .stage {
      color: var(--ink-soft);
    }

    .problem {
      padding: 12px 14px;
      border: 1px solid var(--bad);
      border-radius: var(--radius);
      background: var(--bad-soft);
    }

    .valid { color: var(--good); }
    .invalid { color: var(--bad); font-weight: 600; }
    .valid, .invalid { white-space: nowrap; }
  `];

  @property({attribute: false}) result: TaskResult | undefined;
  /** What it waits for; `idle` when it is over. */
  @property() stage: Stage = 'idle';
  @property({attribute: false}) wait: Wait | undefined;

  readonly #copy = (text: string): void => void copy(this, text);

  #progress({jobs, turn}: TaskResult) {
    if (turn.status !== 'streaming') return nothing;
    const several = jobs.all > 1;
    return html`<p class="stage">${stageText(this.stage, this.wait)} ${several ? words.jobsDone(jobs.done, jobs.all) : nothing}</p>
      ${several ? html`<progress aria-label=${words.jobsDone(jobs.done, jobs.all)} max=${jobs.all} .value=${jobs.done}></progress>` : nothing}`;
  }

  #end({task, turn}: TaskResult) {
    const {provenance, status} = turn;
    if (status === 'streaming') return nothing;
    return html`
      ${task === 'image-text' && turn.text !== '' ? html`<div class="saves"><button type="button" class="little" @click=${() => this.#copy(turn.text)}>${copyIcon}${texts.chat.copy}</button></div>` : nothing}
      ${status === 'stopped' ? html`<p class="soft small">${texts.chat.stopped}</p>` : nothing}
      ${status === 'failed' ? html`<p class="problem">${texts.errors[turn.error ?? 'internal']}</p>` : nothing}
      ${provenance === undefined ? nothing : html`<p class="small soft number">${lineOf(provenance).join(' · ')} ·
        <span class=${provenance.receipt}>${texts.receipt.short[provenance.receipt]}</span></p>`}
      <answer-details .turn=${turn}></answer-details>`;
  }

  protected override render() {
    const {result} = this;
    if (result === undefined) return nothing;
    const {turn, task, jobs, items} = result;
    return html`<article data-task=${task} data-status=${turn.status} data-receipt=${ifDefined(turn.provenance?.receipt)} data-items=${items.length} data-jobs="${jobs.done}/${jobs.all}">
      <h2>${words.result}</h2>
      ${foundOf(result, this.#copy)}
      ${this.#progress(result)}
      ${this.#end(result)}
    </article>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'task-result': TaskResultView;
  }
}
