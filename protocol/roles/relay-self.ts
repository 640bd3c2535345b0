/** How a relay introduces itself to whoever asks on a link: its signed record, and the proof that it holds the key. */
import type {Bytes} from '../bytes.ts';
import {decodeMessage} from '../codec.ts';
import {NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {RelayId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {Message} from '../messages.ts';
import {provePresence, type RelayFacts, type ShownRecord, signRelayRecord} from '../relay-record.ts';
import type {Clock} from './ports.ts';
import type {RelayLink} from './relay-link.ts';

/** Shows the record under a nonce that the other side drew. */
export type ShowSelf = (nonce: Bytes) => Promise<ShownRecord>;

/** A record is signed anew when half of its time is over. */
const freshMs = (limits.recordSeconds * 1000) / 2;
/** Frames that an introduction counts for: its signature takes longer than passing a frame on. */
const cost = 15;

/** A relay's own voice; `facts` is what it says of itself. */
export function relaySelf({identity, facts, clock}: {identity: Identity<RelayId>; facts: RelayFacts; clock: Clock}): ShowSelf {
  let signed: {readonly at: number; readonly record: Promise<Bytes>} | undefined;
  return async (nonce) => {
    const now = clock.now();
    if (!signed || now - signed.at > freshMs) {
      const issued = Math.floor(now / 1000);
      signed = {at: now, record: signRelayRecord(identity, {...facts, issued, expires: issued + limits.recordSeconds})};
    }
    return {record: await signed.record, proof: await provePresence(identity, nonce)};
  };
}

/** Answers an `about` on a link. A relay without a key refuses. */
export async function introduce(link: RelayLink, {frame, show}: {frame: Uint8Array; show: ShowSelf | undefined}): Promise<void> {
  const {nonce, handle} = decodeMessage(frame) as Message<'about'>;
  if (!link.afford(cost)) throw new NetworkError('flood', 'too many introductions');
  if (!show) return link.mistake('refused', handle);
  link.send('about', {nonce, shown: await show(nonce)}, handle);
}
