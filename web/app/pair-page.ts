/** Pairing two devices: a code is shown here or taken here, both screens are compared, and both are paired. */
import {LitElement, html, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {live} from 'lit/directives/live.js';
import type {Pairing, PairingStep} from '../state/pairing-views.ts';
import type {AppServices} from '../state/services.ts';
import {formatTime} from './figures.ts';
import {copyIcon} from './icons.ts';
import {attempt, copy, tell} from './notice.ts';
import {Observe} from './observe.ts';
import {pageStyles} from './page-styles.ts';
import {pairPageStyles} from './pair-page-styles.ts';
import {pairingTexts} from './pairing-texts.ts';
import {go} from './router.ts';
import {base} from './styles.ts';
import './qr-code.ts';

const words = pairingTexts;
type Waiting = Extract<PairingStep, {is: 'waiting'}>;
type Comparing = Extract<PairingStep, {is: 'comparing'}>;

@customElement('pair-page')
export class PairPage extends LitElement {
  static override styles = [...base, pageStyles, pairPageStyles];

  @property({attribute: false}) services: AppServices | undefined;
  @state() private pairing: Pairing | undefined;
  /** Of the link that brought the person here; nothing is done with it before they say so. */
  @state() private invitation: string | undefined;
  @state() private typed = '';
  @state() private problem: string | undefined;
  readonly #view = new Observe(this, () => this.pairing?.view);
  #shown: PairingStep['is'] = 'idle';
  #gone: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#gone = new AbortController();
    addEventListener('hashchange', this.#takeInvitation, {signal: this.#gone.signal});
    this.#takeInvitation();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gone?.abort();
    this.pairing?.leave();
  }

  /** Out of the address bar at once: it is a secret until it is used. */
  readonly #takeInvitation = (): void => {
    const {hash} = location;
    if (hash.length < 2) return;
    history.replaceState(null, '', location.pathname);
    this.invitation = hash;
    this.pairing?.leave();
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('services')) return;
    void this.services?.pairing().then(
      (pairing) => {
        // One that another visit to this page left behind.
        pairing.leave();
        if (this.isConnected) this.pairing = pairing;
      },
      () => tell(this, words.notLoaded),
    );
  }

  protected override updated(): void {
    const step = this.#view.value?.step.is ?? 'idle';
    if (step === this.#shown) return;
    this.#shown = step;
    // What is to be done has changed: that is where to read on.
    this.renderRoot.querySelector<HTMLElement>('.step')?.focus({preventScroll: step === 'idle'});
  }

  readonly #host = (): void => attempt(this, this.pairing?.host());
  readonly #leave = (): void => this.pairing?.leave();
  readonly #agree = (): void => this.pairing?.answer(true);
  readonly #differ = (): void => this.pairing?.answer(false);
  readonly #rename = (event: Event): void => this.pairing?.call((event.target as HTMLInputElement).value);
  readonly #type = (event: Event): void => void (this.typed = (event.target as HTMLInputElement).value);
  readonly #refuse = (): void => void (this.invitation = undefined);

  readonly #accept = (): void => {
    const given = this.invitation ?? '';
    this.invitation = undefined;
    attempt(this, this.pairing?.join(given));
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.problem = this.typed.trim() === '' ? words.needCode : undefined;
    if (this.problem !== undefined) return;
    const given = this.typed;
    this.typed = '';
    attempt(this, this.pairing?.join(given));
  };

  readonly #ask = (): void => {
    this.services?.chat.begin();
    this.services?.chat.chooseLevel('mine');
    go('/chat');
  };

  #naming(name: string): TemplateResult {
    return html`<div class="field"><label for="name">${words.name}</label>
      <input id="name" autocomplete="off" maxlength="60" aria-describedby="about-name" .value=${live(name)} @change=${this.#rename}>
      <span class="soft small" id="about-name">${words.nameNote}</span></div>`;
  }

  #invited(name: string): TemplateResult {
    return html`<section class="card" aria-labelledby="invited">
      <h2 id="invited" class="step" tabindex="-1">${words.invitedHeading}</h2>
      <p>${words.invitedText}</p>
      ${this.#naming(name)}
      <div class="row"><button type="button" class="main" @click=${this.#accept}>${words.goOn}</button><button type="button" @click=${this.#refuse}>${words.notNow}</button></div>
    </section>`;
  }

  #choice(name: string): TemplateResult {
    return html`
      <p class="lead">${words.lead}</p>
      <section class="card" aria-labelledby="show">
        <h2 id="show" class="step" tabindex="-1">${words.showHeading}</h2>
        <p>${words.showText}</p>
        ${this.#naming(name)}
        <div class="row"><button type="button" class="main" @click=${this.#host}>${words.show}</button></div>
      </section>
      <section class="card" aria-labelledby="enter">
        <h2 id="enter">${words.enterHeading}</h2>
        <p>${words.enterText}</p>
        <form novalidate @submit=${this.#submit}>
          <div class="field"><label for="typed">${words.enter}</label>
            <input id="typed" class="typed" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder=${words.enterPlaceholder} aria-describedby="problem" .value=${live(this.typed)} @input=${this.#type}></div>
          <div id="problem" role="alert">${this.problem === undefined ? nothing : html`<p class="problem">${this.problem}</p>`}</div>
          <div class="row"><button type="submit">${words.connect}</button></div>
        </form>
      </section>`;
  }

  #waiting({code, link, until}: Waiting): TemplateResult {
    return html`<section class="card" aria-labelledby="waiting">
      <h2 id="waiting" class="step" tabindex="-1">${words.waitingHeading}</h2>
      <div class="invitation">
        <qr-code .text=${link} .label=${words.qr(code)}></qr-code>
        <div class="beside">
          <p>${words.waitingText}</p>
          <p class="soft small" id="code-label">${words.code}</p>
          <p class="code" aria-labelledby="code-label">${code}</p>
          <p class="soft small">${words.until(formatTime(until))}</p>
          <div class="row">
            <button type="button" @click=${() => void copy(this, code)}>${copyIcon}${words.copyCode}</button>
            <button type="button" @click=${() => void copy(this, link)}>${copyIcon}${words.copyLink}</button>
            <button type="button" class="bare" @click=${this.#leave}>${words.cancel}</button>
          </div>
        </div>
      </div>
      <details><summary>${words.linkText}</summary><code class="link mono">${link}</code></details>
    </section>`;
  }

  #comparing({name, comparison, agreed}: Comparing): TemplateResult {
    return html`<section class="card" aria-labelledby="comparing">
      <h2 id="comparing" class="step" tabindex="-1">${words.compareHeading(name)}</h2>
      <p id="how">${words.compareText}</p>
      <p class="comparison" role="group" aria-label=${words.comparison} data-comparison=${comparison}>${comparison.slice(0, 3)} ${comparison.slice(3)}</p>
      <p role="status" class="soft">${agreed ? words.waitingForOther(name) : nothing}</p>
      <div class="row">
        ${agreed ? html`<button type="button" @click=${this.#leave}>${words.cancel}</button>` : html`
          <button type="button" class="main" aria-describedby="how" @click=${this.#agree}>${words.same}</button>
          <button type="button" aria-describedby="how" @click=${this.#differ}>${words.differ}</button>`}
      </div>
    </section>`;
  }

  #step(step: PairingStep, name: string): TemplateResult {
    switch (step.is) {
      case 'idle':
        return this.invitation === undefined ? this.#choice(name) : this.#invited(name);
      case 'joining':
        return html`<section class="card"><p class="step" tabindex="-1" role="status">${words.joining}</p><div class="row"><button type="button" @click=${this.#leave}>${words.cancel}</button></div></section>`;
      case 'waiting':
        return this.#waiting(step);
      case 'comparing':
        return this.#comparing(step);
      case 'paired':
        return html`<section class="card"><h2 class="step" tabindex="-1">${words.pairedHeading(step.name)}</h2>
          <p>${words.pairedText}</p>
          <div class="row"><button type="button" class="main" @click=${this.#ask}>${words.ask}</button><button type="button" @click=${this.#leave}>${words.another}</button><a class="button bare" href="/settings">${words.toList}</a></div></section>`;
      case 'ended':
        return html`<section class="card"><h2 class="step" tabindex="-1">${words.endedHeading}</h2>
          <p class="problem" role="alert">${words.ends[step.why]}</p>
          <div class="row"><button type="button" class="main" @click=${this.#leave}>${words.again}</button></div></section>`;
    }
  }

  protected override render() {
    const view = this.#view.value;
    return html`<h1 tabindex="-1">${words.heading}</h1>${view === undefined ? nothing : this.#step(view.step, view.name)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pair-page': PairPage;
  }
}
