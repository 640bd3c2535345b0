/** What a relay asks for an answer that nobody pays for: a proof of work for each job, checked with one hash before anything else is done for it. */
import type {Bytes} from '../bytes.ts';
import {NetworkError} from '../errors.ts';
import type {Message} from '../messages.ts';
import {isSolution, type WorkDemand} from '../work.ts';
import type {RelayLink} from './relay-link.ts';

export class RelayWork {
  readonly #bits: number;
  /** The number of the last proof on a link. They have to rise, so no proof is taken twice, and none has to be remembered. */
  readonly #last = new WeakMap<RelayLink, bigint>();

  /** @param bits 0 asks for nothing */
  constructor(bits: number) {
    this.#bits = bits;
  }

  /** What a client hears in its welcome. */
  demand(nonce: Bytes): WorkDemand | undefined {
    return this.#bits > 0 ? {bits: this.#bits, nonce} : undefined;
  }

  /** Takes the proof of a job. @throws NetworkError `bad-work` */
  take({handle, work}: Pick<Message<'match'>, 'handle' | 'work'>, {client, nonce}: {client: RelayLink; nonce: Bytes}): void {
    if (this.#bits === 0) return;
    if (work === undefined) throw new NetworkError('bad-work', 'none');
    if (work <= (this.#last.get(client) ?? 0n)) throw new NetworkError('bad-work', 'its number is not above the last one');
    if (!isSolution({bits: this.#bits, nonce, handle}, work)) throw new NetworkError('bad-work', 'it does not solve the puzzle of this job');
    this.#last.set(client, work);
  }
}
