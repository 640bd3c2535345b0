/** A question from its first match to its last word, over as many nodes as it takes: the reader sees no break. */
import {codeOf, type ErrorCode, NetworkError} from '../errors.ts';
import type {ModelHash, NodeId} from '../ids.ts';
import {type Job, type JobInput, type JobOf, makeJob} from '../job.ts';
import {limits} from '../limits.ts';
import type {Receipt} from '../receipt.ts';
import {retryDelay} from '../retry.ts';
import {hasItems, type Item, type ItemTask, restOf} from '../result.ts';
import {attempt, OfferRefused} from './attempt.ts';
import type {Meetings} from './client-lane.ts';
import type {ClientLink} from './client-link.ts';
import type {Payer} from './payer.ts';
import type {Clock} from './ports.ts';

/** What is asked, and of whom. */
export interface Question {
  readonly model: ModelHash;
  readonly job: JobInput;
  /** Nano-coins; 0 takes only free offers. */
  readonly priceCap: bigint;
  readonly signal: AbortSignal;
}

/** Where an attempt may go: a link and the nodes that may be bound on it. */
export interface Route {
  readonly link: ClientLink;
  readonly nodes: readonly NodeId[];
  /** `direct`: the link ends at the node itself. */
  readonly name: 'relayed' | 'direct';
  /** What answers on this way are paid with. */
  readonly payer?: Payer;
  /** Why there are no nodes, where it is not that none offers the model. */
  readonly lacking?: ErrorCode;
}

export type AskEvent =
  | {readonly type: 'waiting'; readonly position: number; readonly etaMs: number}
  | {readonly type: 'bound'; readonly node: NodeId; readonly route: Route['name']}
  | {readonly type: 'text'; readonly text: string; readonly tokens: number}
  /** The rest comes through a TURN server of the relay's operator; where that fails, over the relay again. */
  | {readonly type: 'moved'}
  /** The next item of an answer that is not a text. */
  | {readonly type: 'item'; readonly item: Item; readonly tokens: number}
  /** A node was lost and another takes over. It continues what is `kept`; what is not is done anew, and what came of it is void. */
  | {readonly type: 'resuming'; readonly lost: NodeId; readonly code: ErrorCode; readonly kept: boolean}
  /** One receipt per node that finished its part; the last one is of the node that ended the answer. */
  | {readonly type: 'done'; readonly receipt: Receipt};

export interface AskOptions extends Question {
  readonly clock: Clock;
  readonly meetings?: Meetings | undefined;
  /** Numbers in [0, 1), so that not all come back to a relay at once. */
  random(): number;
  /** The way for the next attempt; an empty set of nodes when there is none. `freeOnly`: to computers that ask nothing. */
  route(demands: {readonly without: ReadonlySet<NodeId>; readonly freeOnly: boolean}): Promise<Route>;
}

/** A reader waits: four seconds between two looks are enough. */
const mostPatience = 3;

/** Losses after which another node continues: nothing says that the content was touched. */
const lossCodes: ReadonlySet<ErrorCode> = new Set(['node-lost', 'stalled', 'engine-failed', 'gpu-lost', 'refused', 'expired', 'busy', 'link-closed']);
/** Offers that another node may better; the node that made them is left out. */
const offerCodes: ReadonlySet<ErrorCode> = new Set(['bad-offer', 'wrong-model', 'expired']);
/** Why a free answer may not begin; computers that ask nothing still may. */
const trialCodes: ReadonlySet<ErrorCode> = new Set(['trial-over', 'busy', 'refused']);

/** Asks. Throws NetworkError with the reason that a person can act on; what was yielded before stays true. */
export async function* ask(options: AskOptions): AsyncGenerator<AskEvent, void> {
  const without = new Set<NodeId>();
  const whole = makeJob(options.job);
  let said: Said = nothing;
  let failure: NetworkError | undefined;
  let freeOnly = false;
  let relayLost = false;
  for (let resumes = 0; ; resumes += 1) {
    const route: Route = await (relayLost ? routeAgain(options, {without, freeOnly}) : options.route({without, freeOnly}));
    if (route.nodes.length === 0) throw failure ?? new NetworkError(route.lacking ?? 'no-node');
    let node: NodeId | undefined;
    try {
      for await (const event of attempt({...options, job: continued(whole, said) ?? whole, link: route.link, nodes: route.nodes, direct: route.name === 'direct', payer: route.payer})) {
        if (event.type === 'bound') node = event.node;
        if (event.type === 'text') said = {...said, text: said.text + event.text, tokens: said.tokens + event.tokens};
        if (event.type === 'item') said = {...said, items: said.items + 1, tokens: said.tokens + event.tokens};
        yield event.type === 'bound' ? {...event, route: route.name} : event;
      }
      return;
    } catch (error) {
      if (options.signal.aborted) throw options.signal.reason instanceof NetworkError ? options.signal.reason : new NetworkError('cancelled');
      const failed = error instanceof NetworkError ? error : new NetworkError(codeOf(error), undefined, {cause: error});
      if (node === undefined && !freeOnly && route.payer?.kind === 'trial' && trialCodes.has(failed.code)) {
        failure ??= failed;
        freeOnly = true;
        continue;
      }
      failure = failed;
      relayLost = failed.code === 'link-closed' && route.name === 'relayed';
      const left = error instanceof OfferRefused && offerCodes.has(error.code) ? error.node : node;
      if ((left === undefined && !relayLost) || resumes >= limits.maxResumes || !(lossCodes.has(failure.code) || offerCodes.has(failure.code))) throw failure;
      const kept = continued(whole, said) !== undefined;
      if (!kept) said = nothing;
      if (said.tokens >= whole.maxTokens) throw failure;
      if (left === undefined) continue;
      // Where the relay went away, its computers are not to blame.
      if (!relayLost) without.add(left);
      yield {type: 'resuming', lost: left, code: failure.code, kept};
    }
  }
}

/** The way once the relay is there again, with a computer that may answer: it may be starting anew, and they come back one by one. */
async function routeAgain(options: AskOptions, demands: Parameters<AskOptions['route']>[0]): Promise<Route> {
  const {clock, signal} = options;
  const until = clock.now() + limits.relayReturnMs;
  for (let tries = 0; ; tries += 1) {
    await clock.sleep(retryDelay(Math.min(tries, mostPatience), options.random()), signal);
    const isLast = clock.now() >= until;
    try {
      const route = await options.route(demands);
      if (route.nodes.length > 0 || isLast) return route;
    } catch (error) {
      if (isLast || codeOf(error) !== 'offline') throw error;
    }
  }
}

/** What came of an answer so far. */
interface Said {
  readonly text: string;
  readonly items: number;
  readonly tokens: number;
}
const nothing: Said = {text: '', items: 0, tokens: 0};

/** The job that goes on where an answer broke off, with the tokens that are left; undefined where it can only be done anew. */
function continued(job: Job, said: Said): Job | undefined {
  if (hasItems(job.task)) {
    const rest = restOf(job as JobOf<ItemTask>, said.items);
    return rest && {...rest, maxTokens: job.maxTokens - said.tokens};
  }
  if (said.text === '' || !('messages' in job)) return job;
  const last = job.messages.at(-1);
  const open = last?.role === 'assistant' ? last : {role: 'assistant' as const, content: '', images: []};
  const before = last?.role === 'assistant' ? job.messages.slice(0, -1) : job.messages;
  return {...job, messages: [...before, {...open, content: open.content + said.text}], maxTokens: job.maxTokens - said.tokens} as Job;
}
