/** What the relay answers over plain HTTP: its own few routes, then the app. */
import type {IncomingMessage, ServerResponse} from 'node:http';
import {toHex} from '#protocol/bytes.ts';
import {codeOf, sentenceOf} from '#protocol/errors.ts';
import type {Bank} from '#protocol/roles/relay-bank.ts';
import type {Hub} from '#protocol/roles/relay.ts';
import {addressOf, type AddressLimits, isOurs, isToUs, originOf} from './admission.ts';
import {clientPageHeaders, isForClientPages} from './client-pages.ts';
import type {Config} from './config.ts';
import {type Metrics, metricsType} from './metrics.ts';
import {mirrorPath} from './mirror.ts';
import type {Money} from './money/money.ts';
import type {NetworkWatch} from './network-status.ts';
import {type Documents, isDocument} from './import-map.ts';
import {type OperatorDesk, operatorPath} from './operator/operator-desk.ts';
import {contentSecurityPolicy, integrityPolicy, securityHeaders} from './security-headers.ts';
import {relayPeer, signalKey, signalPath} from './signalling.ts';
import {serveStatic} from './static-files.ts';
import type {Tickets} from './tickets.ts';
import type {TurnCredentials} from './turn.ts';
import {isForWallets, manifestPath, walletManifest, walletPath} from './wallet-document.ts';

/** What pages are told of money, and may ask for. */
export interface MoneyFace {
  readonly name: string;
  /** Root of the chain's interface; undefined for the devnet of this relay. */
  readonly endpoint: string | undefined;
  readonly terms: Bank['terms'];
  settle(): Promise<void>;
  readonly devnet: Money['devnet'];
}

export interface RouteOptions {
  readonly config: Config;
  readonly hub: Hub;
  readonly tickets: Tickets;
  readonly limits: AddressLimits;
  /** Whether a new node may come over WebRTC now. */
  webrtcOpen(): boolean;
  /** Makes credentials; undefined without a TURN server. */
  readonly turn: (() => TurnCredentials) | undefined;
  /** Undefined where all answers are free. */
  readonly money: MoneyFace | undefined;
  /** Of the wallet's document, with these inline scripts in it; undefined where all answers are free. */
  readonly walletPolicy: ((scripts: readonly string[]) => string) | undefined;
  readonly documents: Documents;
  /** With the models of the mirror in it; undefined without a mirror. */
  readonly catalogue: string | undefined;
  /** Whether the relay is going away. */
  draining(): boolean;
  readonly metrics: Pick<Metrics, 'text'>;
  /** Whether this request may read the metrics. */
  mayMeasure(request: IncomingMessage): boolean;
  readonly network: Pick<NetworkWatch, 'text'>;
  /** Undefined where the operator has no key: then there is no such thing. */
  readonly operator: Pick<OperatorDesk, 'handle' | 'notice'> | undefined;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Answers one request; never throws. */
export async function answerRequest(options: RouteOptions, exchange: Exchange): Promise<void> {
  const {request, response} = exchange;
  const host = request.headers.host ?? 'localhost';
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const {devnet} = options.money ?? {};
  const toDevnet = devnet !== undefined && path.startsWith(`${devnetPath}/`);
  const toOperator = options.operator !== undefined && path.startsWith(operatorPath);
  if (!toDevnet && !toOperator) request.resume();
  const isPublic = options.money !== undefined && isForWallets(path);
  const pages = {path, origins: options.config.clientOrigins};
  if (!(isPublic || isForClientPages(request, pages) ? isToUs : isOurs)(request, options.config.allowedHosts)) return fail(response, {status: 403, code: 'refused', sentence: 'This relay does not answer under this name. Set BOMBYX_ALLOWED_HOSTS.'});
  const scripts = await options.documents.sources(path);
  const policy = (path === walletPath ? options.walletPolicy?.(scripts) : undefined) ?? contentSecurityPolicy(host, {relays: options.config.friends, scripts});
  for (const [name, value] of Object.entries({...securityHeaders(policy), ...(isDocument(path) ? integrityPolicy : {}), ...(isPublic ? forAnyone : clientPageHeaders(request, pages))})) response.setHeader(name, value);
  if (toDevnet) return devnet.handle(request, response, (request.url ?? '').slice(devnetPath.length));
  if (toOperator) return options.operator.handle(request, response);
  const route = routes[`${request.method} ${path}`];
  if (route) return route(options, exchange);
  if (request.method !== 'GET' && request.method !== 'HEAD') return fail(response, {status: 405, code: 'refused', sentence: 'This address takes no such request.'});
  if (path === '/models.json' && options.catalogue !== undefined) return sendJson(response, {status: 200, text: options.catalogue});
  if (path.startsWith(`${mirrorPath}/`)) {
    if (options.config.mirror === undefined || !(await serveStatic(options.config.mirror, {...exchange, below: mirrorPath}))) fail(response, {status: 404, code: 'refused', sentence: 'This relay has no copy of that file. It is fetched from its source.'});
    return;
  }
  if (path.startsWith('/api/') || !(await serveStatic(options.config.dist, exchange))) {
    nothingHere(response);
  }
}

/** Where the devnet is, for browsers. */
const devnetPath = '/devnet';
const aboutMoney = ({name, endpoint, terms: {relayKey, ...terms}}: MoneyFace) => ({name, endpoint: endpoint ?? devnetPath, relayKey: toHex(relayKey), ...terms});
/** Over our own: wallets in other pages show the app's name and icon. */
const forAnyone = {'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin'};

const routes: Readonly<Record<string, (options: RouteOptions, exchange: Exchange) => void | Promise<void>>> = {
  'GET /livez': (_, {response}) => json(response, {status: 200, body: {ok: true}}),
  'GET /readyz': ({draining}, {response}) => json(response, {status: draining() ? 503 : 200, body: {ok: !draining()}}),
  'GET /metrics': ({metrics, mayMeasure}, {request, response}) => (mayMeasure(request) ? send(response, {status: 200, type: metricsType, text: metrics.text()}) : nothingHere(response)),
  'GET /api/network': ({network}, {response}) => sendJson(response, {status: 200, text: network.text()}),
  'GET /api/relay': ({config, hub, webrtcOpen, money, turn, operator}, {response}) => {
    const about = money ? {money: aboutMoney(money)} : {};
    return json(response, {status: 200, body: {name: config.name, webrtc: webrtcOpen(), turn: webrtcOpen() && turn !== undefined, iceServers: config.iceServers, relays: config.relays, cluster: config.cluster?.relays ?? [], notice: operator?.notice ?? '', paused: hub.oversight.isPaused, ...about, ...hub.census()}});
  },
  [`GET ${manifestPath}`]: ({config, money}, {request, response}) =>
    money ? json(response, {status: 200, body: walletManifest(originOf(request, config.trustProxy))}) : fail(response, {status: 404, code: 'refused', sentence: 'All answers at this relay are free, so no wallet is needed.'}),
  // Before a node collects: the vault must hold what it is paid from.
  'POST /api/settle': async ({config, money, limits}, {request, response}) => {
    if (!money) return fail(response, {status: 404, code: 'refused', sentence: 'All answers at this relay are free, so there is nothing to settle.'});
    if (!limits.take(addressOf(request, config.trustProxy))) return fail(response, {status: 429, code: 'flood', sentence: 'Too many requests from this address. Wait a moment and try again.'});
    try {
      await money.settle();
      return json(response, {status: 200, body: {ok: true}});
    } catch (error) {
      return fail(response, {status: 503, code: codeOf(error), sentence: sentenceOf(error)});
    }
  },
  'POST /api/ticket': (options, exchange) => giveTicket(options, {...exchange, iceServers: () => options.config.iceServers}),
  // For strangers, whose browsers connect through TURN and no other way.
  'POST /api/ticket/turn': (options, exchange) => {
    const {turn} = options;
    if (!turn) return fail(exchange.response, {status: 404, code: 'offline', sentence: 'This relay has no TURN server; answers come through the relay itself.'});
    return giveTicket(options, {...exchange, iceServers: () => [turn()]});
  },
};

function giveTicket({config, tickets, limits, webrtcOpen}: RouteOptions, {request, response, iceServers}: Exchange & {iceServers(): readonly unknown[]}): void {
  if (!webrtcOpen()) return fail(response, {status: 404, code: 'offline', sentence: 'This relay takes no WebRTC links now; WebSocket is used instead.'});
  if (!limits.take(addressOf(request, config.trustProxy))) return fail(response, {status: 429, code: 'flood', sentence: 'Too many tickets from this address. Wait a moment and try again.'});
  return json(response, {status: 200, body: {...tickets.issue(), relayPeer, path: signalPath, key: signalKey, iceServers: iceServers()}});
}

const json = (response: ServerResponse, {status, body}: {status: number; body: object}): void => sendJson(response, {status, text: JSON.stringify(body)});

const sendJson = (response: ServerResponse, {status, text}: {status: number; text: string}): void => send(response, {status, text, type: 'application/json; charset=utf-8'});

function send(response: ServerResponse, {status, type, text}: {status: number; type: string; text: string}): void {
  response.statusCode = status;
  response.setHeader('content-type', type);
  response.setHeader('cache-control', 'no-store');
  response.end(text);
}

const fail = (response: ServerResponse, {status, code, sentence}: {status: number; code: string; sentence: string}): void => json(response, {status, body: {code, sentence}});
const nothingHere = (response: ServerResponse): void => fail(response, {status: 404, code: 'refused', sentence: 'There is nothing here. If the app is missing, run `npm run build` and try again.'});
