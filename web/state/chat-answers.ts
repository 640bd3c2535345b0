/** Asking and being answered: one answer at a time, event by event into its conversation; what is sent meanwhile waits for its end. */
import type {Bytes} from '#protocol/bytes.ts';
import {codeOf, type ErrorCode, NetworkError} from '#protocol/errors.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import type {JobInput} from '#protocol/job.ts';
import {limits} from '#protocol/limits.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {type AnswerProgress, beginAnswer, finishAnswer, takeEvent} from './answer.ts';
import {titleIn} from './attached-text.ts';
import {withTurn, withTurnAs} from './branch-edits.ts';
import {shownTurns} from './branches.ts';
import {chatJob, lastNode} from './chat-job.ts';
import type {Shelf} from './chat-shelf.ts';
import {requireAllowed} from './sensitive.ts';
import type {Store} from './store.ts';
import type {ChatView, Conversation, Level, ModelChoice, Queued, Turn} from './views.ts';

/** What a question needs of the network. */
export interface AskRequest {
  readonly model: ModelHash;
  readonly job: JobInput;
  readonly level: Level;
  /** It may not go to the network. */
  readonly sensitive: boolean;
  readonly prefer: NodeId | undefined;
  /** Only these may answer; for a question to one's own computer. */
  readonly only?: ReadonlySet<NodeId>;
  /** These may not answer it. */
  readonly without?: ReadonlySet<NodeId>;
  /** The question's turn in its conversation, where it has one. */
  readonly turn?: string | undefined;
  /** The most that it may cost, nano-coins. */
  readonly priceCap: bigint;
  readonly signal: AbortSignal;
}

export interface AnswersOptions {
  ask(request: AskRequest): AsyncIterable<AskEvent>;
  quote(job: ReturnType<typeof chatJob>, at: {readonly level: Level; readonly model: ModelHash}): bigint;
  /** This device itself, where it answers. */
  readonly own: {model(): Asked | undefined; choose(model: ModelHash): void};
  newId(): string;
  now(): number;
}

/** A model that is asked, and what it can do where that is known. */
type Asked = Pick<ModelChoice, 'hash' | 'label'> & Partial<Pick<ModelChoice, 'tasks'>>;

/** What is asked; without `after` it follows the last turn that is shown. */
interface Question {
  readonly text: string;
  readonly images?: readonly Bytes[] | undefined;
  readonly after?: string | null;
}

/** Who is asked, where it is not whom the conversation would ask. */
export interface AskedOf {
  readonly model?: ModelHash | undefined;
  readonly prefer?: NodeId | undefined;
  readonly without?: ReadonlySet<NodeId> | undefined;
}

const titleLength = 60;

export function createAnswers(view: Store<ChatView>, {shelf, ...options}: AnswersOptions & {readonly shelf: Shelf}) {
  const {newId, now} = options;
  let running: {readonly id: string; readonly stop: AbortController} | undefined;

  const requestOf = (asked: Conversation, {model, of: {prefer, without}, signal}: {model: ModelHash; of: AskedOf; signal: AbortSignal}): AskRequest => {
    const turns = shownTurns(asked);
    const job = chatJob(turns, asked.instructions);
    const priceCap = options.quote(job, {level: asked.level, model});
    return {model, job, level: asked.level, sensitive: asked.sensitive === true, turn: turns.at(-1)?.id, prefer: prefer ?? lastNode(turns.filter(({provenance}) => !provenance?.nodes.some((node) => without?.has(node)))), priceCap, signal, ...(without ? {without} : {})};
  };

  /** Takes the answer in as it comes; gives how it ended. */
  const follow = async (request: AskRequest, {begun, update}: {begun: AnswerProgress; update(turn: Turn): void}): Promise<Turn> => {
    let answer = begun;
    let failure: unknown;
    try {
      for await (const event of options.ask(request)) {
        answer = takeEvent(answer, {event, now: now()});
        const {stage, wait} = answer;
        if (view.get().stage !== stage || view.get().wait !== wait) view.patch({stage, wait});
        update(answer.turn);
      }
    } catch (error) {
      failure = error;
    }
    return finishAnswer(answer, {code: failure === undefined ? undefined : codeOf(failure), now: now()});
  };

  /** The model that is asked: at its level this device has one of its own. */
  const modelOf = (level: Level, wanted: ModelHash | undefined): Asked | undefined => {
    if (level === 'device') return options.own.model();
    const {model, models} = view.get();
    const hash = wanted ?? model;
    return hash === undefined ? undefined : (models.find((each) => each.hash === hash) ?? {hash, label: hash});
  };

  /** Answers the last turn that a conversation shows. */
  const answer = async (asked: Conversation, of: AskedOf = {}): Promise<void> => {
    if (running) return;
    requireAllowed(asked);
    const chosen = modelOf(asked.level, of.model);
    if (chosen === undefined) return failAtOnce(asked, 'no-node');
    const {hash: model, label, tasks} = chosen;
    if (tasks?.includes(chatJob(shownTurns(asked), asked.instructions).task) === false) return failAtOnce(asked, 'wrong-task');
    const {id} = asked;
    const stop = new AbortController();
    running = {id, stop};
    const begun = beginAnswer({id: newId(), at: now(), level: asked.level, modelHash: model, model: label});
    const update = (turn: Turn) => shelf.change(id, (conversation) => ({...withTurnAs(conversation, turn), updated: now()}));
    view.patch({stage: begun.stage});
    shelf.put(withTurn(asked, {parent: shownTurns(asked).at(-1)?.id ?? null, turn: begun.turn}));
    // A store that is full must not stop the answer; keeping is tried again at the end, and there it is told.
    await shelf.keep(id).catch(() => {});
    const ended = await follow(requestOf(asked, {model, of, signal: stop.signal}), {begun, update});
    running = undefined;
    update(ended);
    const next = takeNext(ended.status === 'done');
    view.patch({stage: 'idle'});
    try {
      await shelf.keep(id);
    } finally {
      if (next) await sendNext(next);
    }
  };

  /** Nobody is there who could be asked: the question stays, to be asked again. */
  const failAtOnce = async (asked: Conversation, error: ErrorCode): Promise<void> => {
    const turn: Turn = {id: newId(), role: 'assistant', text: '', status: 'failed', at: now(), error};
    shelf.put(withTurn(asked, {parent: shownTurns(asked).at(-1)?.id ?? null, turn}));
    await shelf.keep(asked.id);
  };

  /** What was sent meanwhile goes out after a whole answer; after any other end it waits for the person. */
  const takeNext = (isWhole: boolean) => {
    const {queued} = view.get();
    if (!isWhole) view.patch({queued: queued.map((each) => ({...each, held: true as const}))});
    const next = isWhole ? queued.find(({held}) => !held) : undefined;
    if (next) view.patch({queued: queued.filter((each) => each !== next)});
    return next;
  };

  const sendNext = async ({conversation, text, images}: Queued): Promise<void> => {
    const found = shelf.find(conversation);
    if (found) await ask(found, {text, images});
  };

  const ask = async (conversation: Conversation, {text, images = [], after = shownTurns(conversation).at(-1)?.id ?? null}: Question): Promise<void> => {
    if (running) return waitFor(conversation, {text, images});
    const turn: Turn = {id: newId(), role: 'user', text, ...(images.length > 0 ? {images} : {}), status: 'done', at: now()};
    const title = conversation.title || titleIn(text).slice(0, titleLength);
    await answer(withTurn({...conversation, title, updated: now()}, {parent: after, turn}));
  };

  const waitFor = (conversation: Conversation, {text, images}: Pick<Queued, 'text' | 'images'>): void => {
    const {queued} = view.get();
    const {id} = conversation;
    shelf.put(conversation, {first: true});
    const before = queued.find((each) => each.conversation === id);
    const whole = [before?.text ?? '', text].filter((part) => part !== '').join('\n\n');
    view.patch({queued: [...queued.filter((each) => each !== before), {conversation: id, text: whole, images: [...(before?.images ?? []), ...images].slice(-limits.maxImages)}]});
  };

  return {
    ask,
    answer,
    /** Which conversation is being answered. */
    running: () => running?.id,
    stop: (id = running?.id) => {
      if (running && running.id === id) running.stop.abort(new NetworkError('cancelled'));
    },
  };
}
