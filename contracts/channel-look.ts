/** What the chain says of a person at a relay's vault: the wallet, its channels, its account. */
import {Address} from '@ton/core';
import type {Chain, ChainAccount} from './chain.ts';
import {channelFrom} from './channel/channel.ts';
import {claimedFrom} from './node-account/node-account.ts';
import {opcodes} from './opcodes.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {accountOf, channelOf, rawOf} from './places.ts';
import type {ChainLook, ChannelLook, WalletNetwork} from './wallet-words.ts';

interface Person {
  readonly network: WalletNetwork;
  readonly owner: TonAddress;
  readonly payerKey: string;
}

/** Channels of one wallet that are looked at; nobody has so many browsers. */
const mostChannels = 20;

/** One question after the other: without a key, TonCenter answers one per second. */
export async function look(chain: Chain, {network, owner, payerKey}: Person): Promise<ChainLook> {
  const account = accountOf(network, owner).address;
  const {balance} = await chain.account(Address.parseRaw(owner));
  const opened = await channelLook(chain, {network, owner, payerKey});
  const claimed = claimedFrom(await chain.account(account));
  return {balance, channel: opened, account: {account: rawOf(account), claimed}, now: await chain.now()};
}

/** The open channel of one session key; undefined where none is open. */
export async function channelLook(chain: Chain, {network, owner, payerKey}: Person): Promise<ChannelLook | undefined> {
  const {address} = channelOf(network, {owner, payerKey});
  return channelIn(address, await chain.account(address));
}

/** The open channels that a wallet ever paid into, whatever browser has or had their keys: their payer needs no key to take the coins out. */
export async function channelsOf(chain: Chain, {network, owner}: Omit<Person, 'payerKey'>): Promise<readonly ChannelLook[]> {
  const sent = (await chain.transactions(Address.parseRaw(owner))).flatMap((transaction) => transaction.sent);
  const paidInto = sent.flatMap(({opcode, destination}) => (opcode === opcodes.TopUp && destination ? [rawOf(destination)] : []));
  const found: ChannelLook[] = [];
  for (const each of [...new Set(paidInto)].slice(0, mostChannels)) {
    const address = Address.parseRaw(each);
    const state = await chain.account(address);
    const terms = channelFrom(address, state);
    const channel = terms && rawOf(terms.payer) === owner && rawOf(terms.payee) === network.vault ? channelIn(address, state) : undefined;
    if (channel) found.push(channel);
  }
  return found;
}

function channelIn(address: Address, account: ChainAccount): ChannelLook | undefined {
  const state = channelFrom(address, account);
  if (!state || state.epoch === 0n) return undefined;
  const {epoch, claimed, spendable, finishAt, requested} = state;
  return {channel: rawOf(address), epoch, claimed, spendable, finishAt, requested};
}
