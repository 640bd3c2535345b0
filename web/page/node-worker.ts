/** Spawns the node's worker and does for it what only a page can: WebRTC. */
import {proxy, type Remote, transfer, wrap} from 'comlink';
import type {DeviceId} from '#protocol/ids.ts';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import {systemClock} from '../platform/clock.ts';
import {keepErrorCodes} from '../platform/comlink-errors.ts';
import {type DataChannelLike, openDataChannel} from '../platform/data-channel.ts';
import {passOn} from '../platform/port-link.ts';
import type {NodeEvent} from '../worker/node-service.ts';
import type {Channel, NodeStart, NodeWorker, OwnHooks, OwnStart, SpeedTrial} from '../worker/worker.ts';
import workerUrl from '../worker/worker.ts?worker&url';
import type {PeerDoor} from './peer.ts';
import {Strangers} from './strangers.ts';
import {trustedScriptUrl} from './trusted-urls.ts';

/** A worker with a node in it. */
export interface SpawnedNode {
  readonly remote: Remote<NodeWorker>;
  /** Loads and serves; resolves with the node's id. */
  start(start: NodeStart, onEvent: (event: NodeEvent) => void): Promise<string>;
  /** Loads a model and measures it. */
  speedOf(trial: SpeedTrial, onProgress: (part: number) => void): Promise<readonly MeasuredSpeed[]>;
  /** Loads a model that answers this device alone; resolves with the node's id. */
  startOwn(start: OwnStart, hooks: OwnHooks): Promise<string>;
  /** A way from this device to the node in there that touches no network, until it has ended. */
  ownPort(device: DeviceId): {readonly port: MessagePort; readonly ended: AbortSignal};
  /** Lets go of WebRTC and ends the ports: the node has stopped. */
  release(): void;
  /** Ends the worker, whatever it does: the only sure way to free what an engine holds. */
  terminate(): void;
}

/** @param relays of other operators, that it may link to */
export function spawnNode(relays: readonly string[] = []): SpawnedNode {
  keepErrorCodes();
  // Stored copies of a script keep the policy that they came with: other relays, another address.
  const query = relays.length === 0 ? '' : `?${new URLSearchParams({relays: relays.toSorted().join(' ')})}`;
  const worker = new Worker(trustedScriptUrl(workerUrl + query), {type: 'module', name: 'bombyx-node'});
  const remote = wrap<NodeWorker>(worker);
  let peer: PeerDoor | undefined;
  let strangers: Strangers | undefined;
  const openChannel = async () => {
    peer?.close();
    // PeerJS is a third of the app and needed only here: it comes when somebody shares.
    const {openPeer} = await import('./peer.ts');
    peer = await openPeer({to: 'devices', onChannel: (channel) => void remote.serveDirect(...handOver(channel))}).catch(() => undefined);
    if (!peer) return undefined;
    const [channel, moved] = asChannel(peer.toRelay());
    return transfer({peer: peer.id, channel}, moved);
  };
  const expectStranger = async (other: string) => {
    const {openPeer} = await import('./peer.ts');
    strangers ??= new Strangers({
      clock: systemClock,
      open: (onChannel) => openPeer({to: 'strangers', onChannel}),
      onChannel: (channel, from) => void remote.joinStranger(...handOver(channel), from),
    });
    return strangers.expect(other);
  };
  const hooks = {openChannel, expectDevice: (other: string) => peer?.expect(other), expectStranger, leaveStranger: (other: string) => strangers?.leave(other)};
  let served = new AbortController();
  const release = () => {
    served.abort();
    served = new AbortController();
    peer?.close();
    peer = undefined;
    strangers?.close();
    strangers = undefined;
  };
  return {
    remote,
    release,
    speedOf: (trial, onProgress) => remote.speedOf(trial, proxy({onProgress})),
    startOwn: (start, ownHooks) => remote.startOwn(start, proxy({...ownHooks})),
    ownPort: (device) => {
      const {port1, port2} = new MessageChannel();
      void remote.serveOwn(transfer(port2, [port2]), device).catch(() => {});
      return {port: port1, ended: served.signal};
    },
    start: (start, onEvent) => remote.start(start, proxy({...hooks, onEvent})),
    terminate: () => {
      release();
      worker.terminate();
    },
  };
}

let canTransfer: boolean | undefined;

/** A channel as the worker takes it, and what moves with it. */
function asChannel(channel: DataChannelLike): [Channel, Transferable[]] {
  canTransfer ??= canTransferChannels();
  if (canTransfer) return [{is: 'channel', channel}, [channel as unknown as Transferable]];
  const {port1, port2} = new MessageChannel();
  void openDataChannel(channel, {clock: systemClock}).then((transport) => passOn(transport, port1), () => port1.postMessage(null));
  return [{is: 'port', port: port2}, [port2]];
}

function handOver(channel: DataChannelLike): [Channel] {
  const [made, moved] = asChannel(channel);
  return [transfer(made, moved)];
}

/** Whether this browser can move a data channel to a worker. */
function canTransferChannels(): boolean {
  const connection = new RTCPeerConnection();
  const {port1, port2} = new MessageChannel();
  try {
    const channel = connection.createDataChannel('probe');
    port1.postMessage(channel, [channel as unknown as Transferable]);
    return true;
  } catch {
    return false;
  } finally {
    port1.close();
    port2.close();
    connection.close();
  }
}
