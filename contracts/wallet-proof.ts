/** Checks a wallet's `ton_proof`: that the address is a wallet of a kind we know, and that its key signed our claim, here and lately. */
import {Address, Cell, contractAddress, loadStateInit} from '@ton/core';
import {signVerify} from '@ton/crypto';
import {WalletContractV3R2, WalletContractV4, WalletContractV5R1} from '@ton/ton';
import * as v from 'valibot';
import {NetworkError} from '#protocol/errors.ts';
import {proofHash} from './ton-proof.ts';

/** Bits of a wallet's data before its public key, by the hash of its code: no foreign contract can pose as a wallet. */
const keyOffsets = new Map<string, number>(
  ([[WalletContractV3R2, 64], [WalletContractV4, 64], [WalletContractV5R1, 65]] as const).map(([kind, skip]) => [kind.create({workchain: 0, publicKey: Buffer.alloc(32)}).init.code.hash().toString('hex'), skip]),
);

/**
 * Seconds. Sign-ins give a proof minutes, because whoever steals it is signed in. Ours names one node and is worth nothing to anybody but that
 * node's key, so it may wait for a large model's download.
 */
const maxAge = 24 * 3600;
const maxAhead = 15 * 60;
const bounded = (most: number) => v.pipe(v.string(), v.maxLength(most));

/** As the wallet gives it to the app, in JSON. */
const walletProof = v.object({
  address: bounded(100),
  network: bounded(12),
  walletStateInit: bounded(4096),
  proof: v.object({
    timestamp: v.pipe(v.union([v.number(), v.pipe(bounded(16), v.transform(Number))]), v.integer()),
    domain: v.object({lengthBytes: v.number(), value: bounded(255)}),
    payload: bounded(255),
    signature: bounded(128),
  }),
});
export type WalletProof = v.InferInput<typeof walletProof>;

export interface ProofExpectation {
  /** Global id of the network. */
  readonly network: number;
  readonly payload: string;
  /** s since 1970. */
  readonly now: number;
  isOurDomain(domain: string): boolean;
}

/** The wallet's address. @throws NetworkError `bad-wallet` with the reason */
export function checkWalletProof(json: Uint8Array, {network, payload, now, isOurDomain}: ProofExpectation): Address {
  const {address: text, network: chain, walletStateInit, proof} = parse(json);
  if (chain !== String(network)) refuse('another network');
  if (proof.payload !== payload) refuse('made for something else');
  if (proof.domain.lengthBytes !== Buffer.byteLength(proof.domain.value) || !isOurDomain(proof.domain.value)) refuse('made for another site');
  if (now - proof.timestamp > maxAge || proof.timestamp - now > maxAhead) refuse('too old, or of the future');
  const {address, key} = walletOf(text, walletStateInit) ?? refuse('not a wallet that we know');
  const hash = proofHash(address, {domain: proof.domain.value, timestamp: proof.timestamp, payload});
  const signature = Buffer.from(proof.signature, 'base64');
  if (signature.length !== 64 || !signVerify(hash, signature, key)) refuse('the signature does not verify');
  return address;
}

function refuse(reason: string): never {
  throw new NetworkError('bad-wallet', reason);
}

function parse(json: Uint8Array): v.InferOutput<typeof walletProof> {
  try {
    return v.parse(walletProof, JSON.parse(Buffer.from(json).toString('utf8')));
  } catch (cause) {
    throw new NetworkError('bad-wallet', 'can not be read', {cause});
  }
}

/** The key that the wallet's initial state holds, where that state leads to this address. */
function walletOf(text: string, stateInit: string): {address: Address; key: Buffer} | undefined {
  try {
    const address = Address.parse(text);
    const {code, data} = loadStateInit(Cell.fromBase64(stateInit).beginParse());
    const skip = code ? keyOffsets.get(code.hash().toString('hex')) : undefined;
    if (!data || skip === undefined || !contractAddress(address.workChain, {code, data}).equals(address)) return undefined;
    const slice = data.beginParse();
    slice.skip(skip);
    return {address, key: slice.loadBuffer(32)};
  } catch {
    return undefined;
  }
}
