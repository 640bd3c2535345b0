/** A node for this device alone, in a worker of its own: to end that is the only sure way to free what an engine holds. */
import type {Identity, IdentitySecret} from '#protocol/identity.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {unlessAborted} from '#protocol/roles/deadline.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import {systemClock} from '../platform/clock.ts';
import {portTransport} from '../platform/port-link.ts';
import type {Way} from '../state/choices.ts';
import {OwnDeviceRoom, type OwnDeviceOptions, type OwnHost} from '../state/own-device.ts';
import type {LoadedSeat, LoadWatch} from '../state/own-seat.ts';
import type {NodeProcess} from './node-process.ts';
import {type SpawnedNode, spawnNode} from './node-worker.ts';

export interface OwnNodeOptions extends OwnDeviceOptions, Pick<OwnHost, 'kept'> {
  readonly secret: IdentitySecret;
  readonly identity: Identity<DeviceId>;
  /** The node that this tab shares. */
  readonly process: Pick<NodeProcess, 'sharing'>;
}

export function openOwnDevice({secret, identity, process, kept, ...options}: OwnNodeOptions): OwnDeviceRoom {
  const sharing = () => {
    const shared = process.sharing();
    return shared && {entry: shared.entry, seat: shared.serving && {node: shared.serving.id, link: linkTo(shared.serving.worker)}};
  };
  return new OwnDeviceRoom({load: (way, watch) => loadOwnNode(way, {...watch, secret}), kept, sharing, identity, clock: systemClock}, options);
}

async function loadOwnNode({entry, kind}: Way, {secret, signal, evenIfMetered, onProgress, onLost}: LoadWatch & {readonly secret: IdentitySecret}): Promise<LoadedSeat> {
  const worker = spawnNode();
  try {
    // A browser that is short of room then clears others first. The demo model is not worth a question.
    if (!entry.demo) void navigator.storage.persist().catch(() => {});
    const node = (await unlessAborted(worker.startOwn({secret, entry, device: kind, evenIfMetered}, {onProgress, onLost}), signal)) as NodeId;
    return {node, link: linkTo(worker), end: worker.terminate};
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

const links = new WeakMap<SpawnedNode, (device: DeviceId) => Transport>();

/** One for each worker, so that a link to it is known again. */
function linkTo(worker: SpawnedNode): (device: DeviceId) => Transport {
  const known = links.get(worker);
  if (known) return known;
  const open = (device: DeviceId): Transport => {
    const {port, ended} = worker.ownPort(device);
    const transport = portTransport(port);
    // A worker that was ended does not say so on its ports.
    ended.addEventListener('abort', () => transport.close(), {once: true});
    return transport;
  };
  links.set(worker, open);
  return open;
}
