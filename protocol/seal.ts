/**
 * Sealing one job to one node (docs/protocol.md, section 5).
 *
 *   client                                              node
 *     bind = SHA-256(offer | signature)                   the same, from its own offer
 *     info = "bombyx/request/v1" | 0 | bind               a swapped offer gives another info: nothing opens
 *     enc, sealed = HPKE.Seal(pad(job), aad "final")  ->  opens once, then deletes the job's key
 *     secret = Export("bombyx/response/v1", 32)           the same secret keys the response
 */
import {type Bytes, concat, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {type HpkeEnd, type HpkeSuite, jobSuite} from './hpke.ts';
import {bucketFor, pad, unpad} from './padding.ts';
import {responseKeys, type ResponseKeys} from './response.ts';
import {hash} from './statement.ts';

/** Labels and suite of a sealing; parameters, so that the same code is checked against published vectors. */
export interface SealProfile {
  readonly requestLabel: string;
  readonly responseLabel: string;
  readonly suite: HpkeSuite;
}

/** The profile of every job. */
export const jobProfile: SealProfile = {requestLabel: 'bombyx/request/v1', responseLabel: 'bombyx/response/v1', suite: jobSuite()};

const finalAad = utf8('final');

/** The info string of a sealing that is bound to `context`. */
export const sealInfo = (profile: SealProfile, context: Uint8Array): Bytes => concat(utf8(profile.requestLabel), Uint8Array.of(0), context);

/** What ties a request to one offer of one node. */
export const bindOffer = (signed: {offer: Uint8Array; signature: Uint8Array}): Bytes => hash(signed.offer, signed.signature);

/** A sealed request and, for its sender, the keys of the response. */
export interface SealedRequest {
  readonly enc: Bytes;
  readonly sealed: Bytes;
  /** Keys for the response that starts with `nonce`. */
  responseKeys(nonce: Uint8Array): Promise<ResponseKeys>;
}

/** Response keys from one end of a sealing (RFC 9458, 4.4). */
export async function exportResponseKeys(end: HpkeEnd, {profile, nonce}: {profile: SealProfile; nonce: Uint8Array}): Promise<ResponseKeys> {
  const length = responseNonceBytes(profile);
  const secret = await end.export(utf8(profile.responseLabel), length);
  return responseKeys({secret, enc: end.enc, nonce, keyBytes: profile.suite.keyBytes});
}

/** max(Nk, Nn): 32 for jobs. */
export const responseNonceBytes = (profile: SealProfile): number => Math.max(profile.suite.keyBytes, 12);

/** Seals a job's bytes to the KEM key in an offer. @throws NetworkError `too-long` */
export async function sealRequest(body: Uint8Array, to: {kemPublicKey: Uint8Array; bind: Uint8Array}): Promise<SealedRequest> {
  const profile = jobProfile;
  const padded = pad(body, bucketFor(body.length));
  const sender = await profile.suite.sender(to.kemPublicKey, sealInfo(profile, to.bind));
  const sealed = await sender.seal(padded, finalAad);
  return {enc: sender.enc, sealed, responseKeys: (nonce) => exportResponseKeys(sender, {profile, nonce})};
}

/** A key that opens one request and is then forgotten. */
export class JobKey {
  #pair: CryptoKeyPair | undefined;
  readonly publicKey: Bytes;

  private constructor(pair: CryptoKeyPair, publicKey: Bytes) {
    this.#pair = pair;
    this.publicKey = publicKey;
  }

  static async create(): Promise<JobKey> {
    const pair = await jobProfile.suite.generateKeyPair();
    return new JobKey(pair, await jobProfile.suite.publicKeyBytes(pair.publicKey));
  }

  /** Forgets the private part; nothing opens after that. */
  forget(): void {
    this.#pair = undefined;
  }

  /** Opens the one request; the key is gone afterwards, also when opening fails. @throws NetworkError `duplicate`, `tampered` */
  async open(request: {enc: Uint8Array; sealed: Uint8Array}, bind: Uint8Array): Promise<{body: Uint8Array; responseKeys(nonce: Uint8Array): Promise<ResponseKeys>}> {
    const pair = this.#pair;
    if (!pair) throw new NetworkError('duplicate', 'the key of this job is used up');
    this.forget();
    const profile = jobProfile;
    try {
      const end = await profile.suite.recipient(pair, {enc: request.enc, info: sealInfo(profile, bind)});
      const body = unpad(await end.open(request.sealed, finalAad));
      return {body, responseKeys: (nonce) => exportResponseKeys(end, {profile, nonce})};
    } catch (error) {
      throw new NetworkError('tampered', 'the request does not open', {cause: error});
    }
  }
}
