/** Under Settings: the relay of this app, and those of other operators, to be chosen one by one. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import {shortId} from '#protocol/ids.ts';
import type {Relays, RelayView} from '../state/relay-views.ts';
import {cardStyles} from './card-styles.ts';
import {factStyles} from './fact-styles.ts';
import {hostOf} from './host-of.ts';
import {listStyles} from './list-styles.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {nameOf, type RelayFact, recordFacts, sharingText, stateText} from './relay-facts.ts';
import {relayTexts} from './relay-texts.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = relayTexts;

@customElement('relay-list')
export class RelayList extends LitElement {
  static override styles = [...base, cardStyles, listStyles, factStyles, css`
    h3 {
      font-size: 1rem;
      font-weight: 650;
    }

    li {
      display: grid;
      justify-content: stretch;
    }

    .choice > span {
      display: grid;
    }

    details > :not(summary) {
      margin-top: 8px;
    }
  `];

  @property({attribute: false}) relays: Relays | undefined;
  readonly #view = new Observe(this, () => this.relays?.view);

  #choose(address: string, event: Event): void {
    attempt(this, this.relays?.choose(address, (event.target as HTMLInputElement).checked));
  }

  #fact({term, text, href}: RelayFact): TemplateResult {
    return html`<dt>${term}</dt><dd>${href === undefined ? text : html`<a href=${href} target="_blank" rel="noopener noreferrer">${text}</a>`}</dd>`;
  }

  #facts({record, key, sharing, address}: RelayView): TemplateResult | typeof nothing {
    if (record === undefined) return nothing;
    return html`<details><summary>${texts.details.summary}</summary>
      <dl class="facts">${recordFacts(record).map((fact) => this.#fact(fact))}
        ${sharing === undefined ? nothing : html`<dt>${words.sharing}</dt><dd>${sharingText(sharing)}</dd>`}</dl>
      <p class="soft small">${address !== '' && key === record.relay ? words.pinned : words.checked}</p>
    </details>`;
  }

  #changed({address, key, changedTo}: RelayView): TemplateResult | typeof nothing {
    if (changedTo === undefined) return nothing;
    return html`<div class="problem" role="alert">
      <p><strong>${words.changedTitle}</strong></p>
      <p>${words.changedText}</p>
      <dl class="facts"><dt>${words.before}</dt><dd class="mono">${shortId(key ?? '')}</dd><dt>${words.now}</dt><dd class="mono">${shortId(changedTo)}</dd></dl>
      <div class="row"><button type="button" class="danger" @click=${() => attempt(this, this.relays?.trust(address))}>${words.trust}</button></div>
    </div>`;
  }

  #other(relay: RelayView, index: number): TemplateResult {
    const {address, chosen, link, key} = relay;
    const isOwn = key !== undefined && key === this.#view.value?.own.key;
    return html`<li data-relay=${address} data-link=${link.is}>
      <label class="choice">
        <input type="checkbox" aria-labelledby=${`relay-${index}`} aria-describedby=${`state-${index} meaning`} .checked=${live(chosen)} @change=${(event: Event) => this.#choose(address, event)}>
        <span><span id=${`relay-${index}`}>${nameOf(relay)}</span>${nameOf(relay) === hostOf(address) ? nothing : html`<span class="soft small">${hostOf(address)}</span>`}<span class="soft small" id=${`state-${index}`} role="status">${isOwn ? words.same : stateText(link)}</span></span>
      </label>
      ${this.#changed(relay)}
      ${this.#facts(relay)}
    </li>`;
  }

  protected override render() {
    const view = this.#view.value;
    if (view === undefined) return nothing;
    const {own, others} = view;
    return html`<section class="card" aria-labelledby="relays">
      <h2 id="relays">${words.heading}</h2>
      <p>${words.text}</p>
      <h3>${words.own}</h3>
      <p>${nameOf(own)} <span class="soft small">${stateText(own.link)}</span></p>
      ${this.#facts(own)}
      <h3>${words.others}</h3>
      ${others.length === 0 ? html`<p class="soft">${words.noOthers}</p>` : html`<p class="soft small" id="meaning">${words.meaning}</p>
        <ul>${others.map((relay, index) => this.#other(relay, index))}</ul>`}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'relay-list': RelayList;
  }
}
