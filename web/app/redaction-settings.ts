/** Whether personal details are hidden from computers of the network, which more, and which not. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Redaction} from '../state/redaction-views.ts';
import type {AppServices} from '../state/services.ts';
import {cardStyles} from './card-styles.ts';
import {listStyles} from './list-styles.ts';
import {attempt, tell} from './notice.ts';
import {Observe} from './observe.ts';
import {redactionTexts} from './redaction-texts.ts';
import {base} from './styles.ts';

const words = redactionTexts;

@customElement('redaction-settings')
export class RedactionSettings extends LitElement {
  static override styles = [...base, cardStyles, listStyles, css`
    label.choice {
      cursor: pointer;
    }

    .choice > span, form {
      display: grid;
      gap: 4px;
    }

    form {
      gap: 12px;
    }

    h3 {
      font-size: 1rem;
      font-weight: 650;
    }

    li span {
      min-width: 0;
      overflow-wrap: anywhere;
    }
  `];

  @property({attribute: false}) services: Pick<AppServices, 'redaction'> | undefined;
  @state() private redaction: Redaction | undefined;
  readonly #view = new Observe(this, () => this.redaction?.view);

  protected override firstUpdated(): void {
    attempt(this, this.services?.redaction().then((redaction) => (this.redaction = redaction)));
  }

  readonly #turn = (event: Event): void => attempt(this, this.redaction?.turn((event.target as HTMLInputElement).checked));

  readonly #save = (event: Event): void => {
    event.preventDefault();
    const lines = this.renderRoot.querySelector('textarea')?.value.split('\n') ?? [];
    attempt(this, this.redaction?.setTerms(lines).then(() => tell(this, words.saved)));
  };

  #spared(asIs: readonly string[]): TemplateResult | typeof nothing {
    if (asIs.length === 0) return nothing;
    return html`<h3>${words.asIs}</h3>
      <ul>${asIs.map((value) => html`<li><span>${value}</span>
        <button type="button" class="little" aria-label=${words.hideAgainNamed(value)} @click=${() => attempt(this, this.redaction?.hideAgain(value))}>${words.hideAgain}</button></li>`)}</ul>`;
  }

  protected override render() {
    const view = this.#view.value;
    if (view === undefined) return nothing;
    return html`<section class="card" aria-labelledby="redaction">
      <h2 id="redaction">${words.heading}</h2>
      <label class="choice">
        <input type="checkbox" role="switch" aria-labelledby="on" aria-describedby="about honest" .checked=${live(view.on)} @change=${this.#turn}>
        <span><span id="on">${words.on}</span><span class="soft small" id="about">${words.onNote}</span></span>
      </label>
      <p class="soft small" id="honest">${words.honest}</p>
      ${view.on ? html`<form @submit=${this.#save}>
        <div class="field"><label for="terms">${words.terms}</label>
          <textarea id="terms" rows="3" spellcheck="false" placeholder=${words.termsPlaceholder} aria-describedby="about-terms" .value=${view.terms.join('\n')}></textarea>
          <span class="soft small" id="about-terms">${words.termsNote}</span></div>
        <div class="row"><button type="submit">${words.saveTerms}</button></div>
      </form>${this.#spared(view.asIs)}` : nothing}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'redaction-settings': RedactionSettings;
  }
}
