/**
 * Frames of a response: AES-GCM under keys derived as in RFC 9458 4.4, nonce XOR counter, aad "" or, for the last, "final"
 * (chunked OHTTP, draft-ietf-ohai-chunked-ohttp). A lost, repeated, moved or changed frame does not open; nor does a cut end pass.
 */
import {expand, extract} from '@noble/hashes/hkdf.js';
import {sha256} from '@noble/hashes/sha2.js';
import {type Bytes, concat, own, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {lengthBytes, pad, unpad} from './padding.ts';

/** The key and base nonce of one response. */
export interface ResponseKeys {
  readonly key: Bytes;
  /** 12 bytes */
  readonly nonce: Bytes;
}

/** `salt = enc | response nonce; prk = Extract(salt, secret); key = Expand(prk, "key"); nonce = Expand(prk, "nonce", 12)` */
export function responseKeys(from: {secret: Uint8Array; enc: Uint8Array; nonce: Uint8Array; keyBytes: number}): ResponseKeys {
  const prk = extract(sha256, from.secret, concat(from.enc, from.nonce));
  return {key: own(expand(sha256, prk, utf8('key'), from.keyBytes)), nonce: own(expand(sha256, prk, utf8('nonce'), 12))};
}

const tagBytes = 16;
const noAad = utf8('');
const finalAad = utf8('final');

/** Bytes of content that fit one sealed frame of `frameBytes`. */
export const frameRoom = (frameBytes: number): number => frameBytes - tagBytes - lengthBytes;

/** The base nonce with the counter XORed into its last four bytes. */
function nonceAt(base: Bytes, counter: number): Bytes {
  if (counter >= 2 ** 32) throw new RangeError('too many frames under one key');
  const nonce = own(base);
  const tail = new DataView(nonce.buffer, 8);
  tail.setUint32(0, (tail.getUint32(0) ^ counter) >>> 0);
  return nonce;
}

const importKey = (keys: ResponseKeys, usage: 'encrypt' | 'decrypt') => crypto.subtle.importKey('raw', keys.key, 'AES-GCM', false, [usage]);

/** Seals frames in order. */
export class FrameSealer {
  readonly #key: Promise<CryptoKey>;
  readonly #nonce: Bytes;
  #counter = 0;

  constructor(keys: ResponseKeys) {
    this.#key = importKey(keys, 'encrypt');
    this.#nonce = keys.nonce;
  }

  /** One frame of exactly `frameBytes`. Call it again only after the promise resolved. */
  async seal(content: Uint8Array, {frameBytes, final}: {frameBytes: number; final: boolean}): Promise<Bytes> {
    const iv = nonceAt(this.#nonce, this.#counter);
    this.#counter += 1;
    const padded = pad(content, frameBytes - tagBytes);
    return new Uint8Array(await crypto.subtle.encrypt({name: 'AES-GCM', iv, additionalData: final ? finalAad : noAad}, await this.#key, padded));
  }
}

/** Opens frames in order. */
export class FrameOpener {
  readonly #key: Promise<CryptoKey>;
  readonly #nonce: Bytes;
  #counter = 0;

  constructor(keys: ResponseKeys) {
    this.#key = importKey(keys, 'decrypt');
    this.#nonce = keys.nonce;
  }

  /** The content of the next frame and whether it is the last. @throws NetworkError `tampered` */
  async open(frame: Uint8Array): Promise<{content: Uint8Array; final: boolean}> {
    if (frame.length < tagBytes + lengthBytes) throw new NetworkError('tampered', 'a frame is too short');
    const iv = nonceAt(this.#nonce, this.#counter);
    this.#counter += 1;
    const middle = await this.#decrypt({frame, iv, aad: noAad});
    if (middle) return {content: middle, final: false};
    const last = await this.#decrypt({frame, iv, aad: finalAad});
    if (last) return {content: last, final: true};
    throw new NetworkError('tampered', `frame ${this.#counter - 1} does not open`);
  }

  async #decrypt({frame, iv, aad}: {frame: Uint8Array; iv: Bytes; aad: Bytes}): Promise<Uint8Array | undefined> {
    try {
      return unpad(new Uint8Array(await crypto.subtle.decrypt({name: 'AES-GCM', iv, additionalData: aad}, await this.#key, own(frame))));
    } catch {
      return undefined;
    }
  }
}
