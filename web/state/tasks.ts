/** Tasks beside talking: makes what a person gives into jobs, asks them one after the other, shows what comes. Nothing of it is stored. */
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {beginAnswer} from './answer.ts';
import type {AskRequest} from './chat.ts';
import {quoteOf} from './offers.ts';
import {ownChoice} from './own-choice.ts';
import type {OwnDeviceView} from './own-device-views.ts';
import {allowed, markedAs, requireAllowed} from './sensitive.ts';
import {store} from './store.ts';
import {filesOf, noFiles, type MediaDesk} from './task-files.ts';
import {jobsOf, mediumOf, type PlannedJob} from './task-jobs.ts';
import {beginJob, beginTask, endJob, endTask, type TaskProgress, takeTaskEvent} from './task-progress.ts';
import {type TaskKind, type Tasks, type TasksView, taskKinds} from './task-views.ts';
import type {ChatView, ModelChoice, Turn} from './views.ts';

export interface TasksOptions {
  ask(request: AskRequest): AsyncIterable<AskEvent>;
  readonly desk: MediaDesk;
  /** The most that a person pays for one job, nano-coins. */
  priceCap(): bigint;
  /** Models of this device itself. */
  ownModels(): Pick<OwnDeviceView, 'models' | 'shared'>;
  /** Whether what is asked never leaves this person's devices, at first. */
  sensitive(): boolean;
  newId(): string;
  now(): number;
}

export interface TasksControl extends Tasks {
  /** Models that are offered now, for whatever task. */
  setModels(models: readonly ModelChoice[]): void;
  setRelay(relay: ChatView['relay']): void;
}

/** Models that can do a task. */
export const choicesFor = ({models}: Pick<TasksView, 'models'>, kind: TaskKind): readonly ModelChoice[] => models.filter(({tasks}) => tasks.includes(kind));

/** The model that a task would go to now; undefined while none is offered. */
export const choiceOf = (view: Pick<TasksView, 'models' | 'chosen'>, kind: TaskKind): ModelChoice | undefined => choicesFor(view, kind).find(({hash}) => hash === view.chosen[kind]);

const first: TasksView = {
  relay: 'connecting',
  models: [],
  chosen: {},
  level: 'network',
  sensitive: false,
  chosenHere: {},
  kind: 'image-text',
  inputs: {
    'image-text': {question: ''},
    transcription: {language: ''},
    video: {count: 8, ask: 'caption', query: ''},
    embeddings: {texts: '', question: ''},
    classify: {subject: 'text', text: '', labels: ''},
  },
  media: noFiles,
  stage: 'idle',
  wait: undefined,
  running: undefined,
  results: {},
};

export function createTasks(options: TasksOptions): TasksControl {
  const view = store<TasksView>(markedAs(first, options.sensitive()));
  const ownAt = ({chosenHere}: TasksView, kind: TaskKind) => ownChoice(options.ownModels(), {task: kind, wish: chosenHere[kind]});
  const files = filesOf(view, options.desk);
  let running: AbortController | undefined;

  const priceAt = ({parts, maxTokens}: PlannedJob, asked: TasksView): bigint => {
    const choice = asked.level === 'network' ? choiceOf(asked, asked.kind) : undefined;
    return choice ? quoteOf(choice, {parts, maxTokens, cap: options.priceCap()}) : 0n;
  };

  const run = async () => {
    const asked = view.get();
    const {kind, level} = asked;
    const choice = level === 'device' ? ownAt(asked, kind) : choiceOf(asked, kind);
    const jobs = jobsOf(kind, asked);
    if (running || choice === undefined || jobs.length === 0) return;
    requireAllowed(asked);
    const stop = new AbortController();
    running = stop;
    let progress = beginTask(beginAnswer({id: options.newId(), at: options.now(), level, modelHash: choice.hash, model: choice.label}), jobs.length);
    const show = (turn: Turn) => {
      const result = {task: kind, input: asked.inputs[kind], media: mediumOf(kind, asked), items: progress.items, turn, jobs: progress.jobs};
      const {stage, wait} = progress.answer;
      view.patch({results: {...view.get().results, [kind]: result}, ...(running ? {stage, wait, running: kind} : {stage: 'idle', running: undefined})});
    };
    const onProgress = (next: TaskProgress) => {
      progress = next;
      show(progress.answer.turn);
    };
    let receipted = 0;
    let failure: unknown;
    try {
      for (const planned of jobs) {
        onProgress(beginJob(progress, planned.offsetMs));
        // A computer that did well has read some of it already: it is asked again before others are let in.
        const request = {model: choice.hash, job: planned.job, level, sensitive: asked.sensitive, prefer: progress.answer.nodes.at(-1), priceCap: priceAt(planned, asked), signal: stop.signal};
        for await (const event of options.ask(request)) onProgress(takeTaskEvent(progress, {event, now: options.now()}));
        if (stop.signal.aborted) throw stop.signal.reason;
        receipted += progress.answer.receipt === 'valid' ? 1 : 0;
        onProgress(endJob(progress));
      }
    } catch (error) {
      failure = error;
    }
    running = undefined;
    show(endTask(progress, {code: failure === undefined ? undefined : codeOf(failure), receipted, now: options.now()}));
  };

  return {
    view,
    show: (kind) => view.patch({kind}),
    change: (kind, fields) => {
      const {inputs} = view.get();
      view.patch({inputs: {...inputs, [kind]: {...inputs[kind], ...fields}}});
      if (kind === 'video' && inputs.video.count !== view.get().inputs.video.count) void files.again('video');
    },
    take: files.take,
    drop: files.drop,
    chooseModel: (hash) => {
      const {chosen, chosenHere, kind, level} = view.get();
      view.patch(level === 'device' ? {chosenHere: {...chosenHere, [kind]: hash}} : {chosen: {...chosen, [kind]: hash}});
    },
    chooseLevel: (level) => view.patch({level: allowed(level, view.get())}),
    setSensitive: (on) => view.patch(markedAs(view.get(), on)),
    own: () => ownAt(view.get(), view.get().kind),
    quote: () => {
      const asked = view.get();
      return jobsOf(asked.kind, asked).reduce((sum, planned) => sum + priceAt(planned, asked), 0n);
    },
    run,
    stop: () => running?.abort(new NetworkError('cancelled')),
    setRelay: (relay) => view.patch({relay}),
    setModels: (models) => view.patch({models, chosen: stillChosen(view.get(), models)}),
  };
}

/** Each task keeps its model while somebody offers it; otherwise it gets the first that can do it, or keeps the last one's name. */
function stillChosen({chosen}: TasksView, models: readonly ModelChoice[]): TasksView['chosen'] {
  const pick = (kind: TaskKind) => {
    const choices = choicesFor({models}, kind);
    return choices.some(({hash}) => hash === chosen[kind]) ? chosen[kind] : (choices[0]?.hash ?? chosen[kind]);
  };
  return Object.fromEntries(taskKinds.flatMap((kind) => {
    const hash = pick(kind);
    return hash === undefined ? [] : [[kind, hash]];
  }));
}
