/** Conversations: what a person can do with them, and what is shown of it. */
import type {AskEvent} from '#protocol/roles/ask.ts';
import {answersTo, parentOf, questionAt, withBack, withoutTurn, withTurn} from './branch-edits.ts';
import {headBeside, shownTurns} from './branches.ts';
import {type AskRequest, createAnswers} from './chat-answers.ts';
import {chatJob} from './chat-job.ts';
import {createShelf, emptyConversation, type ShelfOptions} from './chat-shelf.ts';
import {quoteOf} from './offers.ts';
import {allowed, markedAs} from './sensitive.ts';
import {store} from './store.ts';
import type {AgainHow, Chat, ChatView, Conversation, ModelChoice, Turn} from './views.ts';

export type {AskRequest} from './chat-answers.ts';

export interface ChatOptions extends ShelfOptions {
  ask(request: AskRequest): AsyncIterable<AskEvent>;
  readonly conversations: readonly Conversation[];
  /** The most that a person pays for one answer, nano-coins. */
  priceCap(): bigint;
  readonly own: Parameters<typeof createAnswers>[1]['own'];
}

export interface ChatControl extends Chat {
  /** Models that are offered now. */
  setModels(models: readonly ModelChoice[]): void;
  setRelay(relay: ChatView['relay']): void;
  /** Shows changed or further conversations in place of those with their ids. */
  put(changed: readonly Conversation[]): void;
}

export function createChat(options: ChatOptions): ChatControl {
  const first = emptyConversation(options, {level: 'network'});
  const view = store<ChatView>({
    relay: 'connecting',
    models: [],
    model: undefined,
    level: first.level,
    conversations: options.conversations.toSorted((left, right) => right.updated - left.updated),
    current: first,
    stage: 'idle',
    wait: undefined,
    queued: [],
  });
  const shelf = createShelf(view, options);

  const quoteJob: Parameters<typeof createAnswers>[1]['quote'] = ({messages, maxTokens}, {level, model}) => {
    const parts = messages.flatMap((message) => [message.content, ...('images' in message ? message.images : [])]);
    const choice = level === 'network' ? view.get().models.find(({hash}) => hash === model) : undefined;
    return choice ? quoteOf(choice, {parts, maxTokens, cap: options.priceCap()}) : 0n;
  };
  const answers = createAnswers(view, {...options, shelf, quote: quoteJob});
  /** Whether the tree of the shown conversation must be left as it is. */
  const isBusy = () => answers.running() === view.get().current.id;

  /** A temporary conversation is gone when another one is shown. */
  const leave = () => {
    const {current} = view.get();
    if (!current.temporary) return;
    answers.stop(current.id);
    // Nothing of it is in the store: there is nothing that could fail to be told of.
    void shelf.drop(current.id).catch(() => {});
  };
  const showEmpty = (how: {readonly temporary?: boolean} = {}) => {
    const current = emptyConversation(options, {level: view.get().level, ...how});
    view.patch({current, level: current.level});
  };

  return {
    view,
    ...turnsOf({view, shelf, answers, isBusy, ...options}),
    send: async (text, {images} = {images: []}) => {
      const {current, level} = view.get();
      if (text.trim() !== '' || images.length > 0) await answers.ask({...current, level}, {text, images});
    },
    takeBack: () => {
      const {queued, current} = view.get();
      const back = queued.find(({conversation}) => conversation === current.id);
      if (back) view.patch({queued: queued.filter((each) => each !== back)});
      return back;
    },
    quote: (text, {turn, model = view.get().model, images} = {}) => {
      const {current, level} = view.get();
      const shown = shownTurns(current);
      const place = shown.findIndex(({id}) => id === turn);
      const job = chatJob([...(place < 0 ? shown : shown.slice(0, place)), {role: 'user', text, images: shown[place]?.images ?? images ?? []}], current.instructions);
      return model === undefined ? 0n : quoteJob(job, {level, model});
    },
    stop: () => answers.stop(),
    instruct: async (instructions) => {
      const {instructions: _, ...current} = view.get().current;
      shelf.put({...current, ...(instructions ? {instructions} : {})});
      if (current.turns.length > 0) await shelf.keep(current.id);
    },
    begin: (how) => {
      leave();
      showEmpty(how);
    },
    setTemporary: (isTemporary) => {
      const {temporary: _, ...current} = view.get().current;
      if (current.turns.length === 0) view.patch({current: isTemporary ? {...current, temporary: true} : current});
    },
    open: (id) => {
      const found = view.get().conversations.find((conversation) => conversation.id === id);
      if (!found) return;
      if (view.get().current.id !== id) leave();
      view.patch({current: found, level: allowed(found.level, found)});
    },
    remove: async (id) => {
      answers.stop(id);
      const dropped = shelf.drop(id);
      if (view.get().current.id === id) showEmpty();
      await dropped;
    },
    chooseModel: (model) => (view.get().level === 'device' ? options.own.choose(model) : view.patch({model})),
    chooseLevel: (level) => view.patch({level: allowed(level, view.get().current)}),
    setSensitive: async (sensitive) => {
      const {current, level} = view.get();
      if (isBusy()) return;
      const changed = markedAs({...current, level}, sensitive);
      view.patch({level: changed.level});
      shelf.put(changed);
      if (changed.turns.length > 0) await shelf.keep(changed.id);
    },
    put: shelf.bring,
    setRelay: (relay) => view.patch({relay}),
    setModels: (models) => {
      const {model, stage} = view.get();
      const here = models.some(({hash}) => hash === model);
      view.patch({models, model: here || stage !== 'idle' ? model : (models[0]?.hash ?? model)});
    },
  };
}

interface Hands extends Pick<ChatOptions, 'newId' | 'now'> {
  readonly view: {get(): ChatView};
  readonly shelf: ReturnType<typeof createShelf>;
  readonly answers: ReturnType<typeof createAnswers>;
  isBusy(): boolean;
}

/** What can be done with single turns of the conversation that is shown. */
function turnsOf({view, shelf, answers, isBusy, newId, now}: Hands): Pick<Chat, 'again' | 'edit' | 'turnTo' | 'removeTurn'> {
  const change = async (conversation: Conversation) => {
    shelf.put(conversation);
    await shelf.keep(conversation.id);
  };
  return {
    again: async ({turn, by, model}: AgainHow = {}) => {
      const {current, level} = view.get();
      const question = questionAt(current, turn);
      if (!question || answers.running() !== undefined) return;
      const given = answersTo(current, question.id);
      const last = given.find(({id}) => id === turn) ?? given.at(-1);
      const prefer = by === 'same' ? last?.provenance?.nodes.at(-1) : undefined;
      const without = by === 'another' ? new Set(given.flatMap(({provenance}) => provenance?.nodes ?? [])) : undefined;
      // An answer of which nothing came is no alternative.
      const rest = given.filter(({text}) => text === '').reduce((left, {id}) => withoutTurn(left, {id, head: undefined}), {...current, level});
      await answers.answer({...rest, head: question.id}, {model, prefer, without});
    },
    edit: async (id, text) => {
      const {current, level} = view.get();
      const old = current.turns.find((turn) => turn.id === id);
      if (!old || text.trim() === '' || answers.running() !== undefined) return;
      const parent = parentOf(current, id);
      if (old.role === 'user') return answers.ask({...current, level}, {text, images: old.images, after: parent});
      const turn: Turn = {id: newId(), role: 'assistant', text, status: 'done', at: now(), edited: true};
      await change(withTurn({...current, updated: now()}, {parent, turn}));
    },
    turnTo: async (id, step) => {
      const {current} = view.get();
      const head = isBusy() ? undefined : headBeside(current, {id, step});
      if (head !== undefined) await change({...current, head});
    },
    removeTurn: async (id) => {
      const {current} = view.get();
      if (isBusy() || !current.turns.some((turn) => turn.id === id)) return undefined;
      const beside = headBeside(current, {id, step: 1}) ?? headBeside(current, {id, step: -1});
      await change(withoutTurn(current, {id, head: beside}));
      return async () => {
        const left = shelf.find(current.id);
        if (left && answers.running() !== current.id) await change(withBack(left, current));
      };
    },
  };
}
