/** A client of one relay for the OpenAI face: its links, its catalogue, and who pays. */
import * as v from 'valibot';
import {NetworkError} from '#protocol/errors.ts';
import type {Identity} from '#protocol/identity.ts';
import type {DeviceId} from '#protocol/ids.ts';
import {type CatalogueEntry, parseCatalogue} from '#protocol/models.ts';
import {Client, type ClientOptions} from '#protocol/roles/client.ts';
import {OwnDevices, type OwnDevicesOptions} from '#protocol/roles/own-devices.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {FaceNetwork} from './openai/network.ts';
import {linkOf, openSocket} from './socket.ts';

export interface RelayNetworkOptions extends Pick<ClientOptions, 'purse' | 'trialAt'> {
  /** The relay's address, such as `https://relay.example.org`. */
  readonly relay: string;
  readonly clock: Clock;
  /** Who is given free answers where there is no purse. */
  readonly trial: Identity<DeviceId>;
  /** The person's own devices, and the way to them beside the relay. */
  readonly own?: Pick<OwnDevicesOptions, 'identity' | 'paired' | 'openPeer'>;
}

export interface RelayNetwork extends FaceNetwork {
  /** Forgets what its channel held: the next paid question looks anew. */
  forgetPayments(): void;
  /** Ends what is being asked. */
  close(): void;
}

/** How long a catalogue is believed: an operator adds a model now and then. */
const catalogueMs = 60_000;
/** A file of the relay's is small; who serves an endless one is none. */
const fetchMs = 10_000;

const about = v.object({cluster: v.optional(v.array(v.string()), [])});

export function openRelayNetwork({relay, clock, trial, trialAt, purse, own}: RelayNetworkOptions): RelayNetwork {
  const client = new Client({clock, connect: (at = relay) => openSocket(linkOf(at)), relays: () => siblings(relay), random: secureRandom, trial, ...(trialAt ? {trialAt} : {}), ...(purse ? {purse} : {})});
  const devices = own && new OwnDevices({client, clock, ...own});
  let known: {readonly at: number; readonly entries: Promise<readonly CatalogueEntry[]>} | undefined;
  const catalogue = (): Promise<readonly CatalogueEntry[]> => {
    if (known && clock.now() - known.at < catalogueMs) return known.entries;
    const before = known?.entries;
    // One that can't be had now was right a minute ago.
    const entries = fileOf(relay, '/models.json').then(parseCatalogue).catch((error: unknown) => before ?? Promise.reject(error as Error));
    known = {at: clock.now(), entries};
    entries.catch(() => (known = undefined));
    return entries;
  };
  return {
    ask: (question) => (question.only && devices ? devices.ask(question) : client.ask(question)),
    directory: () => client.directory(),
    catalogue,
    mine: () => new Set(own?.paired()),
    forgetPayments: () => client.forgetPayments(),
    close: () => {
      devices?.close();
      client.close();
    },
  };
}

/** Relays of the same operator that a job may be sent on to. */
const siblings = async (relay: string): Promise<readonly string[]> => v.parse(about, await fileOf(relay, '/api/relay')).cluster;

async function fileOf(relay: string, path: string): Promise<unknown> {
  try {
    const response = await fetch(new URL(path, relay), {signal: AbortSignal.timeout(fetchMs), redirect: 'error', credentials: 'omit'});
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.json();
  } catch (cause) {
    throw new NetworkError('offline', `the relay's ${path}`, {cause});
  }
}

function secureRandom(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}
