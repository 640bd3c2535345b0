/** Under the form of a task: which model, who works on it, what it costs at most, and the button that asks or stops. */
import {LitElement, css, html, nothing, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {ownModelsFor, ownObstacle} from '../state/own-choice.ts';
import type {OwnDevice, OwnDeviceView, OwnModel} from '../state/own-device-views.ts';
import {jobsOf, lackOf} from '../state/task-jobs.ts';
import type {Tasks, TasksView} from '../state/task-views.ts';
import {choiceOf, choicesFor} from '../state/tasks.ts';
import {formatCoins} from './figures.ts';
import {sendIcon, stopIcon} from './icons.ts';
import {computersFor} from './model-picker.ts';
import {attempt} from './notice.ts';
import {base} from './styles.ts';
import {taskTexts} from './task-texts.ts';
import {texts} from './texts.ts';
import './keep-home.ts';
import './own-device.ts';

const words = taskTexts;

/** Why nobody could work on it now; undefined when somebody can. */
function absence(view: TasksView, {own, model}: {own: OwnDeviceView | undefined; model: OwnModel | undefined}): string | undefined {
  if (view.level === 'device') {
    const obstacle = own && ownObstacle(own, model);
    const {ownNone: none, ownAbsent: absent, ownBusy: busy} = words;
    return obstacle && {none, absent, busy}[obstacle];
  }
  if (view.relay === 'offline' || view.relay === 'outdated') return words[view.relay];
  if (view.relay === 'connecting') return texts.chat.connecting;
  const choices = choicesFor(view, view.kind);
  const choice = choiceOf(view, view.kind);
  if (choice !== undefined && computersFor(choice, view.level) > 0) return undefined;
  if (view.level === 'mine') return words.nobodyMine;
  return choices.some(({unpayable}) => unpayable > 0) ? words.unpaid : words.nobody;
}

@customElement('task-send')
export class TaskSend extends LitElement {
  static override styles = [...base, css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 8px;
      padding-top: 12px;
      border-top: 1px solid var(--line);
    }

    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: flex-end;
      gap: 8px;
    }

    model-picker {
      flex: 1 1 200px;
      margin-left: -8px;
    }

    @media (max-width: 479px) {
      model-picker { flex-basis: 100%; }
      .row button { flex: 1; }
    }

    keep-home {
      margin-left: -10px;
    }

    .blocked {
      color: var(--bad);
    }

    .blocked:empty {
      display: none;
    }
  `];

  @property({attribute: false}) tasks: Tasks | undefined;
  @property({attribute: false}) view: TasksView | undefined;
  @property({attribute: false}) own: OwnDevice | undefined;
  @property({attribute: false}) ownView: OwnDeviceView | undefined;
  @property({type: Boolean}) paired = false;
  /** Whether it is the relay that pays. */
  @property({type: Boolean}) gift = false;
  @state() private blocked: string | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!(changed.has('view') || changed.has('ownView')) || this.blocked === undefined) return;
    const before: TasksView | undefined = changed.has('view') ? changed.get('view') : this.view;
    this.blocked = before?.kind === this.view?.kind ? this.#obstacle() : undefined;
  }

  /** What has to be said when the button is pressed and nothing can be asked. */
  #obstacle(): string | undefined {
    const {view} = this;
    if (view === undefined) return undefined;
    const lack = lackOf(view.kind, view);
    return this.#absence(view) ?? (lack === undefined ? undefined : words.lacks[lack]);
  }

  #absence(view: TasksView): string | undefined {
    return absence(view, {own: this.ownView, model: this.tasks?.own()});
  }

  readonly #press = (event: MouseEvent): void => {
    const {view, tasks} = this;
    if (view === undefined) return;
    if (view.running !== undefined) {
      // The second click of a double click must not stop what the first one asked.
      if (event.detail < 2) tasks?.stop();
      return;
    }
    this.blocked = this.#obstacle();
    if (this.blocked === undefined) attempt(this, tasks?.run());
  };

  /** What asking would mean, before anything is sent. */
  #note(view: TasksView): string {
    const jobs = jobsOf(view.kind, view).length;
    const most = this.tasks?.quote() ?? 0n;
    const cost = most === 0n ? '' : this.gift ? texts.chat.gift(formatCoins(most)) : texts.chat.quote(formatCoins(most));
    const readers = view.level === 'device' ? words.deviceNote : view.level === 'mine' ? words.mineNote : jobs > 1 ? words.networkNoteMore : words.networkNote;
    return [readers, jobs > 1 ? words.severalJobs(jobs) : '', cost].filter((part) => part !== '').join(' ');
  }

  #lines(view: TasksView) {
    const {running, kind} = view;
    if (running !== undefined) return running === kind ? nothing : html`<p class="small" role="status">${words.elsewhere(words.kinds[running])}</p>`;
    const absent = this.#absence(view);
    return html`
      ${absent === undefined ? nothing : html`<p class="small" role="status" data-absent>${absent}</p>`}
      <p class="small soft" id="note">${this.#note(view)}</p>
      <p class="small blocked" role="status">${this.blocked === absent ? nothing : this.blocked}</p>`;
  }

  protected override render() {
    const {view, tasks} = this;
    if (view === undefined || tasks === undefined) return nothing;
    const idle = view.running === undefined;
    const shown = {models: choicesFor(view, view.kind), model: view.chosen[view.kind], level: view.level};
    const own = this.ownView && {models: ownModelsFor(this.ownView, view.kind), chosen: tasks.own()?.hash, shared: this.ownView.shared};
    return html`
      ${view.level === 'device' ? html`<own-device .own=${this.own} .model=${own?.chosen}></own-device>` : nothing}
      <div class="row">
        <model-picker .chat=${tasks} .view=${shown} .own=${own} .sensitive=${view.sensitive} .paired=${this.paired}></model-picker>
        <button type="button" class=${idle ? 'main' : ''} aria-disabled=${String(idle && this.#obstacle() !== undefined)} aria-describedby="note" @click=${this.#press}>
          ${idle ? sendIcon : stopIcon}${idle ? words.actions[view.kind] : texts.chat.stop}
        </button>
      </div>
      <keep-home .of=${tasks} .on=${view.sensitive} .busy=${!idle}></keep-home>
      ${this.#lines(view)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'task-send': TaskSend;
  }
}
