/** The purse of this browser: the channel that it keeps, the key that signs for it. */
import type {Identity} from '#protocol/identity.ts';
import type {Terms} from '#protocol/messages.ts';
import type {Purse, PurseState} from '#protocol/roles/purse.ts';
import type {BrowserStore} from '../platform/store-idb.ts';
import {vaultKey} from '../state/wallet.ts';

export interface PurseOptions {
  readonly kept: Pick<BrowserStore, 'channel' | 'changeChannel'>;
  readonly key: Identity<string>;
  /** Network and vault of our own relay, which no other one may name; undefined while it is unknown. */
  ours(): Pick<Terms, 'network' | 'vault'> | undefined;
  /** Called after each change. */
  onGranted(granted: bigint): void;
}

/** Finds the purse for a relay's vault; undefined when no channel to it is known. */
export function purseOf({kept, key, ours, onGranted}: PurseOptions): (terms: Terms, relay: string) => Promise<Purse | undefined> {
  return async (terms, relay) => {
    const vault = vaultKey(terms);
    const own = ours();
    // Another relay that names it would be shown our channel.
    if (relay !== '' && own && vault === vaultKey(own)) return undefined;
    const known = await kept.channel(vault);
    if (!known) return undefined;
    const {channel, epoch} = known;
    const update = async (change: (state: PurseState) => PurseState) => {
      const state = await kept.changeChannel(vault, (now) => {
        // Closed and opened anew meanwhile: what was signed for the old opening must not count for the new one.
        if (now?.channel !== channel || now.epoch !== epoch) return now;
        return {channel, epoch, ...change(now)};
      });
      const {granted, seen} = state?.epoch === epoch ? state : change({granted: 0n, seen: 0n});
      onGranted(granted);
      return {granted, seen};
    };
    return {channel, epoch, key, update};
  };
}
