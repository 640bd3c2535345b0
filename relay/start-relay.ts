/** Puts a relay together and starts it: HTTP, WebSocket links, signalling, WebRTC links, all into one hub. */
import {createServer, type Server, STATUS_CODES} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import {WebSocketServer} from 'ws';
import {codeOf} from '#protocol/errors.ts';
import {limits} from '#protocol/limits.ts';
import {parseCatalogue} from '#protocol/models.ts';
import {within} from '#protocol/roles/deadline.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import type {FrameRate} from '#protocol/roles/relay-link.ts';
import {Bans} from '#protocol/roles/relay-bans.ts';
import {Hub} from '#protocol/roles/relay.ts';
import {addressOf, AddressLimits, isLoopback, isOurs, nameOf, prefixOf, refuseUpgrade} from './admission.ts';
import {readBans} from './bans-file.ts';
import {joinCluster, type Membership} from './cluster/membership.ts';
import {isClientPage} from './client-pages.ts';
import {systemClock} from './clock.ts';
import type {Config} from './config.ts';
import {boundConnections, connectionsPerAddress} from './connections.ts';
import {answerRequest, type MoneyFace} from './http-routes.ts';
import {boundedLog, jsonLog, type Log} from './log.ts';
import {metricsAccess, readToken} from './metrics-access.ts';
import {documentsOf} from './import-map.ts';
import {builtCatalogue, mirroredCatalogue} from './mirror.ts';
import {type Money, openMoney} from './money/money.ts';
import {NetworkWatch} from './network-status.ts';
import {openOperator} from './operator/open-operator.ts';
import {openOperatorKey} from './operator/operator-key.ts';
import {type RefusedStatus, relayMetrics} from './relay-metrics.ts';
import {createRtcPeer, type RtcPeer} from './rtc-peer.ts';
import {openSelf} from './self.ts';
import {createSignalling, type Signalling, signalPath} from './signalling.ts';
import {Tickets} from './tickets.ts';
import {turnIssuer} from './turn.ts';
import {readBridges, walletPath, walletPolicy} from './wallet-document.ts';
import {webSocketTransport} from './ws-transport.ts';

/** How long the other sides may take to hear the last words. */
const lingerMs = 1000;

export interface RunningRelay {
  readonly url: string;
  readonly port: number;
  readonly hub: Hub;
  /** Undefined where all answers are free. */
  readonly money: Money | undefined;
  /** Reads again whom the operator keeps out. Rejects with what is wrong in the file; those named before stay out then. */
  nameBans(): Promise<void>;
  /** Links by kind since the start. */
  readonly links: Readonly<Record<'websocket' | 'webrtc', number>>;
  /** Takes nobody new, waits up to `ms` for running jobs, then ends everything. */
  close(ms?: number): Promise<void>;
}

export interface StartOptions {
  readonly log?: Log;
  /** Sees every frame that comes in; for tests that search them. */
  readonly observe?: (frame: Uint8Array) => void;
  /** What one link may send; for measurements. */
  readonly frameRate?: FrameRate;
  /** The version that it speaks; for tests of what two versions hear of each other. */
  readonly version?: number;
  /** Ends a start that still waits for something. */
  readonly signal?: AbortSignal;
}

export async function startRelay(config: Config, {log: plainLog = jsonLog(), observe, frameRate, version, signal: early}: StartOptions = {}): Promise<RunningRelay> {
  const isDraining = () => draining || hub.oversight.isPaused;
  const mayMeasure = metricsAccess(config.metricsTokenFile === undefined ? undefined : readToken(config.metricsTokenFile));
  const operatorKey = config.operatorKeyFile === undefined ? undefined : openOperatorKey(config.operatorKeyFile);
  const meters = relayMetrics({hub: () => hub, log: boundedLog(plainLog, systemClock.now), draining: isDraining, money: config.money !== undefined});
  const {log} = meters;
  const tickets = new Tickets(systemClock);
  const turn = config.turn && turnIssuer(config.turn, {clock: systemClock, onIssued: () => [meters.onTurnIssued, operator?.onTurnIssued].forEach((told) => told?.())});
  const perAddress = () => new AddressLimits({clock: systemClock, perMinute: config.linksPerAddress});
  const [knocks, signals] = [perAddress(), perAddress()];
  const links = {websocket: 0, webrtc: 0};
  let webrtcNow = 0;
  let draining = false;
  let signalling: Signalling | undefined;
  let rtc: RtcPeer | undefined;
  const catalogue = config.mirror === undefined ? undefined : await mirroredCatalogue({dist: config.dist, mirror: config.mirror});
  const models = catalogue === undefined ? await builtCatalogue(config.dist) : parseCatalogue(JSON.parse(catalogue));
  const network = new NetworkWatch({hub: () => hub, clock: systemClock, catalogue: models});
  const showSelf = await openSelf(config);
  const isOurDomain = (domain: string) => config.allowedHosts.includes(nameOf(domain));
  const bans = new Bans();
  const membership = config.cluster && (await joinCluster(config.cluster, {clock: systemClock, log, bans, signal: early}));
  if (membership) meters.onCluster(membership.cluster);
  const opening = config.money && openMoney(config.money, {clock: systemClock, log, isOurDomain, onFacts: (channel, facts) => hub.refresh(channel, facts)});
  const money = await opening?.catch(async (error: unknown) => {
    await membership?.close();
    throw error;
  });
  const operator = openOperator({key: operatorKey, config, catalogue: models, bans, clock: systemClock, log, money, cluster: membership?.cluster, opened: links});
  const face = faceOf({config, money, membership});
  const bridges = face && (await readBridges(config.dist));
  const policy = face && bridges && ((scripts: readonly string[]) => walletPolicy({bridges, endpoint: face.endpoint, scripts}));
  const documents = documentsOf(config.dist, walletPath);
  const nameBans = async () => {
    if (config.bansFile === undefined) return;
    bans.name(await readBans(config.bansFile));
    log('info', 'bans-read', {kept: bans.count(systemClock.now())});
  };
  await nameBans();
  const hub: Hub = new Hub({
    name: config.name,
    clock: systemClock,
    showSelf,
    bans,
    workBits: config.freeWorkBits,
    // Never who: an address is not written.
    onBan: (ban, key) => {
      log('warn', 'kept-out', {code: ban.code, until: new Date(ban.until).toISOString()});
      membership?.cluster.onBan(ban, key);
    },
    allowSignalling: (left, right) => signalling?.allow(left, right),
    strangersMeet: turn !== undefined && config.webrtc,
    ...(money ? {bank: money.bank} : {}),
    ...membership?.hubOptions,
    ...(observe ? {observe} : {}),
    ...(frameRate ? {frameRate} : {}),
    ...(version ? {version} : {}),
    onCount: (count) => {
      meters.onCount(count);
      operator?.onCount(count);
      if (count.is === 'matched') network.waited(count.model, count.ms);
    },
  });
  membership?.join(hub, money && face && {network: face.name, endpoint: face.endpoint ?? `${config.publicUrl}/devnet`, settle: face.settle});
  const desk = operator?.serve(hub);
  const refuse = (socket: Duplex, status: RefusedStatus) => {
    meters.onRefusal(status);
    refuseUpgrade(socket, `${status} ${STATUS_CODES[status]}`);
  };
  const accept = async (transport: Transport, {address, mayServe = true}: {address: string; mayServe?: boolean}) => {
    if (transport.kind !== 'memory') {
      links[transport.kind] += 1;
      meters.onLink(transport.kind);
    }
    if (transport.kind === 'webrtc') webrtcNow += 1;
    await hub.accept(transport, {mayServe, ...(isLoopback(address) ? {} : {prefix: prefixOf(address)})});
    if (transport.kind === 'webrtc') webrtcNow -= 1;
  };
  const webrtcOpen = () => config.webrtc && !draining && webrtcNow < config.webrtcMaxNodes;
  const server = createServer({requestTimeout: 30_000, headersTimeout: 10_000}, (request, response) => {
    if (!mayAnswer(request, response)) return;
    answerRequest({config, hub, tickets, limits: signals, webrtcOpen, turn, money: face, walletPolicy: policy, documents, catalogue, draining: isDraining, metrics: meters.metrics, mayMeasure, network, operator: desk}, {request, response}).catch((error: unknown) => {
      log('error', 'request-failed', kindOf(error));
      response.destroy();
    });
  });
  server.maxConnections = config.maxLinks;
  const mayAnswer = boundConnections(server, {most: connectionsPerAddress(config.linksPerAddress), trustProxy: config.trustProxy, onRefused: meters.onConnectionRefused});
  const sockets = new WebSocketServer({noServer: true, perMessageDeflate: false, skipUTF8Validation: true, maxPayload: limits.maxFrameBytes});
  if (config.webrtc) {
    rtc = createRtcPeer({signalling: () => signalling as Signalling, clock: systemClock, log, iceServers: config.iceServers, admit: (address) => (webrtcOpen() ? knocks.open(address) : undefined), onLink: (transport, address) => void accept(transport, {address})});
    signalling = createSignalling({server, tickets, clock: systemClock, log, onSignal: (signal) => rtc?.receive(signal)});
  }
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?')[0];
    const address = addressOf(request, config.trustProxy);
    if (draining) return refuse(socket, '503');
    const isSignal = path?.startsWith(`${signalPath}/`) && signalling !== undefined;
    const mayServe = !isClientPage(request, config.clientOrigins) || isOurs(request, config.allowedHosts, config.friends);
    if (!isOurs(request, config.allowedHosts, isSignal ? [] : [...config.friends, ...config.clientOrigins])) return refuse(socket, '403');
    if (path !== '/link' && !isSignal) return refuse(socket, '404');
    const closed = (isSignal ? signals : knocks).open(address);
    if (!closed) return refuse(socket, '429');
    socket.on('close', closed);
    if (isSignal) signalling?.upgrade({request, socket, head, address});
    else sockets.handleUpgrade(request, socket, head, (webSocket) => void accept(webSocketTransport(webSocket), {address, mayServe}));
  });
  const port = await listen(server, config).catch(async (error: unknown) => {
    await Promise.all([money?.close(), membership?.close()]);
    throw error;
  });
  money?.start();
  const sweep = setInterval(() => {
    hub.sweep();
    membership?.sweep();
  }, 1000);
  log('info', 'started', {port, ...summaryOf(config)});
  return {
    url: `http://localhost:${port}`,
    port,
    hub,
    money,
    links,
    nameBans,
    close: async (ms = 0) => {
      draining = true;
      membership?.cluster.drain();
      const {jobs: running, waiting} = hub.census();
      log('info', 'drain-begun', {running, waiting, forAtMostMs: ms});
      await hub.drain(ms);
      log('info', 'drain-ended', {cutOff: hub.census().jobs});
      clearInterval(sweep);
      const gone = [...sockets.clients].map((socket) => new Promise((resolve) => void socket.once('close', resolve)));
      await within(Promise.all([...gone, rtc?.settled()]), {clock: systemClock, ms: lingerMs, code: 'slow-consumer'}).catch(() => {});
      signalling?.close();
      rtc?.close();
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([money?.close(), membership?.close()]);
      meters.close();
      log('info', 'stopped', {...links});
    },
  };
}

/** What the settings make of this relay; no secret, path or name is in it. */
function summaryOf({money, webrtc, turn, mirror, cluster, trustProxy, allowedHosts, maxLinks, linksPerAddress, freeWorkBits, metricsTokenFile, operatorKeyFile}: Config) {
  return {network: money?.name ?? 'off', freeAnswers: money?.trial?.perDevice ?? 0, freeWorkBits, webrtc, turn: turn !== undefined, mirror: mirror !== undefined, cluster: cluster?.name ?? '', trustProxy, names: allowedHosts.length, maxLinks, linksPerAddress, metricsToken: metricsTokenFile !== undefined, operatorPage: operatorKeyFile !== undefined};
}

/** What pages are told of money; undefined where all answers are free. */
function faceOf({config, money, membership}: {config: Config; money: Money | undefined; membership: Membership | undefined}): MoneyFace | undefined {
  if (money && config.money) return {name: config.money.name, endpoint: config.money.endpoint, terms: money.bank.terms, settle: () => money.treasury.settle(), devnet: money.devnet};
  const bank = membership?.farBank;
  return bank && {name: bank.chain.name, endpoint: bank.chain.endpoint, terms: bank.terms, settle: () => bank.settle(), devnet: undefined};
}

/** What kind of error it is; its message may hold what somebody asked for. */
function kindOf(error: unknown): {readonly name: string; readonly code: string} {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return {name: error instanceof Error ? error.constructor.name : typeof error, code: /^[A-Z\d_]{1,40}$/.test(code) ? code : codeOf(error)};
}

async function listen(server: Server, {host, port}: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({host, port}, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}
