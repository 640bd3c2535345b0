/**
 * The gateway's folder: one seed, from which all its keys come, and beside it what it must not forget. Only its owner may read or write in there.
 *
 * Who writes what, so that commands are safe beside a running gateway:
 * `purse-*.json` is written by the process that holds the folder's lock, which is the running gateway, and by no command;
 * `orders/` is written by the command that holds the lock in there; `key` is written once. Whoever only reads needs no lock: files are replaced whole.
 */
import {hkdfSync} from 'node:crypto';
import {mkdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {Identity} from '#protocol/identity.ts';
import type {DeviceId} from '#protocol/ids.ts';
import {identityOfSeed, readOrMakeSeed} from '../money/key-files.ts';
import {lockFolder} from '../money/folder-lock.ts';

export interface GatewayKeys {
  /** 32 bytes, for the gateway's wallet. */
  readonly walletSeed: Buffer;
  /** Signs for its channels. */
  readonly payer: Identity<string>;
  /** Who is given free answers at a relay: another one at each, so that two operators can't tell that it is one gateway. */
  trialAt(relay: string): Promise<Identity<DeviceId>>;
}

const othersWrite = 0o022;

/** Makes folder and key at the first start. @throws Error that names the path when others may read the key or write beside it */
export async function openKeys(folder: string): Promise<GatewayKeys> {
  requirePrivate(folder);
  const seed = readOrMakeSeed(join(folder, 'key'));
  const derived = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', seed, Buffer.alloc(0), `bombyx gateway 1: ${purpose}`, 32));
  return {
    walletSeed: derived('wallet'),
    payer: await identityOfSeed(derived('payer')),
    trialAt: (relay) => identityOfSeed<DeviceId>(derived(`trial at ${relay}`)),
  };
}

/** For the running gateway: two would grant the same coins twice. @throws Error when another one holds it */
export const lockGateway = (folder: string): (() => void) =>
  lockFolder(folder, `The gateway did not start: another one uses ${folder}. Stop that one, or name another folder with BOMBYX_GATEWAY_DATA.`);

/** For a command that spends from the wallet: two at once would spoil each other's messages. @throws Error when another one holds it */
export const lockOrders = (folder: string): (() => void) =>
  lockFolder(ordersIn(folder), 'Another deposit or withdrawal of this gateway is at work. Nothing was sent; wait until it is done.');

export const ordersIn = (folder: string): string => join(folder, 'orders');

function requirePrivate(folder: string): void {
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const {mode, uid} = statSync(folder);
  if (process.platform === 'win32') return;
  if ((mode & othersWrite) !== 0) throw new Error(`${folder} can be written by others. Nothing was started; run: chmod 700 ${folder}`);
  if (uid !== process.getuid?.()) throw new Error(`${folder} belongs to another user. Nothing was started; name a folder of your own with BOMBYX_GATEWAY_DATA.`);
}
