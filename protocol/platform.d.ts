/**
 * Everything the protocol may assume of its host: text coding, base64 and Web Crypto. Nothing else exists here: no DOM, no Node.js,
 * no timers, no sockets. `CryptoKey` is declared so that it can't become a silent `any` inside a dependency's types.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: {fatal?: boolean; ignoreBOM?: boolean});
  decode(bytes?: Uint8Array, options?: {stream?: boolean}): string;
}
/** Base64 of bytes written as letters 0..255, and back. */
declare function atob(base64: string): string;
declare function btoa(letters: string): string;
interface CryptoKey {
  readonly type: string;
  readonly extractable: boolean;
}
interface CryptoKeyPair {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}
interface SubtleCrypto {
  generateKey(algorithm: 'Ed25519', extractable: boolean, usages: string[]): Promise<CryptoKeyPair>;
  importKey(format: 'raw', key: Uint8Array<ArrayBuffer>, algorithm: string, extractable: boolean, usages: string[]): Promise<CryptoKey>;
  exportKey(format: 'raw', key: CryptoKey): Promise<ArrayBuffer>;
  sign(algorithm: 'Ed25519', key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  verify(algorithm: 'Ed25519', key: CryptoKey, signature: Uint8Array<ArrayBuffer>, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>;
  digest(algorithm: 'SHA-256', bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  encrypt(algorithm: AesGcm, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  decrypt(algorithm: AesGcm, key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
}
interface AesGcm {
  name: 'AES-GCM';
  iv: Uint8Array<ArrayBuffer>;
  additionalData: Uint8Array<ArrayBuffer>;
}
declare const crypto: {getRandomValues<T extends Uint8Array>(bytes: T): T; readonly subtle: SubtleCrypto};
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: {once?: boolean; signal?: AbortSignal}): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare const AbortSignal: {any(signals: readonly AbortSignal[]): AbortSignal};
