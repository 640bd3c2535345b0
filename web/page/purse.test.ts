/** Which relay is shown which channel: ours its own, and no other relay that names our vault. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {Terms} from '#protocol/messages.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import type {KeptChannel} from '../platform/store-idb.ts';
import {vaultKey} from '../state/wallet.ts';
import {purseOf} from './purse.ts';

const vault = (digit: string) => `0:${digit.repeat(64)}` as TonAddress;
const terms = (digit: string): Terms => ({network: -3, vault: vault(digit), relayKey: new Uint8Array(32), feePermille: 50, disputeWindow: 86_400, trial: 0, nonce: new Uint8Array(32)});
const there = 'https://b.example';

test('purseOf(): a channel is for the relay whose vault it is; another one that names our vault is shown nothing', async () => {
  const channels = new Map<string, KeptChannel>(['a', 'b'].map((digit) => [vaultKey(terms(digit)), {channel: vault(digit.toUpperCase()), epoch: 7n, granted: 0n, seen: 0n}]));
  const kept = {
    channel: async (key: string) => channels.get(key),
    changeChannel: async (key: string, change: (now: KeptChannel | undefined) => KeptChannel | undefined) => {
      const changed = change(channels.get(key));
      if (changed) channels.set(key, changed);
      return changed;
    },
  };
  const granted: bigint[] = [];
  const find = purseOf({kept, key: await identityOf<string>(await createSecret()), ours: () => terms('a'), onGranted: (sum) => granted.push(sum)});
  assert.equal((await find(terms('a'), ''))?.channel, vault('A'));
  assert.equal(await find(terms('a'), there), undefined);
  assert.equal((await find(terms('b'), there))?.channel, vault('B'));
  assert.equal(await find(terms('c'), there), undefined);
  await (await find(terms('b'), there))?.update((state) => ({...state, granted: 5n}));
  assert.deepEqual([channels.get(vaultKey(terms('b')))?.granted, channels.get(vaultKey(terms('a')))?.granted, granted], [5n, 0n, [5n]]);
});
