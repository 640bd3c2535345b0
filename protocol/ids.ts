/** Branded ids: a node by its key, a job by its handle, a model by the hash of its manifest. All are lower-case hex. */
import {randomBytes, toHex} from './bytes.ts';
import {NetworkError} from './errors.ts';

/** 32 bytes: the Ed25519 public key of a node. */
export type NodeId = string & {readonly __brand: 'NodeId'};
/** 32 bytes: the Ed25519 public key of a client device; shown only to paired devices. */
export type DeviceId = string & {readonly __brand: 'DeviceId'};
/** 32 bytes: the Ed25519 public key of a relay. */
export type RelayId = string & {readonly __brand: 'RelayId'};
/** 16 random bytes that name one job on every link that it crosses. */
export type JobHandle = string & {readonly __brand: 'JobHandle'};
/** 32 bytes: SHA-256 of a model's manifest. */
export type ModelHash = string & {readonly __brand: 'ModelHash'};

function parse<Id extends string>(text: string, bytes: number): Id {
  if (text.length !== bytes * 2 || !/^[0-9a-f]+$/.test(text)) throw new NetworkError('bad-message', `not an id of ${bytes} bytes`);
  return text as Id;
}

/** @throws NetworkError `bad-message` */
export const nodeId = (text: string): NodeId => parse<NodeId>(text, 32);
/** @throws NetworkError `bad-message` */
export const deviceId = (text: string): DeviceId => parse<DeviceId>(text, 32);
/** @throws NetworkError `bad-message` */
export const modelHash = (text: string): ModelHash => parse<ModelHash>(text, 32);

/** A fresh random handle; 128 bits, so that two never meet. */
export const freshHandle = (): JobHandle => toHex(randomBytes(16)) as JobHandle;

/** The handle of messages that belong to the link, not to a job. */
export const linkHandle = '0'.repeat(32) as JobHandle;

/** The first eight hex digits: enough for a person to tell two keys apart on a screen. */
export const shortId = (id: string): string => id.slice(0, 8);
