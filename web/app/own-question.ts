/** The first job of this visit, and where none came yet, a question to oneself that gives a real receipt. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {OwnQuestion, OwnQuestionView} from '../state/own-question.ts';
import type {ShareView} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {formatPrice, formatSeconds} from './figures.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {shareRoomTexts} from './share-room-texts.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = shareRoomTexts.firstJob;

@customElement('own-question')
export class OwnQuestionCard extends LitElement {
  static override styles = [...base, cardStyles, css`
    .good {
      color: var(--good);
      font-weight: 600;
    }
  `];

  @property({attribute: false}) question: OwnQuestion | undefined;
  @property({attribute: false}) view: ShareView | undefined;
  readonly #asked = new Observe(this, () => this.question?.view);

  /** The first job of the visit, whoever asked. */
  #first({log, tokens}: ShareView): TemplateResult | typeof nothing {
    const first = log.findLast(({outcome}) => outcome === 'done');
    // A long visit has forgotten its first jobs.
    if (!first || tokens === 0) return nothing;
    return html`<p class="good">${words.first(formatSeconds(first.milliseconds), formatPrice(first.earned))}</p>`;
  }

  #answer(asked: OwnQuestionView): TemplateResult | typeof nothing {
    switch (asked.is) {
      case 'ready':
        return nothing;
      case 'asking':
        return html`<p>${words.asking}</p>`;
      case 'done':
        return html`<p>${words.own(formatSeconds(asked.milliseconds))}</p><p class="soft small">${words.answer(asked.text)}</p>`;
      case 'failed':
        return html`<p class="problem">${words.failed} ${texts.errors[asked.code]}</p>`;
    }
  }

  protected override render() {
    const {view} = this;
    const asked = this.#asked.value;
    if (!view || !asked || view.status.is !== 'ready') return nothing;
    const writes = view.choices.find(({id}) => id === view.choice)?.tasks.includes('chat') ?? false;
    const first = this.#first(view);
    // Who has a receipt needs no test.
    const offers = writes && view.paused === undefined && !view.asking.paid && first === nothing;
    if (first === nothing && !offers && asked.is === 'ready') return nothing;
    return html`<section class="card" aria-labelledby="first">
      <h2 id="first">${words.heading}</h2>
      <div role="status">${first}${this.#answer(asked)}</div>
      ${offers ? html`<div class="row"><button type="button" aria-disabled=${String(asked.is === 'asking')} @click=${() => attempt(this, this.question?.ask())}>${words.ask}</button></div>
        <p class="soft small">${words.note}</p>` : nothing}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'own-question': OwnQuestionCard;
  }
}
