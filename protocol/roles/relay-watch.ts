/** How jobs go at a relay, in numbers: how many, how they end, how long they take. No identity leaves it, and a frame that is merely passed on costs it nothing. */
import {decodeMessage} from '../codec.ts';
import {codeOf, type ErrorCode} from '../errors.ts';
import type {JobHandle, ModelHash} from '../ids.ts';
import type {Kind, Message} from '../messages.ts';
import type {RelayLink, Said} from './relay-link.ts';

/** One thing that happened. Times in ms since the client asked. */
export type HubCount =
  | {readonly is: 'asked'}
  /** A computer was bound, for the first time. */
  | {readonly is: 'matched'; readonly model: ModelHash; readonly ms: number}
  /** Another computer was bound, because one before did not take it. */
  | {readonly is: 'rematched'}
  | {readonly is: 'offered'; readonly ms: number}
  /** The first frame of the answer, which the relay can not read. */
  | {readonly is: 'answering'; readonly ms: number}
  | {readonly is: 'ended'; readonly outcome: 'released' | 'cancelled' | 'redirected'}
  | {readonly is: 'ended'; readonly outcome: 'failed'; readonly code: ErrorCode}
  /** What a link sent was not taken, or the link was closed for it. */
  | {readonly is: 'refused'; readonly code: ErrorCode};

type Ended = HubCount & {readonly is: 'ended'};

interface Watched {
  readonly client: RelayLink;
  readonly model: ModelHash;
  readonly asked: number;
  node: RelayLink | undefined;
  step: 'asked' | 'matched' | 'offered' | 'requested' | 'answering';
  end: Ended;
}

const released: Ended = {is: 'ended', outcome: 'released'};
const cancelled: Ended = {is: 'ended', outcome: 'cancelled'};
/** To another relay of the cluster, which counts it from there. */
const redirected: Ended = {is: 'ended', outcome: 'redirected'};
const failed = (code: ErrorCode): Ended => ({is: 'ended', outcome: 'failed', code});

export class RelayWatch {
  readonly #tell: (count: HubCount) => void;
  readonly #now: () => number;
  readonly #jobs = new Map<JobHandle, Watched>();

  /** @param tell must be quick and must not throw */
  constructor(tell: (count: HubCount) => void, now: () => number) {
    this.#tell = tell;
    this.#now = now;
  }

  refused(code: ErrorCode): void {
    this.#tell({is: 'refused', code});
  }

  /** A client asks; `take` gives the job to the relay, and throws where it is not taken. */
  asked({handle, model}: Pick<Message<'match'>, 'handle' | 'model'>, {client, take}: {client: RelayLink; take(): void}): void {
    if (this.#jobs.has(handle)) return take();
    this.#jobs.set(handle, {client, model, asked: this.#now(), node: undefined, step: 'asked', end: released});
    this.#tell({is: 'asked'});
    try {
      take();
    } catch (error) {
      const job = this.#jobs.get(handle);
      if (job) job.end = failed(codeOf(error));
      this.over(handle);
      throw error;
    }
  }

  /** The relay says something of a job to one of its two sides. */
  said(link: RelayLink, {kind, handle, code}: Said): void {
    const job = this.#jobs.get(handle);
    if (!job) return;
    if (kind === 'slot') this.#matched(job, link);
    else if (kind === 'redirect') job.end = redirected;
    else if (kind === 'failed' && link === job.client) job.end = failed(code ?? 'internal');
  }

  #matched(job: Watched, node: RelayLink): void {
    this.#tell(job.node ? {is: 'rematched'} : {is: 'matched', model: job.model, ms: this.#now() - job.asked});
    job.node = node;
    job.step = 'matched';
  }

  /** The client's question was passed on. */
  requested(handle: JobHandle): void {
    const job = this.#jobs.get(handle);
    if (job?.step !== 'offered' || !job.node) return;
    job.step = 'requested';
    job.node.awaited += 1;
  }

  /** The client wants it no more. */
  cancelled(handle: JobHandle, client: RelayLink): void {
    const job = this.#jobs.get(handle);
    if (job?.client === client) job.end = cancelled;
  }

  /** A frame of a node about a job, before it is passed on; of an answer only while `awaited` says that a first one is to come. */
  fromNode(node: RelayLink, {kind, handle, frame}: {kind: Kind; handle: JobHandle; frame: Uint8Array}): void {
    const job = this.#jobs.get(handle);
    if (job?.node !== node) return;
    const ms = this.#now() - job.asked;
    if (kind === 'offer' && job.step === 'matched') {
      job.step = 'offered';
      this.#tell({is: 'offered', ms});
    } else if (kind === 'response' && job.step === 'requested') {
      job.step = 'answering';
      node.awaited -= 1;
      this.#tell({is: 'answering', ms});
    } else if (kind === 'failed' && job.end !== cancelled) job.end = failed(codeIn(frame));
    else if (kind === 'released' && job.end !== cancelled) job.end = released;
  }

  /** A link has ended, and with it whatever its client asked. */
  gone(link: RelayLink): void {
    for (const job of this.#jobs.values()) if (job.client === link) job.end = cancelled;
  }

  /** The relay has let go of a job. */
  over(handle: JobHandle): void {
    const job = this.#jobs.get(handle);
    if (!job || !this.#jobs.delete(handle)) return;
    if (job.step === 'requested' && job.node) job.node.awaited -= 1;
    this.#tell(job.end);
  }
}

/** What a node says of its failure; it is passed on unread, so it may be anything. */
function codeIn(frame: Uint8Array): ErrorCode {
  try {
    const message = decodeMessage(frame);
    return message.kind === 'failed' ? message.code : 'internal';
  } catch {
    return 'internal';
  }
}
