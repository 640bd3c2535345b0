/** Where the client of this page meets the computer that answers: through the TURN server of the relay's operator, under a fresh name each time. */
import * as v from 'valibot';
import {limits} from '#protocol/limits.ts';
import type {Meetings} from '#protocol/roles/client-lane.ts';
import {systemClock} from '../platform/clock.ts';
import {openDataChannel} from '../platform/data-channel.ts';

const aboutSchema = v.object({turn: v.optional(v.boolean(), false)});

/** Whether the relay has a TURN server. Rejects where it can't be asked. */
async function askRelay(): Promise<boolean> {
  const response = await fetch('/api/relay');
  return v.parse(aboutSchema, await response.json()).turn;
}

export function meetings(): Meetings {
  // Asked once in the life of a page, so that no answer costs a request where there is none.
  let asked: Promise<boolean> | undefined;
  const hasTurn = () =>
    (asked ??= askRelay().catch(() => {
      asked = undefined;
      return false;
    }));
  return {
    open: async () => {
      if (!('RTCPeerConnection' in globalThis) || !(await hasTurn())) return undefined;
      const {openPeer} = await import('./peer.ts');
      const door = await openPeer({to: 'strangers'});
      return door && {peer: door.id, reach: (peer) => openDataChannel(door.to(peer), {clock: systemClock, ms: limits.meetMs}), close: () => door.close()};
    },
  };
}
