/** What the operator can do: take no new jobs, tell everybody something, keep somebody out and let him in again. */
import {LitElement, css, html, nothing, type TemplateResult} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {shortId} from '#protocol/ids.ts';
import type {Operator, OperatorAct, OperatorBan, Sight} from '../state/operator-views.ts';
import {cardStyles} from './card-styles.ts';
import type {ConfirmDialog} from './confirm-dialog.ts';
import {formatMoment} from './figures.ts';
import {listStyles} from './list-styles.ts';
import {attempt, tell} from './notice.ts';
import {operatorTexts} from './operator-texts.ts';
import {base} from './styles.ts';
import './confirm-dialog.ts';

const words = operatorTexts.bans;
const drainWords = operatorTexts.drain;
const noticeWords = operatorTexts.notice;
const mostNotice = 280;
/** A computer's key, or what may be an address: the relay looks closer. */
const someone = /^([\da-f]{64}|[\d.]{7,15}|[\da-f:.]{2,45}(\/56)?)$/i;
const nameOf = (key: string): string => (key.length === 64 ? shortId(key) : key);

@customElement('operator-acts')
export class OperatorActs extends LitElement {
  static override styles = [...base, cardStyles, listStyles, css`
    form {
      display: grid;
      gap: 12px;
    }

    #wrong:empty {
      display: none;
    }

    form .pair {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
      gap: 12px;
    }

    li > span {
      min-width: 0;
      display: grid;
      overflow-wrap: anywhere;
    }
  `];

  @property({attribute: false}) operator: Operator | undefined;
  @property({attribute: false}) sight: Sight | undefined;
  @state() private who = '';
  @state() private isWrong = false;
  /** What is being written; undefined shows the relay's own. */
  @state() private draft: string | undefined;

  /** Whom the form is about; focuses it. */
  propose(who: string): void {
    this.who = who;
    this.isWrong = false;
    const field = this.renderRoot.querySelector<HTMLInputElement>('#who');
    field?.scrollIntoView({block: 'center'});
    void this.updateComplete.then(() => field?.focus({preventScroll: true}));
  }

  async #act(act: OperatorAct, done: string): Promise<boolean> {
    const result = await this.operator?.act(act);
    const {refused, shut} = operatorTexts;
    tell(this, result === undefined || result === 'refused' ? refused : result === 'done' ? done : shut[result]);
    return result === 'done';
  }

  async #toggle(paused: boolean): Promise<void> {
    const dialog: ConfirmDialog | null = this.renderRoot.querySelector('confirm-dialog');
    const {title, text, stop: yes, keep: no, on, off} = drainWords;
    if (!paused && (await dialog?.ask({title, text, yes, no})) !== true) return;
    await this.#act({act: 'drain', on: !paused}, paused ? off : on);
  }

  #drain({paused}: Sight['overview']['relay']): TemplateResult {
    return html`<section class="card" aria-labelledby="drain"><h2 id="drain">${drainWords.heading}</h2>
      <p role="status" data-paused=${paused}>${paused ? drainWords.on : drainWords.off}</p>
      <div class="row"><button type="button" class=${paused ? 'main' : 'danger'} @click=${() => attempt(this, this.#toggle(paused))}>${paused ? drainWords.go : drainWords.stop}</button></div>
    </section>`;
  }

  readonly #tell = (event: Event): void => {
    event.preventDefault();
    attempt(this, this.#show(this.draft ?? this.sight?.overview.notice ?? ''));
  };

  async #show(text: string): Promise<void> {
    const {shown, removed} = noticeWords;
    if (await this.#act({act: 'notice', text}, text.trim() === '' ? removed : shown)) this.draft = undefined;
  }

  #notice(notice: string): TemplateResult {
    const text = this.draft ?? notice;
    const write = (event: Event): void => {
      this.draft = (event.target as HTMLInputElement).value;
    };
    return html`<section class="card" aria-labelledby="notice"><h2 id="notice">${noticeWords.heading}</h2>
      <form @submit=${this.#tell}>
        <label class="field"><span>${noticeWords.label}</span><input id="text" maxlength=${mostNotice} aria-describedby="left" .value=${text} @input=${write}></label>
        <p class="soft small" id="left">${noticeWords.hint(mostNotice - text.length)}</p>
        <div class="row"><button type="submit" class="main" ?disabled=${text.trim() === notice}>${noticeWords.show}</button>
          ${notice === '' ? nothing : html`<button type="button" @click=${() => attempt(this, this.#show(''))}>${noticeWords.remove}</button>`}</div>
      </form>
    </section>`;
  }

  readonly #ban = (event: Event): void => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const who = this.who.trim().toLowerCase();
    this.isWrong = !someone.test(who);
    if (this.isWrong) return this.renderRoot.querySelector<HTMLInputElement>('#who')?.focus();
    return attempt(this, this.#keepOut({act: 'ban', who, hours: Number(fields.get('hours')), reason: String(fields.get('reason') ?? '')}));
  };

  async #keepOut(act: OperatorAct): Promise<void> {
    if (!(await this.#act(act, words.banned))) return;
    this.renderRoot.querySelector<HTMLFormElement>('form:has(#who)')?.reset();
    this.who = '';
  }

  #form(): TemplateResult {
    const write = (event: Event): void => {
      this.who = (event.target as HTMLInputElement).value;
    };
    return html`<form @submit=${this.#ban}>
      <label class="field"><span>${words.who}</span><input id="who" class="mono" maxlength="64" autocomplete="off" spellcheck="false" autocapitalize="off"
        aria-invalid=${this.isWrong} aria-describedby="wrong" .value=${this.who} @input=${write}></label>
      <p class=${this.isWrong ? 'problem small' : ''} id="wrong" role="alert">${this.isWrong ? words.whoWrong : nothing}</p>
      <div class="pair">
        <label class="field"><span>${words.time}</span><select name="hours">${words.hours.map(({hours, label}) => html`<option value=${hours}>${label}</option>`)}</select></label>
        <label class="field"><span>${words.reason}</span><input name="reason" maxlength="120" autocomplete="off"></label>
      </div>
      <div class="row"><button type="submit" class="danger">${words.ban}</button></div>
    </form>`;
  }

  #row({key, until, by, reason}: OperatorBan): TemplateResult {
    return html`<li data-ban=${key}>
      <span><span class="mono" title=${key}>${nameOf(key)}</span><span class="soft small">${words.until(formatMoment(until))}, ${words.by[by]}${reason === '' ? '' : `: ${reason}`}</span></span>
      ${by === 'file' ? nothing : html`<button type="button" class="little" aria-label=${words.liftNamed(nameOf(key))} @click=${() => attempt(this, this.#act({act: 'unban', who: key}, words.lifted))}>${words.lift}</button>`}
    </li>`;
  }

  #bans({total, bans}: Sight['bans']): TemplateResult {
    return html`<section class="card" aria-labelledby="bans"><h2 id="bans">${words.heading}</h2>
      <p class="soft small">${words.text}</p>
      ${bans.length === 0 ? html`<p class="soft">${words.nobody}</p>` : html`<ul>${bans.map((ban) => this.#row(ban))}</ul>`}
      ${total > bans.length ? html`<p class="soft small">${words.more(total - bans.length)}</p>` : nothing}
      ${this.#form()}
    </section>`;
  }

  protected override render() {
    const {sight} = this;
    if (sight === undefined) return nothing;
    const {relay, notice} = sight.overview;
    return html`${this.#drain(relay)}${this.#notice(notice)}${this.#bans(sight.bans)}<confirm-dialog></confirm-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'operator-acts': OperatorActs;
  }
}
