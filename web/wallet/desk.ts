/** The wallet's desk: what the page may ask of this document. Reads the chain itself; only connecting and signing wake a wallet. */
import {Chain} from '#contracts/chain.ts';
import {channelsOf, look} from '#contracts/channel-look.ts';
import {normalizedHashOf} from '#contracts/message-hash.ts';
import {ticketFor} from '#contracts/orders.ts';
import {outcomeOf} from '#contracts/outcome.ts';
import {accountOf, rawOf} from '#contracts/places.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {friendlyAddress, tonAddress} from '#protocol/ton-address.ts';
import type {ConnectedWallet, Ticket, WalletDesk, WalletNetwork} from './words.ts';

/** What a wallet says of itself when a person connects it. */
export interface WalletIntroduction {
  /** Name of the wallet's app. */
  readonly app: string;
  readonly address: string;
  /** Global id of its network. */
  readonly chain: string;
  readonly walletStateInit: string;
  /** What it proved its address with, if it did. */
  readonly proof: object | undefined;
}

/** The way to a person's wallet. Rejects as `WalletDesk` says. */
export interface Connector {
  connect(payload: string | undefined): Promise<WalletIntroduction>;
  disconnect(): Promise<void>;
  /** Waits at most `ms`; gives the external message, base64. */
  send(ticket: Ticket, ms: number): Promise<string>;
}

export interface DeskOptions {
  readonly clock: Clock;
  /** Called when a wallet is needed, not before. */
  connector(network: WalletNetwork): Promise<Connector>;
}

/** How long a person has to sign, s. */
const signingTime = 300;

export function createDesk({clock, connector}: DeskOptions): WalletDesk {
  const chainOf = ({endpoint}: WalletNetwork) => new Chain({endpoint, clock});
  /** The devnet's clock can be ahead of this machine's, and a machine's can be wrong: a ticket must be good on both. */
  const now = async (chain: Chain) => Math.max(Math.floor(clock.now() / 1000), await chain.now());
  return {
    connect: async (network, {payload}) => {
      const introduction = await (await connector(network)).connect(payload);
      return {wallet: walletOf(introduction, network), proof: payload === undefined ? undefined : proofOf(introduction)};
    },
    disconnect: async (network) => (await connector(network)).disconnect(),
    account: async (network, owner) => rawOf(accountOf(network, owner).address),
    look: (network, person) => look(chainOf(network), {...person, network}),
    channels: (network, owner) => channelsOf(chainOf(network), {network, owner}),
    prepare: async (network, {owner, order}) => {
      const chain = chainOf(network);
      return ticketFor(order, {chain, network, owner, validUntil: (await now(chain)) + signingTime});
    },
    sign: async (network, ticket) => {
      const left = ticket.validUntil - (await now(chainOf(network)));
      if (left <= 0) throw new NetworkError('expired', 'the time to sign is over');
      return messageOf(await (await connector(network)).send(ticket, left * 1000));
    },
    follow: (network, sent) => outcomeOf(sent, {chain: chainOf(network), network}),
  };
}

function walletOf({address, chain, app}: WalletIntroduction, {name, network}: WalletNetwork): ConnectedWallet {
  if (chain !== String(network)) throw new NetworkError('bad-wallet', `it is on network ${chain}`);
  const raw = tonAddress(address);
  return {address: raw, friendly: friendlyAddress(raw, {bounceable: false, testnetOnly: name !== 'mainnet'}), app};
}

function proofOf({address, chain, walletStateInit, proof}: WalletIntroduction): Uint8Array<ArrayBuffer> {
  if (!proof) throw new NetworkError('bad-wallet', 'it did not prove its address');
  return new TextEncoder().encode(JSON.stringify({address, network: chain, walletStateInit, proof}));
}

/** What a wallet gave as its message, if it is one: with anything else nobody can look for it. */
function messageOf(external: string): string {
  try {
    normalizedHashOf(external);
    return external;
  } catch (cause) {
    throw new NetworkError('wallet-silent', 'what it answered is no message', {cause});
  }
}
