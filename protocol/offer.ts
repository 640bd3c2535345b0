/** An offer: a node's signed promise to take one job, with a fresh key for it (docs/protocol.md, section 4). */
import type {Bytes} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {type Identity, requireSignature} from './identity.ts';
import type {JobHandle, ModelHash, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {pricesField} from './price.ts';
import {readStatement, type StatementKind, writeStatement} from './statement.ts';
import {bytes, id, struct, u16, u32, u64, type Infer} from './wire.ts';

/** X-Wing (ML-KEM-768 + X25519), HKDF-SHA256, AES-256-GCM: the only suite; inside the signature, so it can't be downgraded. */
export const suiteIds = {kem: 0x647a, kdf: 1, aead: 2} as const;
/** Length of an X-Wing public key. */
export const kemPublicKeyBytes = 1216;

const fields = struct({
  handle: id<JobHandle>(16),
  kem: u16,
  kdf: u16,
  aead: u16,
  /** s since 1970 */
  expires: u32,
  model: id<ModelHash>(32),
  prices: pricesField,
  /** The most this job can cost, nano-coins. */
  ceiling: u64,
  /** Tokens that may be unpaid: one second's worth. */
  chunk: u16,
  kemPublicKey: bytes(kemPublicKeyBytes),
});
const kind: StatementKind<Offer> = {label: 'bombyx/offer/v1', fields};

export type Offer = Infer<typeof fields>;

/** An offer as it travels: the signed bytes and the signature; both are bound into the seal. */
export interface SignedOffer {
  readonly node: NodeId;
  readonly offer: Bytes;
  readonly signature: Bytes;
}

/** Signs an offer. */
export async function signOffer(identity: Identity<NodeId>, offer: Omit<Offer, keyof typeof suiteIds>): Promise<SignedOffer> {
  const statement = writeStatement(kind, {...offer, ...suiteIds});
  return {node: identity.id, offer: statement, signature: await identity.sign(statement)};
}

/** What the client demands of an offer. */
export interface OfferDemands {
  readonly handle: JobHandle;
  readonly model: ModelHash;
  readonly priceCap: bigint;
  readonly acceptable: ReadonlySet<NodeId>;
  /** ms since 1970 */
  readonly now: number;
}

/** The offer behind `signed`, when it is all that was demanded. @throws NetworkError `wrong-node`, `bad-offer`, `wrong-model`, `expired`, `too-dear` */
export async function checkOffer(signed: SignedOffer, demands: OfferDemands): Promise<Offer> {
  if (!demands.acceptable.has(signed.node)) throw new NetworkError('wrong-node', 'outside the chosen set');
  await requireSignature(signed.node, {message: signed.offer, signature: signed.signature, code: 'bad-offer'});
  const offer = readOffer(signed.offer);
  if (offer.handle !== demands.handle) throw new NetworkError('bad-offer', 'made for another job');
  if (offer.kem !== suiteIds.kem || offer.kdf !== suiteIds.kdf || offer.aead !== suiteIds.aead) throw new NetworkError('bad-offer', 'another suite');
  if (offer.expires * 1000 <= demands.now) throw new NetworkError('expired', 'offer');
  if (offer.model !== demands.model) throw new NetworkError('wrong-model', 'another manifest hash');
  if (offer.chunk < limits.minChunkTokens || offer.chunk > limits.maxChunkTokens) throw new NetworkError('bad-offer', 'an unfit chunk');
  if (offer.ceiling > demands.priceCap) throw new NetworkError('too-dear', 'above the cap');
  return offer;
}

/** The fields of an offer; its signature is not checked here. @throws NetworkError `bad-offer` */
export function readOffer(statement: Uint8Array): Offer {
  try {
    return readStatement(kind, statement);
  } catch (error) {
    throw new NetworkError('bad-offer', 'not an offer', {cause: error});
  }
}
