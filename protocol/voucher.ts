/**
 * Vouchers: signed cumulative sums. Each replaces all before it and names the network, so it is worth nothing elsewhere. The contracts build the
 * same cells from their own state (contracts/channel/signed.tolk, contracts/node-account/signed.tolk).
 */
import type {Bytes} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {type Identity, isSignedBy} from './identity.ts';
import type {StatementKind} from './statement.ts';
import {addressField, type TonAddress} from './ton-address.ts';
import {CellBits} from './ton-cell.ts';
import {bytes, struct, u64} from './wire.ts';

/** First 32 bits of each kind of signed cell. */
const tags = {channel: 0x56434831, node: 0x4e564331, release: 0x52454c31} as const;

/** By the payer: the payee of this opening of the channel may have `cumulative` in all. */
export interface ChannelVoucher {
  /** Global id of the network: -239 mainnet, -3 testnet. */
  readonly network: number;
  readonly channel: TonAddress;
  /** Logical time of the channel's opening. */
  readonly epoch: bigint;
  /** nano-coins */
  readonly cumulative: bigint;
}

/** By the relay: the owner of this account may have `cumulative` in all. */
export interface NodeVoucher {
  readonly network: number;
  readonly account: TonAddress;
  /** nano-coins */
  readonly cumulative: bigint;
}

/** By the payee: the payer may take `amount` back at once. */
export interface Release {
  readonly network: number;
  readonly channel: TonAddress;
  readonly epoch: bigint;
  /** Releases done before. */
  readonly seqno: number;
  /** nano-coins */
  readonly amount: bigint;
}

/** The 32 bytes that the payer signs. */
export const channelVoucherHash = ({network, channel, epoch, cumulative}: ChannelVoucher): Bytes =>
  new CellBits().uint(tags.channel, 32).int(network, 32).address(channel).uint(epoch, 64).coins(cumulative).hash();

/** The 32 bytes that the relay signs. */
export const nodeVoucherHash = ({network, account, cumulative}: NodeVoucher): Bytes =>
  new CellBits().uint(tags.node, 32).int(network, 32).address(account).coins(cumulative).hash();

/** The 32 bytes that the payee signs. */
export const releaseHash = ({network, channel, epoch, seqno, amount}: Release): Bytes =>
  new CellBits().uint(tags.release, 32).int(network, 32).address(channel).uint(epoch, 64).uint(seqno, 32).coins(amount).hash();

/** What a payer signs to open its channel on one link; no voucher, and worth nothing on another link. */
export const fundProof: StatementKind<{channel: TonAddress; epoch: bigint; nonce: Bytes}> = {
  label: 'bombyx/fund/v1',
  fields: struct({channel: addressField, epoch: u64, nonce: bytes(32)}),
};

/** A sum and the signature that grants it. */
export interface SignedSum {
  /** nano-coins */
  readonly cumulative: bigint;
  /** 64 bytes. */
  readonly signature: Bytes;
}

/** Signs a voucher of a channel. */
export const signChannelVoucher = async (key: Identity<string>, voucher: ChannelVoucher): Promise<SignedSum> => ({
  cumulative: voucher.cumulative,
  signature: await key.sign(channelVoucherHash(voucher)),
});

/** Signs a voucher of a node's account. */
export const signNodeVoucher = async (key: Identity<string>, voucher: NodeVoucher): Promise<SignedSum> => ({
  cumulative: voucher.cumulative,
  signature: await key.sign(nodeVoucherHash(voucher)),
});

/** @throws NetworkError `bad-voucher` unless `key` (hex) signed this hash */
export async function requireVoucher(key: string, {hash, signature}: {hash: Bytes; signature: Uint8Array}): Promise<void> {
  if (!(await isSignedBy(key, {message: hash, signature}))) throw new NetworkError('bad-voucher', 'the signature does not verify');
}
