/** The one door to the HPKE library (RFC 9180, base mode): suites, key pairs, and the two ends of one sealing. */
import {type AeadInterface, Aes128Gcm, Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256} from '@hpke/core';
import {XWing} from '@hpke/hybridkem-x-wing';
import {type Bytes, own} from './bytes.ts';

/** One end of a sealing after set-up. `seal` and `open` count their nonces up. */
export interface HpkeEnd {
  /** The encapsulated key, sent beside the ciphertext. */
  readonly enc: Bytes;
  /** A secret bound to this sealing (RFC 9180, 5.3). */
  export(label: Uint8Array, length: number): Promise<Bytes>;
}
export interface HpkeSender extends HpkeEnd {
  seal(body: Uint8Array, aad: Uint8Array): Promise<Bytes>;
}
export interface HpkeRecipient extends HpkeEnd {
  /** Rejects with the library's error when the ciphertext is not what was sealed. */
  open(sealed: Uint8Array, aad: Uint8Array): Promise<Bytes>;
}

/** A suite: key encapsulation, key derivation, encryption. */
export interface HpkeSuite {
  /** Bytes of the AEAD key (Nk), which also sets the length of response nonces (RFC 9458, 4.4). */
  readonly keyBytes: number;
  generateKeyPair(): Promise<CryptoKeyPair>;
  publicKeyBytes(key: CryptoKey): Promise<Bytes>;
  /** A key pair from its serialized private and public parts; for vectors. */
  importKeyPair(secret: Uint8Array, open: Uint8Array): Promise<CryptoKeyPair>;
  sender(recipient: Uint8Array, info: Uint8Array): Promise<HpkeSender>;
  recipient(pair: CryptoKeyPair, bound: {enc: Uint8Array; info: Uint8Array}): Promise<HpkeRecipient>;
}

const buffer = (source: Uint8Array): ArrayBuffer => own(source).buffer;
const view = (source: ArrayBuffer): Bytes => new Uint8Array(source);

/** Wraps a suite of the library. */
export function wrapSuite(kem: XWing | DhkemX25519HkdfSha256, aead: AeadInterface): HpkeSuite {
  const suite = new CipherSuite({kem, kdf: new HkdfSha256(), aead});
  return {
    keyBytes: aead.keySize,
    generateKeyPair: () => suite.kem.generateKeyPair(),
    publicKeyBytes: async (key) => view(await suite.kem.serializePublicKey(key)),
    importKeyPair: async (secret, open) => ({
      privateKey: await suite.kem.deserializePrivateKey(buffer(secret)),
      publicKey: await suite.kem.deserializePublicKey(buffer(open)),
    }),
    sender: async (recipient, info) => {
      const recipientPublicKey = await suite.kem.deserializePublicKey(buffer(recipient));
      const context = await suite.createSenderContext({recipientPublicKey, info: buffer(info)});
      return {
        enc: view(context.enc),
        seal: async (body, aad) => view(await context.seal(buffer(body), buffer(aad))),
        export: async (label, length) => view(await context.export(buffer(label), length)),
      };
    },
    recipient: async (pair, {enc, info}) => {
      const context = await suite.createRecipientContext({recipientKey: pair, enc: buffer(enc), info: buffer(info)});
      return {
        enc: own(enc),
        open: async (sealed, aad) => view(await context.open(buffer(sealed), buffer(aad))),
        export: async (label, length) => view(await context.export(buffer(label), length)),
      };
    },
  };
}

/** The suite of every job: X-Wing, HKDF-SHA256, AES-256-GCM. */
export const jobSuite = (): HpkeSuite => wrapSuite(new XWing(), new Aes256Gcm());

/** The suite of the published vectors for chunked OHTTP: X25519, HKDF-SHA256, AES-128-GCM. */
export const ohttpSuite = (): HpkeSuite => wrapSuite(new DhkemX25519HkdfSha256(), new Aes128Gcm());
