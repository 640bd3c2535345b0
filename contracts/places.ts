/** Where a person's contracts at a relay's vault are: the channel of a session key, and the account of a node's owner. */
import {Address} from '@ton/core';
import {channelDeployment} from './channel/channel.ts';
import type {Deployment} from './code.ts';
import {accountDeployment} from './node-account/node-account.ts';
import {type TonAddress, tonAddress} from '#protocol/ton-address.ts';
import type {WalletNetwork} from './wallet-words.ts';

const keyOf = (hex: string): bigint => BigInt(`0x${hex}`);

export const rawOf = (address: Address): TonAddress => tonAddress(address.toRawString());

/** One channel per wallet and session key: it is found again without being remembered. */
export const channelOf = ({vault, relayKey, disputeWindow}: WalletNetwork, {owner, payerKey}: {owner: TonAddress; payerKey: string}): Deployment =>
  channelDeployment({payer: Address.parseRaw(owner), payee: Address.parseRaw(vault), payerKey: keyOf(payerKey), payeeKey: keyOf(relayKey), disputeWindow, salt: 0n});

export const accountOf = ({vault, relayKey}: WalletNetwork, owner: TonAddress): Deployment =>
  accountDeployment({vault: Address.parseRaw(vault), owner: Address.parseRaw(owner), relayKey: keyOf(relayKey)});
