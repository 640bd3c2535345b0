/** A device asks, through the relay, to reach its paired node directly. */
import {NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {DeviceId, NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {ClientLink} from './client-link.ts';
import {within} from './deadline.ts';
import {makeDial} from './direct.ts';
import type {Clock} from './ports.ts';

export interface DialOptions {
  readonly identity: Identity<DeviceId>;
  readonly node: NodeId;
  /** Our own signalling id. */
  readonly peer: string;
  readonly clock: Clock;
}

/** The signalling id of the node, once it agreed. Rejects with `not-paired`, `dial-refused`, `stalled`. */
export async function dial(link: ClientLink, options: DialOptions): Promise<string> {
  const channel = link.job();
  try {
    channel.send('dial', await makeDial(options.identity, {node: options.node, peer: options.peer, now: options.clock.now()}));
    const answer = await within(channel.next(), {clock: options.clock, ms: limits.stepMs, code: 'stalled'});
    if (answer.kind === 'failed') throw new NetworkError(answer.code, 'dial');
    if (answer.kind === 'dialed' && answer.accepted === 2) throw new NetworkError('not-paired', 'the node does not know this device');
    if (answer.kind !== 'dialed' || answer.accepted !== 1 || answer.peer === '') throw new NetworkError('dial-refused', 'the node said no');
    return answer.peer;
  } finally {
    channel.close();
  }
}
