/** Today at a glance: what sharing brought, how much the shared model is in demand, and whether it starts by itself. */
import {LitElement, html, nothing, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {Network} from '../state/network-views.ts';
import type {ShareRoom} from '../state/share-room.ts';
import {dayId, sumsOfDay} from '../state/share-sums.ts';
import type {ShareView} from '../state/views.ts';
import {cardStyles} from './card-styles.ts';
import {formatCoins} from './figures.ts';
import {attempt} from './notice.ts';
import {Observe} from './observe.ts';
import {shareRoomTexts as words} from './share-room-texts.ts';
import {base} from './styles.ts';
import './model-demand.ts';

@customElement('share-today')
export class ShareToday extends LitElement {
  static override styles = [...base, cardStyles];

  @property({attribute: false}) rooms: ShareRoom | undefined;
  @property({attribute: false}) view: ShareView | undefined;
  @property({attribute: false}) network: Network | undefined;
  readonly #book = new Observe(this, () => this.rooms?.book.view);
  readonly #habits = new Observe(this, () => this.rooms?.habits.view);

  #autostart(): TemplateResult | typeof nothing {
    if (this.#habits.value?.chosen.autostart !== true) return nothing;
    return html`<div class="row" id="autostart"><span>${words.habits.autostarts}</span>
      <button type="button" class="little" @click=${() => attempt(this, this.rooms?.habits.choose('autostart', false))}>${words.habits.stopAutostart}</button></div>`;
  }

  protected override render() {
    const {view} = this;
    if (view === undefined) return nothing;
    const {earned, jobs} = sumsOfDay(this.#book.value?.days.find(({id}) => id === dayId(new Date())));
    const {models = [], label = ''} = view.choices.find(({id}) => id === view.choice) ?? {};
    return html`<section class="card" aria-labelledby="today">
      <h2 id="today">${words.today.heading}</h2>
      <p>${words.earnings.earned(formatCoins(earned))} · ${words.earnings.jobs(jobs)} <a class="small" href="/share/jobs">${words.seeJobs}</a></p>
      <div><p class="soft small">${label}</p><model-demand .network=${this.network} .models=${models}></model-demand></div>
      ${this.#autostart()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'share-today': ShareToday;
  }
}
