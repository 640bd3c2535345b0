/** Ed25519 identities: a non-extractable Web Crypto key where the browser has Ed25519, else a seed with noble (RFC 8032). */
import {type Bytes, fromHex, own, toHex} from './bytes.ts';
import {NetworkError} from './errors.ts';

/** Something that can sign as one key. `id` is the public key in hex: a NodeId or a DeviceId. */
export interface Identity<Id extends string> {
  readonly id: Id;
  /** A 64-byte Ed25519 signature. */
  sign(message: Uint8Array): Promise<Bytes>;
}

/** What a host keeps: a key pair that the page cannot read, or a 32-byte seed where the browser has no Ed25519. */
export type IdentitySecret = {readonly kind: 'key-pair'; readonly pair: CryptoKeyPair} | {readonly kind: 'seed'; readonly seed: Bytes};

/** Loaded only where it is needed: few browsers of today lack Ed25519. */
const noble = async () => (await import('@noble/curves/ed25519.js')).ed25519;

/** A fresh secret; a seed only where Web Crypto lacks Ed25519 (Chrome < 137, Firefox < 129, Safari < 17). */
export async function createSecret(): Promise<IdentitySecret> {
  try {
    return {kind: 'key-pair', pair: await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])};
  } catch {
    return {kind: 'seed', seed: own((await noble()).utils.randomSecretKey())};
  }
}

/** The identity of a secret. */
export async function identityOf<Id extends string>(secret: IdentitySecret): Promise<Identity<Id>> {
  if (secret.kind === 'seed') {
    const ed25519 = await noble();
    return {
      id: toHex(ed25519.getPublicKey(secret.seed)) as Id,
      sign: async (message) => own(ed25519.sign(message, secret.seed)),
    };
  }
  const {publicKey, privateKey} = secret.pair;
  return {
    id: toHex(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))) as Id,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, own(message))),
  };
}

/** Whether `signature` over `message` is by `id`. Never throws for bad input. */
export async function isSignedBy(id: string, {message, signature}: {message: Uint8Array; signature: Uint8Array}): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/i.test(id) || signature.length !== 64) return false;
  const key = fromHex(id);
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', true, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, own(signature), own(message));
  } catch {
    return verifyWithNoble(key, {message, signature});
  }
}

/** The same check without Web Crypto; exported so that a test can hold the two against each other. */
export async function verifyWithNoble(key: Uint8Array, {message, signature}: {message: Uint8Array; signature: Uint8Array}): Promise<boolean> {
  const ed25519 = await noble();
  try {
    return ed25519.verify(signature, message, key, {zip215: false});
  } catch {
    return false;
  }
}

/** @throws NetworkError with `code` unless `id` signed `message` */
export async function requireSignature(id: string, signed: {message: Uint8Array; signature: Uint8Array; code: 'bad-offer' | 'bad-receipt' | 'bad-node' | 'bad-relay' | 'not-paired'}): Promise<void> {
  if (!(await isSignedBy(id, signed))) throw new NetworkError(signed.code, 'the signature does not verify');
}
