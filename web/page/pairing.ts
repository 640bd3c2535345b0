/** Pairing in this page: its line to our relay, and what this browser calls itself. It loads with its screen. */
import type {PairingKeys} from '#protocol/pairing.ts';
import {ClientLink} from '#protocol/roles/client-link.ts';
import {hostPairing, joinPairing} from '#protocol/roles/pairing.ts';
import {systemClock} from '../platform/clock.ts';
import {openFirst} from '#sdk/socket.ts';
import {createPairing, type PairingLine} from '../state/pairing.ts';
import type {Pairing} from '../state/pairing-views.ts';
import {deviceName} from './device-name.ts';

export interface PagePairingOptions {
  readonly keys: PairingKeys;
  readonly kept: {setting(key: string): Promise<unknown>; putSetting(key: string, value: unknown): Promise<void>};
  /** Our relay, or where it is away another one of its cluster. */
  links(): Promise<readonly string[]>;
  add(keys: PairingKeys, name: string): Promise<void>;
}

/** Under which this device's name is kept. */
const nameKey = 'device-name';

export async function openPairing({keys, kept, links, add}: PagePairingOptions): Promise<Pairing> {
  const known = await kept.setting(nameKey);
  const name = typeof known === 'string' && known !== '' ? known.slice(0, 160) : deviceName(navigator.userAgent);
  return createPairing({keys, name, origin: location.origin, keepName: (changed) => kept.putSetting(nameKey, changed), openLine: () => openLine(links), add, now: () => Date.now()});
}

async function openLine(links: () => Promise<readonly string[]>): Promise<PairingLine> {
  const clock = systemClock;
  const link = await ClientLink.open({transport: await openFirst(await links()), clock});
  return {
    host: (secret, self) => hostPairing(link, {secret, self, clock}),
    join: (invitation, self) => joinPairing(link, {invitation, self, clock}),
    close: () => link.close(),
  };
}
