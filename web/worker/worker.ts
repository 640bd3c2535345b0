/** The worker's composition root: puts the node together and gives the page its face. */
import {expose, type ProxyMarked} from 'comlink';
import {type ErrorCode, NetworkError} from '#protocol/errors.ts';
import type {IdentitySecret} from '#protocol/identity.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {CatalogueEntry} from '#protocol/models.ts';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import type {OtherRelay} from '#protocol/roles/node-elsewhere.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import {systemClock} from '../platform/clock.ts';
import {keepErrorCodes} from '../platform/comlink-errors.ts';
import {type DataChannelLike, openDataChannel} from '../platform/data-channel.ts';
import {portTransport} from '../platform/port-link.ts';
import {linkOf, openFirst, openSocket} from '#sdk/socket.ts';
import {openStore} from '../platform/store-idb.ts';
import {hearDeviceLoss} from './device-loss.ts';
import {EngineSpeed} from './engine-speed.ts';
import {type GpuMeasure, measureGpu} from './gpu-measure.ts';
import {type GpuReport, probeGpu} from './gpu.ts';
import type {RelayLink} from './link-upgrade.ts';
import {loadEngine} from './load-engine.ts';
import {type Conditions, type NodeEvent, NodeService, type Pay} from './node-service.ts';
import {OwnNode} from './own-node.ts';
import type {Progress} from './pace.ts';

/** A channel that the page opened for us: itself where it could be transferred, else a port that it passes on. */
export type Channel = {readonly is: 'channel'; readonly channel: DataChannelLike} | {readonly is: 'port'; readonly port: MessagePort};

/** What the page does for the node. */
export interface NodeHooks {
  onEvent(event: NodeEvent): void;
  /** Starts a WebRTC link to the relay; undefined when this relay or browser has none. */
  openChannel(): Promise<{readonly peer: string; readonly channel: Channel} | undefined>;
  /** A paired device that dialled may connect. */
  expectDevice(peer: string): void;
  /** A stranger may connect, through TURN alone; gives where we signal, empty for nowhere. */
  expectStranger(peer: string): Promise<string>;
  leaveStranger(peer: string): void;
}

export interface NodeStart {
  readonly secret: IdentitySecret;
  readonly entry: CatalogueEntry;
  readonly device: 'webgpu' | 'wasm';
  /** Address of the relay's WebSocket. */
  /** Our relay's, then those of others that do for it where it is away. */
  readonly linkUrls: readonly string[];
  readonly paired: readonly string[];
  readonly pay: Pay | undefined;
  readonly conditions: Conditions;
  /** Of other operators, to share through too. */
  readonly relays: readonly OtherRelay[];
  /** The person agreed to a large download over a metered connection. */
  readonly evenIfMetered?: boolean;
}

export interface SpeedTrial extends Pick<NodeStart, 'entry' | 'device' | 'evenIfMetered'> {}

/** A model for this device alone. */
export interface OwnStart extends SpeedTrial, Pick<NodeStart, 'secret'> {}

export interface OwnHooks {
  onProgress(part: number, what: string, download?: Progress): void;
  onLost(code: ErrorCode): void;
}

export interface TrialHooks {
  onProgress(part: number): void;
}

/** How long WebRTC may take before WebSocket is used instead. */
const webRtcMs = 5000;

let node: NodeService | undefined;
/** In a worker that serves its own device alone. */
let own: OwnNode | undefined;
let conditions: Conditions = {paused: false, hidden: false, duty: 100};
let chosen: readonly OtherRelay[] = [];
let unwatch = (): void => {};
let leaveStranger: (peer: string) => void = () => {};
let paired: ReadonlySet<string> = new Set();

const service = {
  probe: (): Promise<GpuReport> => probeGpu(),

  measure: (): Promise<GpuMeasure> => measureGpu(),

  /** Loads a model, measures how fast it runs, and frees it again. Not while a node runs. */
  async speedOf({entry, ...how}: SpeedTrial, hooks: TrialHooks & ProxyMarked): Promise<readonly MeasuredSpeed[]> {
    const {signal} = new AbortController();
    const engine = await loadEngine(entry, {...how, signal, onProgress: (part) => void hooks.onProgress(part)});
    try {
      const speed = new EngineSpeed(engine, {clock: systemClock, contextTokens: entry.contextTokens});
      await speed.measure(signal);
      return speed.measured;
    } finally {
      await engine.dispose();
    }
  },

  async start(start: NodeStart, hooks: NodeHooks & ProxyMarked): Promise<NodeId> {
    node?.stopNow();
    unwatch();
    paired = new Set(start.paired);
    conditions = start.conditions;
    chosen = start.relays;
    const fresh = new NodeService({
      secret: start.secret,
      entry: start.entry,
      clock: systemClock,
      pay: start.pay,
      conditions: start.conditions,
      relays: start.relays,
      vouchers: (await openStore()).vouchers,
      loadEngine: (signal, onProgress) => loadEngine(start.entry, {...start, signal, onProgress}),
      openLink: () => openLink(start.linkUrls, hooks),
      openElsewhere: (address) => openSocket(linkOf(address)),
      openBetterLink: () => openWebRtc(hooks),
      isPaired: (device) => paired.has(device),
      expectDevice: async (peer) => hooks.expectDevice(peer),
      expectStranger: (peer) => hooks.expectStranger(peer),
      onEvent: (event) => {
        if (event.type === 'stopped') unwatch();
        void hooks.onEvent(event);
      },
    });
    node = fresh;
    leaveStranger = (peer) => void hooks.leaveStranger(peer);
    // They may have changed while the store was opened.
    fresh.setConditions(conditions);
    fresh.setRelays(chosen);
    const devices = hearDeviceLoss();
    unwatch = devices.stop;
    void devices.lost.then((why) => fresh.lose('gpu-lost', why));
    return fresh.start();
  },

  /** Loads a model that answers this device alone, and meets no relay. To end it, end this worker. */
  async startOwn({secret, entry, ...how}: OwnStart, hooks: OwnHooks & ProxyMarked): Promise<NodeId> {
    const devices = hearDeviceLoss();
    const loading = loadEngine(entry, {...how, signal: new AbortController().signal, onProgress: (...progress) => void hooks.onProgress(...progress)});
    // Engines wait for ever on a device that is gone.
    const engine = await Promise.race([loading, devices.lost.then((why) => Promise.reject(new NetworkError('gpu-lost', why)))]);
    const lose = (code: ErrorCode) => {
      own?.lose(code);
      void hooks.onLost(code);
    };
    own = await OwnNode.over(engine, {secret, entry, clock: systemClock, onLost: lose});
    void devices.lost.then(() => lose('gpu-lost'));
    return own.id;
  },

  /** Serves this device itself, by the node that shares or by its own. */
  async serveOwn(port: MessagePort, device: string): Promise<void> {
    const transport = portTransport(port);
    if (own) await own.serve(transport, device);
    else if (node) await node.serveOwn(transport, device);
    else transport.close();
  },

  setPaired: (devices: readonly string[]): void => {
    paired = new Set(devices);
  },

  setConditions: (changed: Conditions): void => {
    conditions = changed;
    node?.setConditions(changed);
  },

  setRelays: (relays: readonly OtherRelay[]): void => {
    chosen = relays;
    node?.setRelays(relays);
  },

  noteCollected: (collected: bigint): void => node?.noteCollected(collected),

  async serveDirect(channel: Channel): Promise<void> {
    await node?.serveDirect(await transportOf(channel));
  },

  /** A stranger's channel through TURN; the connection behind it is the page's to end. */
  async joinStranger(channel: Channel, peer: string): Promise<void> {
    const transport = await transportOf(channel).catch(() => undefined);
    if (transport) await node?.joinStranger(transport);
    leaveStranger(peer);
  },

  /** Answers while this thread is not stuck. */
  alive: (): true => true,

  finish: async (): Promise<void> => node?.finish(),
  stopNow: (): void => node?.stopNow(),
};
export type NodeWorker = typeof service;

/** WebRTC first; WebSocket when it is not open within five seconds. */
async function openLink(linkUrls: readonly string[], hooks: NodeHooks): Promise<RelayLink> {
  const opened = await openWebRtc(hooks).catch(() => undefined);
  if (opened) return opened;
  return {transport: await openFirst(linkUrls), peer: ''};
}

async function openWebRtc(hooks: NodeHooks): Promise<RelayLink | undefined> {
  const started = systemClock.now();
  const late = systemClock.sleep(webRtcMs).then(() => undefined);
  const made = await Promise.race([hooks.openChannel(), late]);
  if (!made) return undefined;
  const ms = Math.max(1, webRtcMs - (systemClock.now() - started));
  return {transport: await transportOf(made.channel, ms), peer: made.peer};
}

const transportOf = async (channel: Channel, ms = webRtcMs): Promise<Transport> =>
  channel.is === 'port' ? portTransport(channel.port) : openDataChannel(channel.channel, {clock: systemClock, ms});

keepErrorCodes();
expose(service);
