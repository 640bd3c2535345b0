/** A node's signed entry in the directory: which models it serves, at what price and speed. The relay only passes it on. */
import {type Bytes, concat} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {type Identity, requireSignature} from './identity.ts';
import type {ModelHash, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {pricesField} from './price.ts';
import {readStatement, type StatementKind, writeStatement} from './statement.ts';
import {bytes, id, list, struct, text, u16, u32, u8, type Infer} from './wire.ts';

const measured = struct({
  /** So many jobs at once. */
  jobs: u8,
  /** Tokens per second that all of them together are read at, and written at (in tenths); 0 where it is unknown. */
  prefill: u16,
  decode: u16,
});
/** What a node says of its own speed. A client believes only what it has measured itself. */
export type MeasuredSpeed = Infer<typeof measured>;

const offered = struct({
  model: id<ModelHash>(32),
  /** Name for people; the hash is what counts. */
  name: text(96),
  /** Empty when the node has not measured. */
  speeds: list(measured, 4),
  /** Longest conversation with its answer, tokens. */
  contextTokens: u32,
  prices: pricesField,
});

const fields = struct({
  node: id<NodeId>(32),
  /** s since 1970 */
  issued: u32,
  expires: u32,
  /** Engine and adapter, for people. */
  engine: text(128),
  slots: u8,
  /** 1 while its page is hidden: browsers give those less. */
  hidden: u8,
  models: list(offered, limits.maxModels),
});
const kind: StatementKind<NodeRecord> = {label: 'bombyx/node/v1', fields};

export type NodeRecord = Infer<typeof fields>;

/** Bytes of a record and its signature (the last 64 bytes). */
export async function signRecord(identity: Identity<NodeId>, record: Omit<NodeRecord, 'node'>): Promise<Bytes> {
  const statement = writeStatement(kind, {...record, node: identity.id});
  return concat(statement, await identity.sign(statement));
}

/** The record in `signed`, when its own key signed it and it stands at `now` (ms). @throws NetworkError `bad-node` */
export async function checkRecord(signed: Uint8Array, now: number): Promise<NodeRecord> {
  const statement = signed.subarray(0, Math.max(0, signed.length - 64));
  const record = readRecord(statement);
  requireStanding(record, now);
  await requireSignature(record.node, {message: statement, signature: signed.subarray(-64), code: 'bad-node'});
  return record;
}

/** @throws NetworkError `bad-node` when a record does not stand at `now` (ms), or offers nothing */
export function requireStanding({issued, expires, models, slots}: NodeRecord, now: number): void {
  const seconds = now / 1000;
  if (issued > seconds + limits.clockSkewSeconds) throw new NetworkError('bad-node', 'from the future');
  if (expires <= seconds || expires > issued + limits.recordSeconds) throw new NetworkError('bad-node', 'expired, or standing too long');
  if (models.length === 0 || slots === 0) throw new NetworkError('bad-node', 'offers nothing');
}

function readRecord(statement: Uint8Array): NodeRecord {
  try {
    return readStatement(kind, statement);
  } catch (error) {
    throw new NetworkError('bad-node', 'not a node record', {cause: error});
  }
}

/** What a node signs to show that it holds its key on this link. */
export const presenceProof: StatementKind<{nonce: Bytes}> = {label: 'bombyx/present/v1', fields: struct({nonce: bytes(32)})};
