/** Spawns the node's worker and does for it what only a page can: WebRTC. */
import {proxy, type Remote, transfer, wrap} from 'comlink';
import {NetworkError} from '#protocol/errors.ts';
import {systemClock} from '../platform/clock.ts';
import {keepErrorCodes} from '../platform/comlink-errors.ts';
import {type DataChannelLike, openDataChannel} from '../platform/data-channel.ts';
import {passOn} from '../platform/port-link.ts';
import type {GpuReport} from '../worker/gpu.ts';
import type {NodeEvent} from '../worker/node-service.ts';
import type {Channel, NodeStart, NodeWorker} from '../worker/worker.ts';
import workerUrl from '../worker/worker.ts?worker&url';
import type {PeerDoor} from './peer.ts';
import {trustedScriptUrl} from './trusted-urls.ts';

export interface NodeProcess {
  probe(): Promise<GpuReport>;
  start(start: Omit<NodeStart, 'linkUrl'>, onEvent: (event: NodeEvent) => void): Promise<string>;
  setPaired(devices: readonly string[]): Promise<void>;
  noteCollected(collected: bigint): Promise<void>;
  finish(): Promise<void>;
  stopNow(): Promise<void>;
}

/** Held while this browser shares: a second tab sees it, and the browser does not freeze this one. */
const lockName = 'bombyx-node';

/** The node of this tab. The worker is spawned at the first call. */
export function createNodeProcess({linkUrl}: {linkUrl: string}): NodeProcess {
  keepErrorCodes();
  let remote: Remote<NodeWorker> | undefined;
  let peer: PeerDoor | undefined;
  let release: (() => void) | undefined;
  const worker = (): Remote<NodeWorker> => (remote ??= wrap<NodeWorker>(new Worker(trustedScriptUrl(workerUrl), {type: 'module', name: 'bombyx-node'})));
  const openChannel = async () => {
    peer?.close();
    // PeerJS is a third of the app and needed only here: it comes when somebody shares.
    const {openPeer} = await import('./peer.ts');
    peer = await openPeer({onChannel: (channel) => void worker().serveDirect(...handOver(channel))}).catch(() => undefined);
    if (!peer) return undefined;
    const [channel, moved] = asChannel(peer.toRelay());
    return transfer({peer: peer.id, channel}, moved);
  };
  const ended = () => {
    peer?.close();
    peer = undefined;
    release?.();
    release = undefined;
  };
  return {
    probe: () => worker().probe(),
    start: async (start, onEvent) => {
      release = await takeLock();
      const hooks = {
        openChannel,
        onEvent: (event: NodeEvent) => {
          if (event.type === 'stopped') ended();
          onEvent(event);
        },
      };
      try {
        return await worker().start({...start, linkUrl}, proxy(hooks));
      } catch (error) {
        ended();
        throw error;
      }
    },
    setPaired: async (devices) => void (await remote?.setPaired(devices)),
    noteCollected: async (collected) => void (await remote?.noteCollected(collected)),
    finish: async () => void (await remote?.finish()),
    stopNow: async () => void (await remote?.stopNow()),
  };
}

/** Takes the lock of this browser; what comes back lets it go. Rejects with `already-running`. */
function takeLock(): Promise<() => void> {
  return new Promise((resolve, reject) => {
    void navigator.locks.request(lockName, {ifAvailable: true}, (lock) => {
      if (!lock) return reject(new NetworkError('already-running'));
      return new Promise<void>((letGo) => resolve(letGo));
    });
  });
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
