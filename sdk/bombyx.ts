/** The network as a library: a `fetch` for OpenAI's clients whose questions are sealed here and leave to the relay alone. For pages, workers and Node.js. */
import {codeOf} from '#protocol/errors.ts';
import {createSecret as freshSecret, identityOf} from '#protocol/identity.ts';
import type {DeviceId} from '#protocol/ids.ts';
import {clockOf} from '#protocol/roles/clock.ts';
import {answered} from './aborting.ts';
import {openAiFace} from './openai/face.ts';
import {modelsOf} from './openai/model-list.ts';
import type {FaceNetwork} from './openai/network.ts';
import {Refusal, refusalOf} from './openai/refusal.ts';
import {openRelayNetwork, type RelayNetwork} from './relay-network.ts';
import {settingsOf} from './settings.ts';

/** Who a relay takes this client for while it gives free answers: keep it where only you can read it (a key pair can lie in IndexedDB). */
export type BombyxSecret = {readonly kind: 'key-pair'; readonly pair: CryptoKeyPair} | {readonly kind: 'seed'; readonly seed: Uint8Array<ArrayBuffer>};

/** What `openBombyx` takes. */
export interface BombyxOptions {
  /** The relay's address, such as `https://relay.example.org`. A page of another origin is let in where the relay's operator names that origin. */
  readonly relay: string;
  /** Who may answer where a request does not say it: any computer of the network, or only those of `mine`. Default `network`. */
  readonly level?: 'network' | 'mine';
  /** Ids of computers of your own (64 hex digits), the only ones that are asked at the level `mine`; through the relay, which sees who is asked. Default none. */
  readonly mine?: readonly string[];
  /** Nano-coins that one answer may cost at most. The library has no wallet: what it costs is paid by the relay, while it gives free answers. `0n` asks computers that charge nothing. Default 20 000 000 (0.02 coins). */
  readonly priceCap?: bigint;
  /** `stream`: answers come as they are written. `quiet`: in one block at the end, which hides their pace from the relay. Default `stream`. */
  readonly delivery?: 'stream' | 'quiet';
  /** Who this client is to the relay. Default: somebody new each time, so that nothing connects one instance to the next. */
  readonly secret?: BombyxSecret;
}

/** A model of the relay's catalogue, in the shape of OpenAI's list. */
export interface BombyxModel {
  /** What a request names in `model`. */
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
  readonly bombyx: {
    /** Ids of its variants, which a request may name as well. */
    readonly variants: readonly string[];
    readonly label: string;
    readonly licence: string;
    /** What it does: `chat`, `embed`, `transcribe`, … */
    readonly tasks: readonly string[];
    readonly context_tokens: number;
    /** Computers that offer it now. */
    readonly nodes: number;
    /** Of the cheapest computer, nano-coins per million tokens, by class; null where nobody offers it. */
    readonly prices: Readonly<Record<string, string>> | null;
  };
}

/** A client of one relay. */
export interface Bombyx {
  /** What to give a client as its base address. No host has this name: a client that was not given `fetch` reaches nobody. */
  readonly baseURL: string;
  /** The global `fetch` for addresses below `baseURL`; these are answered in here. Rejects with a TypeError for any other address, and after `close()`; with the signal's reason when it aborts. Failures of the network are responses with OpenAI's error object. */
  readonly fetch: typeof globalThis.fetch;
  /** What can be asked, and how many computers offer it now. Rejects with an Error that says why. */
  models(): Promise<readonly BombyxModel[]>;
  /** Ends its links, and what is being asked. */
  close(): void;
}

const origin = 'https://bombyx.invalid';
const baseURL = `${origin}/v1`;
const clock = clockOf({now: () => Date.now(), start: (wake, ms) => setTimeout(wake, ms), stop: (timer) => clearTimeout(timer)});

/** A client of a relay; its links open with the first question. @throws TypeError that names the option which is wrong, or what this host lacks */
export function openBombyx(options: BombyxOptions): Bombyx {
  const {relay, mine, secret, ...how} = settingsOf(options);
  requireHost();
  const opening = open(relay, secret);
  // Whoever asks hears of it.
  opening.catch(() => {});
  let isClosed = false;
  const network = async (): Promise<FaceNetwork> => {
    if (isClosed) throw new TypeError('This client of the network was closed. Nothing was sent; open another one.');
    return {...explaining(await opening, relay), mine: () => mine};
  };
  return {
    baseURL,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      refuseElsewhere(request.url);
      return answered(openAiFace({network: await network(), clock, ...how}), request);
    },
    models: async () => {
      const asked = await network();
      return modelsOf(asked).catch((error: unknown) => Promise.reject(refusalOf(error)));
    },
    close: () => {
      isClosed = true;
      void opening.then((opened) => opened.close(), () => {});
    },
  };
}

/** A new secret, to be kept and given to `openBombyx`. */
export const createSecret: () => Promise<BombyxSecret> = freshSecret;

async function open(relay: string, secret: BombyxSecret | undefined): Promise<RelayNetwork> {
  return openRelayNetwork({relay, clock, trial: await identityOf<DeviceId>(secret ?? (await freshSecret()))});
}

/** @throws TypeError where the host is too old, or a page that came without https: browsers give such a page no keys */
function requireHost(): void {
  const {WebSocket: sockets, crypto: {subtle} = {}} = globalThis as {readonly WebSocket?: unknown; readonly crypto?: {readonly subtle?: unknown}};
  if (sockets === undefined) throw new TypeError('openBombyx: this host has no WebSocket. Browsers have it, and Node.js from version 22.');
  if (subtle === undefined) throw new TypeError('openBombyx: this host has no Web Crypto. Pages have it where they come over https, or from localhost.');
}

/** @throws TypeError for what would leave unsealed */
function refuseElsewhere(url: string): void {
  const {origin: asked} = new URL(url);
  if (asked !== origin) throw new TypeError(`The network's fetch answers below ${baseURL} and sends nothing elsewhere; this request was for ${asked}. Set the client's base address to ${baseURL}.`);
}

/** The network, saying what it may mean when a page can't read what the relay serves: its browser tells it no more. */
function explaining(network: RelayNetwork, relay: string): FaceNetwork {
  const {location} = globalThis as {readonly location?: {readonly origin: string}};
  if (location === undefined || location.origin === relay) return network;
  const message = `The relay ${relay} can not be reached from this page. Nothing was sent. Either its address is wrong, or it does not let in pages of ${location.origin}: its operator has to name that in BOMBYX_CLIENT_ORIGINS.`;
  const explain = (cause: unknown) => Promise.reject(codeOf(cause) === 'offline' ? new Refusal({status: 503, type: 'server_error', code: 'relay_unreachable', message}, {cause}) : cause);
  return {...network, catalogue: () => network.catalogue().catch(explain), directory: () => network.directory().catch(explain)};
}
