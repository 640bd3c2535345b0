/** The relay's door: who is kept out hears so, which versions come in, and how a link ended counts for whoever comes again. */
import {type ErrorCode, NetworkError} from '../errors.ts';
import type {NodeId} from '../ids.ts';
import type {Message} from '../messages.ts';
import {refusalOf} from '../version.ts';
import type {Clock} from './ports.ts';
import type {Ban, BanKey, Bans} from './relay-bans.ts';
import type {RelayLink} from './relay-link.ts';

export interface DoorOptions {
  readonly clock: Clock;
  /** Whom it does not let in; without one, nobody is kept out. */
  readonly bans?: Bans;
  /** Somebody is kept out from now on; never who. */
  onBan?(ban: Ban): void;
  /** The version that it speaks, where it is not this code's own: for tests of what two versions hear of each other. */
  readonly version?: number;
}

/** Of links whose address nobody knows, or that many share; it is never kept out. */
export const unknownPrefix = 'unknown';

export class RelayDoor {
  readonly #options: DoorOptions;
  readonly #onRefused: (code: ErrorCode) => void;

  /** @param onRefused hears why somebody was turned away */
  constructor(options: DoorOptions, onRefused: (code: ErrorCode) => void) {
    this.#options = options;
    this.#onRefused = onRefused;
  }

  /** Says so and closes where somebody is kept out. */
  keepOut(link: RelayLink, key: BanKey): boolean {
    const ban = this.#options.bans?.find(key, this.#options.clock.now());
    if (!ban) return false;
    this.#onRefused('banned');
    link.send('banned', {until: Math.ceil(ban.until / 1000), code: ban.code});
    link.close('banned');
    return true;
  }

  /** @throws NetworkError with what a side of another version is to hear; `offline` for whoever comes while the relay goes away */
  check({version}: Message<'hello'>, {draining}: {draining: boolean}): void {
    const refusal = draining ? 'offline' : refusalOf(version, this.#options.version);
    if (refusal) throw new NetworkError(refusal, `a hello of version ${version}`);
  }

  /** How a link ended counts for its address, and for its node. */
  judge(link: RelayLink, node: NodeId | undefined): void {
    const {bans, clock, onBan} = this.#options;
    const {endedBy} = link;
    if (!bans || endedBy === undefined) return;
    for (const key of [link.prefix, ...(node === undefined ? [] : [node])]) {
      const ban = key === unknownPrefix ? undefined : bans.note(key, {code: endedBy, now: clock.now()});
      if (ban) onBan?.(ban);
    }
  }
}
