/** On the page for sharing: through which relays of other operators people can ask this computer too, and that they ask it for free. */
import {LitElement, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Relays} from '../state/relay-views.ts';
import {cardStyles} from './card-styles.ts';
import {factStyles} from './fact-styles.ts';
import {Observe} from './observe.ts';
import {nameOf, sharingText} from './relay-facts.ts';
import {relayTexts} from './relay-texts.ts';
import {base} from './styles.ts';
import {texts} from './texts.ts';

const words = relayTexts;

@customElement('share-relays')
export class ShareRelays extends LitElement {
  static override styles = [...base, cardStyles, factStyles];

  @property({attribute: false}) relays: Relays | undefined;
  /** Whether this computer asks a price at its own relay. */
  @property({type: Boolean}) paid = false;
  readonly #view = new Observe(this, () => this.relays?.view);

  protected override render() {
    const chosen = this.#view.value?.others.filter((relay) => relay.chosen) ?? [];
    if (chosen.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="elsewhere">
      <h2 id="elsewhere">${words.shareHeading}</h2>
      <p class=${this.paid ? 'note' : 'soft small'}>${this.paid ? words.shareFree : words.shareNote}</p>
      <dl class="facts">${chosen.map((relay) => html`<dt>${nameOf(relay)}</dt><dd>${relay.sharing === undefined ? words.shareIdle : sharingText(relay.sharing)}</dd>`)}</dl>
      <p class="small"><a href="/settings">${texts.shell.settings}</a></p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-relays': ShareRelays;
  }
}
