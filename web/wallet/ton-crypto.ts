/** Stands in for `@ton/crypto` in the build (vite.config.ts): what @ton/core and we use of it, without its word lists, and faster. */
import {ed25519} from '@noble/curves/ed25519.js';
import {sha256} from '@noble/hashes/sha2.js';

const seedBytes = 32;

export interface KeyPair {
  readonly publicKey: Buffer;
  /** The seed and the public key, as tweetnacl has it. */
  readonly secretKey: Buffer;
}

// oxlint-disable-next-line no-underscore-dangle -- the name that @ton/core asks for
export const sha256_sync = (data: Buffer | string): Buffer => Buffer.from(sha256(Buffer.from(data)));

export function keyPairFromSeed(seed: Buffer): KeyPair {
  const publicKey = Buffer.from(ed25519.getPublicKey(seed));
  return {publicKey, secretKey: Buffer.concat([seed, publicKey])};
}

export const sign = (data: Buffer, secretKey: Buffer): Buffer => Buffer.from(ed25519.sign(data, secretKey.subarray(0, seedBytes)));

export const signVerify = (data: Buffer, signature: Buffer, publicKey: Buffer): boolean => ed25519.verify(signature, data, publicKey);
