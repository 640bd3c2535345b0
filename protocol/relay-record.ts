/** A relay's signed word about itself: who runs it, what it takes and what it allows. It comes over the link, so that no page has to ask another host for it. */
import {type Bytes, concat} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {type Identity, requireSignature} from './identity.ts';
import type {RelayId} from './ids.ts';
import {limits} from './limits.ts';
import {readStatement, type StatementKind, writeStatement} from './statement.ts';
import {bytes, id, struct, text, u16, u32, type Infer} from './wire.ts';

const fields = struct({
  relay: id<RelayId>(32),
  /** s since 1970 */
  issued: u32,
  expires: u32,
  /** Of its operator, for people. */
  name: text(128),
  /** Where others reach it, such as `https://relay.example.org`; empty where nobody is told. */
  address: text(256),
  /** A mail address or the address of a page; empty where there is none. */
  contact: text(128),
  /** What it keeps of each payment, thousandths; 0 where all answers are free. */
  feePermille: u16,
  /** Per device; 0 where there are none. */
  freeAnswers: u16,
  /** Links that one address may have open. */
  linksPerAddress: u32,
  /** Questions that one link may have open. */
  jobsPerLink: u16,
  /** After so long a wait it says that all are busy, s. */
  waitSeconds: u16,
});
const kind: StatementKind<RelayRecord> = {label: 'bombyx/relay/v1', fields};

export type RelayRecord = Infer<typeof fields>;
/** What a relay says of itself; the rest of its record comes with the signature. */
export type RelayFacts = Omit<RelayRecord, 'relay' | 'issued' | 'expires'>;

/** A record with its signature (the last 64 bytes), and what shows that its key is on the other end of this link. */
export interface ShownRecord {
  readonly record: Bytes;
  readonly proof: Bytes;
}

/** What a relay signs for whoever asks: a record alone can be copied. */
const presence: StatementKind<{nonce: Bytes}> = {label: 'bombyx/relay-presence/v1', fields: struct({nonce: bytes(32)})};

/** Bytes of a record and its signature. */
export async function signRelayRecord(identity: Identity<RelayId>, record: Omit<RelayRecord, 'relay'>): Promise<Bytes> {
  const statement = writeStatement(kind, {...record, relay: identity.id});
  return concat(statement, await identity.sign(statement));
}

/** Answers a nonce that somebody drew for a link. */
export const provePresence = (identity: Identity<RelayId>, nonce: Bytes): Promise<Bytes> => identity.sign(writeStatement(presence, {nonce}));

export interface RecordCheck {
  /** What the relay was asked with, drawn for this link. */
  readonly nonce: Bytes;
  /** Where we linked to; without it any address in the record will do. */
  readonly address?: string | undefined;
  /** ms */
  readonly now: number;
}

/** The record, where its own key signed it and is on this link, and it stands now and for this address. @throws NetworkError `bad-relay` */
export async function checkRelayRecord({record: signed, proof}: ShownRecord, {nonce, address, now}: RecordCheck): Promise<RelayRecord> {
  const statement = signed.subarray(0, Math.max(0, signed.length - 64));
  const record = readRecord(statement);
  requireStanding(record, now);
  if (address !== undefined && record.address !== '' && record.address !== address) throw new NetworkError('bad-relay', 'the record of a relay at another address');
  await requireSignature(record.relay, {message: statement, signature: signed.subarray(-64), code: 'bad-relay'});
  await requireSignature(record.relay, {message: writeStatement(presence, {nonce}), signature: proof, code: 'bad-relay'});
  return record;
}

/** What a screen would not show as it is: control characters, and those that turn the direction of a text. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function requireStanding({issued, expires, name, address, contact, feePermille}: RelayRecord, now: number): void {
  const seconds = now / 1000;
  if (issued > seconds + limits.clockSkewSeconds) throw new NetworkError('bad-relay', 'from the future');
  if (expires <= seconds || expires > issued + limits.recordSeconds) throw new NetworkError('bad-relay', 'expired, or standing too long');
  if ([name, address, contact].some((said) => unseen.test(said))) throw new NetworkError('bad-relay', 'a text that can not be shown');
  if (feePermille > 1000) throw new NetworkError('bad-relay', 'keeps more than all');
}

function readRecord(statement: Uint8Array): RelayRecord {
  try {
    return readStatement(kind, statement);
  } catch (error) {
    throw new NetworkError('bad-relay', 'not a relay record', {cause: error});
  }
}
