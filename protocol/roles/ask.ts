/** A question from its first match to its last word, over as many nodes as it takes: the reader sees no break. */
import {codeOf, type ErrorCode, NetworkError} from '../errors.ts';
import type {JobHandle, ModelHash, NodeId} from '../ids.ts';
import {type Job, type JobInput, type JobOf, makeJob} from '../job.ts';
import {limits} from '../limits.ts';
import type {Receipt} from '../receipt.ts';
import {retryDelay} from '../retry.ts';
import {hasItems, type Item, type ItemTask, restOf} from '../result.ts';
import {attempt, type AttemptEvent, OfferRefused, Redirected} from './attempt.ts';
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
  /** `direct`: the link ends at the node itself; `here`: at one in this browser, and touches no network. */
  readonly name: 'relayed' | 'direct' | 'here';
  /** Under which another relay of a cluster holds a node for this job. */
  readonly handle?: JobHandle;
  /** What answers on this way are paid with. */
  readonly payer?: Payer;
  /** The relay's address; '' for ours. Undefined where no relay is on the way. */
  readonly relay?: string;
  /** Why there are no nodes, where it is not that none offers the model. */
  readonly lacking?: ErrorCode;
}

export type AskEvent =
  /** The relay asks for work before a free answer, and it takes long. */
  | {readonly type: 'working'}
  | {readonly type: 'waiting'; readonly position: number; readonly etaMs: number}
  /** `relay`: through which one, where it is not ours; `payment`: what pays there, should it cost anything. */
  | {readonly type: 'bound'; readonly node: NodeId; readonly route: Route['name']; readonly relay?: string; readonly payment?: Payer['kind']}
  /** The computer read so many tokens of the question; it may say so in parts. */
  | {readonly type: 'prompt'; readonly tokens: number}
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
  /** Whether there are several relays to choose from. */
  hasOthers?(): boolean;
  /** The way for the next attempt; an empty set of nodes when there is none. */
  route(demands: Demands): Promise<Route>;
}

/** What the next attempt needs. */
export interface Demands {
  readonly without: ReadonlySet<NodeId>;
  /** Relays through which only computers that ask nothing are left. */
  readonly freeAt: ReadonlySet<string>;
  /** Relays that this question has left, and why. */
  readonly left: ReadonlyMap<string, ErrorCode>;
  /** Where the relay `by` sent the job. */
  readonly sent?: (Redirected['to'] & {readonly by: string}) | undefined;
}

/** A reader waits: four seconds between two looks are enough. */
const mostPatience = 3;

/** A wait that is worth leaving a line for, and how often a question does. */
const longWaitMs = 10_000;
const maxMoves = 2;

/** Relays that a job is sent on to before it is asked anew. */
const maxRedirects = 3;

/** Losses after which another node continues: nothing says that the content was touched. */
const lossCodes: ReadonlySet<ErrorCode> = new Set(['node-lost', 'stalled', 'engine-failed', 'gpu-lost', 'refused', 'expired', 'busy', 'link-closed']);
/** Offers that another node may better; the node that made them is left out. */
const offerCodes: ReadonlySet<ErrorCode> = new Set(['bad-offer', 'wrong-model', 'expired', 'too-dear']);
/** A relay that is not there, or went away while it was asked. */
const awayCodes: ReadonlySet<ErrorCode> = new Set(['offline', 'link-closed']);
/** Why a free answer may not begin; computers that ask nothing still may. */
const trialCodes: ReadonlySet<ErrorCode> = new Set(['trial-over', 'busy', 'refused']);

/** What no other relay makes better, or must not be tried to. */
const finalCodes: ReadonlySet<ErrorCode> = new Set(['cancelled', 'too-long', 'too-large', 'tampered', 'bad-receipt']);

/** Asks. Throws NetworkError with the reason that a person can act on; what was yielded before stays true. */
export async function* ask(options: AskOptions): AsyncGenerator<AskEvent, void> {
  yield* new Asking(options).run();
}

/** One question on its way. */
class Asking {
  readonly #options: AskOptions;
  readonly #whole: Job;
  readonly #without = new Set<NodeId>();
  readonly #freeAt = new Set<string>();
  readonly #left = new Map<string, ErrorCode>();
  #said: Said = nothing;
  #failure: NetworkError | undefined;
  /** Found already, for the next attempt. */
  #next: Route | undefined;
  #relayLost = false;
  /** A relay was lost, and nobody was bound since. */
  #isUnsettled = false;
  #sent: Demands['sent'];
  #redirects = 0;
  #moves = 0;
  #resumes = 0;

  constructor(options: AskOptions) {
    this.#options = options;
    this.#whole = makeJob(options.job);
  }

  async *run(): AsyncGenerator<AskEvent, void> {
    for (;;) {
      const route = await this.#route();
      if (route.nodes.length === 0) throw this.#failure ?? new NetworkError(route.lacking ?? 'no-node');
      let node: NodeId | undefined;
      try {
        const job = continued(this.#whole, this.#said) ?? this.#whole;
        for await (const event of attempt({...this.#options, job, link: route.link, nodes: route.nodes, direct: route.name !== 'relayed', payer: route.payer, handle: route.handle, meetings: isOwn(route) ? this.#options.meetings : undefined})) {
          if (event.type === 'bound') {
            node = event.node;
            this.#isUnsettled = false;
          }
          this.#hear(event);
          yield event.type === 'bound' ? {...event, route: route.name, ...(route.relay ? {relay: route.relay} : {}), ...(route.payer ? {payment: route.payer.kind} : {})} : event;
          if (event.type === 'waiting' && (await this.#leavesLine(route, event.etaMs))) break;
        }
        if (!this.#next) return;
      } catch (error) {
        const resuming = await this.#goOn(error, {route, node});
        if (resuming) yield resuming;
      }
    }
  }

  /** Whether another relay is the better one now that this one told of a wait. */
  async #leavesLine(route: Route, etaMs: number): Promise<boolean> {
    if (!this.#options.hasOthers?.() || route.name !== 'relayed' || route.handle !== undefined || etaMs < longWaitMs || this.#moves >= maxMoves) return false;
    const better = await elsewhere(this.#options, {without: this.#without, freeAt: this.#freeAt, left: this.#left});
    if (!better || better.relay === route.relay) return false;
    this.#moves += 1;
    this.#next = better;
    return true;
  }

  #hear(event: AttemptEvent): void {
    const said = this.#said;
    if (event.type === 'text') this.#said = {...said, text: said.text + event.text, tokens: said.tokens + event.tokens};
    if (event.type === 'item') this.#said = {...said, items: said.items + 1, tokens: said.tokens + event.tokens};
  }

  async #route(): Promise<Route> {
    const found = this.#next;
    this.#next = undefined;
    if (found) return found;
    const demands = {without: this.#without, freeAt: this.#freeAt, left: this.#left};
    const sent = this.#sent;
    this.#sent = undefined;
    if (this.#relayLost) return routeAgain(this.#options, {...demands, left: new Map()});
    // Where no other relay has a computer left, one that this question had left may have one by now.
    const route = (this.#left.size > 0 && (await elsewhere(this.#options, {...demands, sent}))) || (await routeNow(this.#options, {...demands, sent, left: new Map()}));
    // That relay can't be reached from here.
    if (sent && route.handle === undefined) this.#without.add(sent.node);
    return route;
  }

  /** Makes ready for another attempt; gives what the reader is told of it. @throws NetworkError when there is none */
  async #goOn(error: unknown, {route, node}: {route: Route; node: NodeId | undefined}): Promise<AskEvent | undefined> {
    const {signal} = this.#options;
    if (signal.aborted) throw signal.reason instanceof NetworkError ? signal.reason : new NetworkError('cancelled');
    const at = route.relay ?? '';
    if (error instanceof Redirected && this.#redirects < maxRedirects) {
      this.#sent = {...error.to, by: at};
      this.#redirects += 1;
      this.#relayLost = false;
      return undefined;
    }
    const failed = error instanceof NetworkError ? error : new NetworkError(codeOf(error), undefined, {cause: error});
    if (node === undefined && !this.#freeAt.has(at) && route.payer?.kind === 'trial' && trialCodes.has(failed.code)) {
      this.#failure ??= failed;
      this.#freeAt.add(at);
      return undefined;
    }
    this.#failure = failed;
    const blamed = error instanceof OfferRefused && offerCodes.has(error.code) ? error.node : node;
    this.#next = isRelays(route, {blamed, code: failed.code}) ? await this.#leave(at, failed.code) : undefined;
    // A relay of a cluster goes on for a while to list computers of one that is gone.
    this.#isUnsettled = failed.code === 'link-closed' || (this.#isUnsettled && failed.code === 'no-node');
    this.#relayLost = !this.#next && this.#isUnsettled && route.name === 'relayed';
    if (!this.#next && !this.#mayRetry(blamed)) throw failed;
    // Nothing has left this side yet: to ask at another relay is no new beginning.
    if (!(this.#next && node === undefined)) this.#countResume();
    return blamed === undefined ? undefined : this.#resuming(blamed);
  }

  async #leave(relay: string, code: ErrorCode): Promise<Route | undefined> {
    this.#left.set(relay, code);
    return elsewhere(this.#options, {without: this.#without, freeAt: this.#freeAt, left: this.#left});
  }

  #mayRetry(blamed: NodeId | undefined): boolean {
    const code = this.#failure?.code ?? 'internal';
    return this.#relayLost || (blamed !== undefined && (lossCodes.has(code) || offerCodes.has(code)));
  }

  #countResume(): void {
    if (this.#resumes >= limits.maxResumes) throw this.#failure ?? new NetworkError('internal');
    this.#resumes += 1;
  }

  #resuming(lost: NodeId): AskEvent {
    const kept = continued(this.#whole, this.#said) !== undefined;
    if (!kept) this.#said = nothing;
    const failure = this.#failure ?? new NetworkError('internal');
    if (this.#said.tokens >= this.#whole.maxTokens) throw failure;
    // Where the relay went away, its computers are not to blame.
    if (!this.#relayLost && !this.#next) this.#without.add(lost);
    return {type: 'resuming', lost, code: failure.code, kept};
  }
}

/** Whether both sides signal at our relay: only there can they meet. */
const isOwn = ({relay = ''}: Route): boolean => relay === '';

/** Whether it is the relay that failed, not the computer behind it: then another relay may do. */
const isRelays = ({link, name}: Route, {blamed, code}: {blamed: NodeId | undefined; code: ErrorCode}): boolean => name === 'relayed' && !finalCodes.has(code) && (!link.isOpen || blamed === undefined);

/** The way through a relay that this question has not left; undefined where none has a computer for it. */
async function elsewhere(options: AskOptions, demands: Demands): Promise<Route | undefined> {
  const route = await options.route(demands).catch(() => undefined);
  // A host with one relay knows no other way than the one that was left.
  return route && route.nodes.length > 0 && !demands.left.has(route.relay ?? '') ? route : undefined;
}

/** The way now; where the link ends in this moment, as soon as it is there again. */
async function routeNow(options: AskOptions, demands: Demands): Promise<Route> {
  try {
    return await options.route(demands);
  } catch (error) {
    if (codeOf(error) !== 'link-closed') throw error;
    return routeAgain(options, demands);
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
      if (isLast || !awayCodes.has(codeOf(error))) throw error;
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
