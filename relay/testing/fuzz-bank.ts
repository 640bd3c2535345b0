/** A bank that keeps its books in memory and believes every wallet: so that the fuzzer reaches what a relay does with money. It has no roles behind it, as the relay may not reach those. */
import {fromHex, toHex} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import type {AccountEntry, Bank, ChannelEntry, Ledger} from '#protocol/roles/relay-bank.ts';
import type {TonAddress} from '#protocol/ton-address.ts';

const address = (text: string) => `0:${text.slice(0, 64).padStart(64, '0')}` as TonAddress;

function memoryLedger(): Ledger {
  const channels = new Map<TonAddress, ChannelEntry>();
  const accounts = new Map<TonAddress, AccountEntry>();
  const bound = new Map<NodeId, TonAddress>();
  const devices = new Map<DeviceId, number>();
  const days = new Map<number, number>();
  const correct = (entry: AccountEntry) => void accounts.set(entry.account, entry);
  const given = (device: DeviceId, day: number) => ({device: devices.get(device) ?? 0, day: days.get(day) ?? 0});
  return {
    channel: (channel) => channels.get(channel),
    account: (node) => accounts.get(bound.get(node) ?? ('' as TonAddress)),
    saveChannel: (entry) => void channels.set(entry.channel, entry),
    bind: (node, {account, owner}) => {
      const entry = accounts.get(account) ?? {account, owner, owed: 0n};
      correct(entry);
      bound.set(node, account);
      return entry;
    },
    correct,
    settle: (channel, account) => {
      channels.set(channel.channel, channel);
      correct(account);
    },
    given,
    give: (account, counted) => {
      correct(account);
      if (!counted) return;
      const {device, day} = given(counted.device, counted.day);
      devices.set(counted.device, device + 1);
      days.set(counted.day, day + 1);
    },
  };
}

export async function fuzzBank(): Promise<Bank> {
  const key = await identityOf<string>(await createSecret());
  return {
    key,
    terms: {network: -3, vault: address('a'), relayKey: fromHex(key.id), feePermille: 50, disputeWindow: 86_400, trial: 3},
    ledger: memoryLedger(),
    trial: {perAddress: 20, perDay: 100, ceiling: 1000n},
    channel: async (channel) => {
      if (channel.endsWith('6')) return {epoch: 46_000_000_001n, payerKey: '11'.repeat(32), capacity: 9_000_000_000n};
      throw new NetworkError('bad-voucher', 'no such channel');
    },
    wallet: async (proof) => ({owner: address(toHex(proof)), account: address(`${toHex(proof).slice(0, 60)}aaaa`)}),
    collected: async () => 0n,
  };
}
