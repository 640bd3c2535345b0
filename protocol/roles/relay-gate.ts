/** Whom the relay keeps out, and what becomes of a link that ended badly. */
import type {NodeId} from '../ids.ts';
import type {Clock} from './ports.ts';
import type {Ban, BanKey, Bans} from './relay-bans.ts';
import type {RelayLink} from './relay-link.ts';

/** Of links whose address nobody knows, or that many share; it is never kept out. */
export const unknownPrefix = 'unknown';

export interface GateOptions {
  readonly clock: Clock;
  /** Without one, nobody is kept out. */
  readonly bans?: Bans;
  /** Somebody is kept out from now on; never who. */
  onBan?(ban: Ban): void;
}

export class RelayGate {
  readonly #options: GateOptions;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Says so and closes where somebody is kept out. */
  keepsOut(link: RelayLink, key: BanKey): boolean {
    const {bans, clock} = this.#options;
    const ban = bans?.find(key, clock.now());
    if (!ban) return false;
    link.send('banned', {until: Math.ceil(ban.until / 1000), code: ban.code});
    link.close('banned');
    return true;
  }

  /** How a link ended counts for its address, and for its node. */
  judge({endedBy, prefix}: RelayLink, node: NodeId | undefined): void {
    const {bans, clock, onBan} = this.#options;
    if (!bans || endedBy === undefined) return;
    for (const key of [prefix, ...(node === undefined ? [] : [node])]) {
      const ban = key === unknownPrefix ? undefined : bans.note(key, {code: endedBy, now: clock.now()});
      if (ban) onBan?.(ban);
    }
  }
}
