/** Conversations: asks through the client, shows what comes, keeps what was said. */
import {codeOf, NetworkError} from '#protocol/errors.ts';
import type {JobInput} from '#protocol/job.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {type AnswerProgress, beginAnswer, finishAnswer, takeEvent} from './answer.ts';
import {titleIn} from './attached-text.ts';
import {quoteOf} from './offers.ts';
import {store} from './store.ts';
import type {Chat, ChatView, Conversation, Level, ModelChoice, Turn} from './views.ts';

/** What a question needs of the network. */
export interface AskRequest {
  readonly model: ModelHash;
  readonly job: JobInput;
  readonly level: Level;
  readonly prefer: NodeId | undefined;
  /** The most that it may cost, nano-coins. */
  readonly priceCap: bigint;
  readonly signal: AbortSignal;
}

export interface ChatOptions {
  ask(request: AskRequest): AsyncIterable<AskEvent>;
  keep(conversation: Conversation): Promise<void>;
  forget(id: string): Promise<void>;
  readonly conversations: readonly Conversation[];
  /** The most that a person pays for one answer, nano-coins. */
  priceCap(): bigint;
  newId(): string;
  now(): number;
}

export interface ChatControl extends Chat {
  /** Models that are offered now. */
  setModels(models: readonly ModelChoice[]): void;
  setRelay(relay: ChatView['relay']): void;
}

const titleLength = 60;
/** Tokens that an answer may have. */
const maxTokens = 1024;

export function createChat(options: ChatOptions): ChatControl {
  const {now, newId} = options;
  const empty = (level: Level): Conversation => ({id: newId(), title: '', updated: now(), level, turns: []});
  const view = store<ChatView>({
    relay: 'connecting',
    models: [],
    model: undefined,
    level: 'network',
    conversations: options.conversations.toSorted((left, right) => right.updated - left.updated),
    current: empty('network'),
    stage: 'idle',
    wait: undefined,
  });
  let running: {readonly id: string; readonly stop: AbortController} | undefined;
  /** Removed while it was being answered: what still comes must not bring it back. */
  const removed = new Set<string>();

  /** Puts a changed conversation into the view, wherever it is shown. */
  const show = (conversation: Conversation) => {
    if (removed.has(conversation.id)) return;
    const {conversations, current} = view.get();
    const others = conversations.filter(({id}) => id !== conversation.id);
    view.patch({conversations: [conversation, ...others], ...(current.id === conversation.id ? {current: conversation} : {})});
  };

  const quote = (texts: readonly string[], level: Level): bigint => {
    const {models, model} = view.get();
    const choice = level === 'network' ? models.find(({hash}) => hash === model) : undefined;
    return choice ? quoteOf(choice, {parts: texts, maxTokens, cap: options.priceCap()}) : 0n;
  };

  const run = async (asked: Conversation) => {
    const {model, models} = view.get();
    if (running || model === undefined) return;
    const stop = new AbortController();
    running = {id: asked.id, stop};
    let conversation = asked;
    let answer: AnswerProgress = beginAnswer({id: newId(), at: now(), level: asked.level, modelHash: model, model: models.find(({hash}) => hash === model)?.label ?? model});
    const update = (turn: Turn) => {
      conversation = {...conversation, updated: now(), turns: [...asked.turns, turn]};
      show(conversation);
    };
    const messages = messagesOf(asked.turns);
    const priceCap = quote(messages.map(({content}) => content), asked.level);
    const job = {task: 'chat', messages, maxTokens} as const;
    const request = {model, job, level: asked.level, prefer: lastNode(asked.turns), priceCap, signal: stop.signal};
    view.patch({stage: 'finding'});
    update(answer.turn);
    // A store that is full must not stop the answer; keeping is tried again at the end, and there it is told.
    await options.keep(conversation).catch(() => {});
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
    running = undefined;
    update(finishAnswer(answer, {code: failure === undefined ? undefined : codeOf(failure), now: now()}));
    view.patch({stage: 'idle'});
    if (!removed.has(conversation.id)) await options.keep(conversation);
    else await options.forget(conversation.id);
  };

  return {
    view,
    send: async (text) => {
      const {current, level} = view.get();
      if (running || text.trim() === '') return;
      const turn: Turn = {id: newId(), role: 'user', text, status: 'done', at: now()};
      const title = current.title || titleIn(text).slice(0, titleLength);
      await run({...current, level, title, updated: now(), turns: [...current.turns, turn]});
    },
    quote: (text) => {
      const {current, level} = view.get();
      return quote([...messagesOf(current.turns).map(({content}) => content), text], level);
    },
    stop: () => running?.stop.abort(new NetworkError('cancelled')),
    again: async () => {
      const {current} = view.get();
      const last = current.turns.findLastIndex(({role}) => role === 'user');
      if (last >= 0) await run({...current, turns: current.turns.slice(0, last + 1)});
    },
    begin: () => view.patch({current: empty(view.get().level)}),
    open: (id) => {
      const found = view.get().conversations.find((conversation) => conversation.id === id);
      if (found) view.patch({current: found, level: found.level});
    },
    remove: async (id) => {
      const {conversations, current, level} = view.get();
      if (running?.id === id) {
        removed.add(id);
        running.stop.abort(new NetworkError('cancelled'));
      }
      view.patch({conversations: conversations.filter((conversation) => conversation.id !== id), ...(current.id === id ? {current: empty(level)} : {})});
      await options.forget(id);
    },
    chooseModel: (model) => view.patch({model}),
    chooseLevel: (level) => view.patch({level}),
    setRelay: (relay) => view.patch({relay}),
    setModels: (models) => {
      const {model} = view.get();
      const here = models.some(({hash}) => hash === model);
      view.patch({models, model: here || running ? model : (models[0]?.hash ?? model)});
    },
  };
}

/** What the node is told of a conversation: finished turns, and answers as far as they came. */
function messagesOf(turns: readonly Turn[]): readonly {readonly role: Turn['role']; readonly content: string}[] {
  return turns.filter(({text}) => text !== '').map(({role, text}) => ({role, content: text}));
}

/** The node that answered last in this conversation. */
const lastNode = (turns: readonly Turn[]): NodeId | undefined => turns.findLast(({provenance}) => provenance?.receipt === 'valid')?.provenance?.nodes.at(-1);
