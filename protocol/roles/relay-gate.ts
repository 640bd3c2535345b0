/** Whom the relay keeps out, which versions it lets in, and what becomes of a link that ended badly. */
import {NetworkError} from '../errors.ts';
import type {NodeId} from '../ids.ts';
import type {Message} from '../messages.ts';
import {refusalOf} from '../version.ts';
import type {Clock} from './ports.ts';
import type {Ban, BanKey, Bans} from './relay-bans.ts';
import type {RelayLink} from './relay-link.ts';

/** Of links whose address nobody knows, or that many share; it is never kept out. */
export const unknownPrefix = 'unknown';

export interface GateOptions {
  readonly clock: Clock;
  /** Without one, nobody is kept out. */
  readonly bans?: Bans;
  /** Somebody is kept out from now on. Who is for other relays of the cluster, and never written. */
  onBan?(ban: Ban, key: BanKey): void;
  /** The version that it speaks, where it is not this code's own: for tests of what two versions hear of each other. */
  readonly version?: number;
}

export class RelayGate {
  readonly #options: GateOptions;
  readonly #onKeptOut: () => void;

  /** @param onKeptOut hears that somebody was, never who */
  constructor(options: GateOptions, onKeptOut: () => void) {
    this.#options = options;
    this.#onKeptOut = onKeptOut;
  }

  /** Says so and closes where somebody is kept out. */
  keepsOut(link: RelayLink, key: BanKey): boolean {
    const {bans, clock} = this.#options;
    const ban = bans?.find(key, clock.now());
    if (!ban) return false;
    this.#onKeptOut();
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
  judge({endedBy, prefix}: RelayLink, node: NodeId | undefined): void {
    const {bans, clock, onBan} = this.#options;
    if (!bans || endedBy === undefined) return;
    for (const key of [prefix, ...(node === undefined ? [] : [node])]) {
      const ban = key === unknownPrefix ? undefined : bans.note(key, {code: endedBy, now: clock.now()});
      if (ban) onBan?.(ban, key);
    }
  }
}
