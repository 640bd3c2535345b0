/** Every message of the network, written once. The relay reads the envelope of all of them and the body of few. */
import {codeOfWire, NetworkError, wireOfCode, type ErrorCode} from './errors.ts';
import type {DeviceId, JobHandle, ModelHash, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {addressField} from './ton-address.ts';
import {versionField} from './version.ts';
import {blob, bytes, i32, id, list, optional, rest, struct, text, u16, u32, u64, u8, variant, word, type Infer, type Wire} from './wire.ts';
import {workDemand} from './work.ts';

const nodeIdField = id<NodeId>(32);
const modelField = id<ModelHash>(32);
/** An error code as one byte. */
export const codeField: Wire<ErrorCode> = {
  write: (writer, value) => u8.write(writer, wireOfCode(value)),
  read: (reader) => codeOfWire(u8.read(reader)),
};

const terms = struct({
  /** Global id of the network: -239 mainnet, -3 testnet. */
  network: i32,
  vault: addressField,
  /** Ed25519: signs node vouchers. */
  relayKey: bytes(32),
  /** What the relay keeps of each payment, thousandths. */
  feePermille: u16,
  /** Seconds that a channel to this vault gives before a withdrawal ends. */
  disputeWindow: u32,
  /** Free answers per device; 0 when there are none. */
  trial: u16,
  /** Fresh for this link: what proves a key here is worth nothing elsewhere. */
  nonce: bytes(32),
});
/** What a relay says about money when it welcomes somebody. */
export type Terms = Infer<typeof terms>;
const signedSum = {cumulative: u64, signature: bytes(64)};

/** A relay's record with its signature, and its proof; see relay-record.ts. */
const shownRecord = struct({record: blob(limits.maxRelayRecordBytes), proof: bytes(64)});

/** What a slot must be able to take: which model, which size class of request, how many tokens at most. */
const need = {model: modelField, bucketBytes: u32, maxTokens: u16};

/**
 * Kind on the wire -> name and body. Numbers are never reused.
 *
 * Link: `hello` opens it and says which version is spoken, `welcome` answers; a node proves its key by `challenge` and `present`, and brings a fresh record by `renew`; who is kept out hears `banned`; a node without jobs hears why by `idle`.
 * `about` asks a relay who it is, with a nonce, and is answered by `about` with the same nonce and its record.
 * Job (handle set): `match` -> `slot` -> `offer` -> `request` -> `response`... -> `released`; `cancel` and `failed` end it. `redirect` sends the client, with
 * the same handle, to another relay of a cluster that holds a node for it.
 * Money: `fund` -> `funded` opens a client's channel to the relay's vault, `grant` raises its voucher; a node says what is `due`, the client hears
 * what was `charged` in all, the node is `paid` by voucher; `account` -> `accounted` binds a node to a wallet; `trial` -> `trialed` asks for free answers.
 * Direct: `dial` and `dialed` arrange a data channel between paired devices; `introduce` proves the device's key on it.
 * Pairing: `host` waits in a room for one guest, who comes by `knock`; `aside` passes between the two what only they can read.
 * Meeting: `meet` and `met` arrange a channel through TURN between the strangers of a job; `moved` and `back` say, by numbers of parts, which way the answer goes
 * on, `got` on that channel how much of it has come.
 */
const catalogue = {
  0x01: ['hello', struct({role: word(['client', 'node']), agent: text(64), version: versionField})],
  0x02: ['challenge', struct({nonce: bytes(32)})],
  0x03: ['present', struct({record: blob(limits.maxRecordBytes), proof: bytes(64), peer: text(64)})],
  0x04: ['welcome', struct({relay: text(64), heartbeatMs: u32, terms: optional(terms), work: optional(workDemand)})],
  0x05: ['status', struct({free: u8, draining: u8, hidden: u8})],
  0x06: ['goodbye', struct({})],
  0x07: ['ping', struct({nonce: u32})],
  0x08: ['pong', struct({nonce: u32})],
  0x09: ['renew', struct({record: blob(limits.maxRecordBytes)})],
  0x0a: ['banned', struct({until: u32, code: codeField})],
  0x0c: ['about', struct({nonce: bytes(32), shown: optional(shownRecord)})],
  0x10: ['list', struct({})],
  0x11: ['directory', struct({records: list(blob(limits.maxRecordBytes), limits.maxDirectory)})],
  0x12: ['match', struct({...need, priceCap: u64, payment: word(['free', 'channel', 'trial']), nodes: list(nodeIdField, limits.maxSet), work: optional(u64)})],
  0x13: ['queued', struct({position: u16, reason: word(['waiting', 'no-node']), etaMs: u32})],
  0x14: ['idle', variant('reason', {'nobody-asks': struct({}), 'one-at-a-time': struct({}), paused: struct({until: u32, trouble: word(['silent', 'failed', 'lost'])})})],
  0x15: ['redirect', struct({relay: text(256), node: nodeIdField})],
  0x20: ['slot', struct(need)],
  0x21: ['offer', struct({node: nodeIdField, offer: blob(2048), signature: bytes(64)})],
  0x22: ['request', struct({enc: bytes(1120), sealed: rest(limits.maxFrameBytes)})],
  0x23: ['response', struct({part: rest(limits.maxFrameBytes)})],
  0x24: ['cancel', struct({})],
  0x25: ['released', struct({})],
  0x26: ['failed', struct({code: codeField})],
  0x30: ['dial', struct({node: nodeIdField, device: id<DeviceId>(32), peer: text(64), time: u32, signature: bytes(64)})],
  0x31: ['dialed', struct({accepted: u8, peer: text(64)})],
  0x32: ['introduce', struct({device: id<DeviceId>(32), signature: bytes(64)})],
  0x33: ['meet', struct({peer: text(64)})],
  0x34: ['met', struct({accepted: u8, peer: text(64)})],
  0x35: ['moved', struct({parts: u32})],
  0x36: ['back', struct({parts: u32})],
  0x37: ['got', struct({parts: u32})],
  0x38: ['host', struct({room: bytes(16)})],
  0x39: ['knock', struct({room: bytes(16), sealed: bytes(limits.pairingWordBytes)})],
  0x3a: ['aside', struct({sealed: bytes(limits.pairingWordBytes)})],
  0x40: ['fund', struct({channel: addressField, epoch: u64, payerKey: bytes(32), proof: bytes(64), ...signedSum})],
  0x41: ['funded', struct({...signedSum, charged: u64, capacity: u64})],
  0x42: ['grant', struct(signedSum)],
  0x43: ['due', struct({total: u64})],
  0x44: ['charged', struct({charged: u64})],
  0x45: ['paid', struct(signedSum)],
  0x46: ['account', struct({proof: blob(8192)})],
  0x47: ['accounted', struct({owner: addressField, account: addressField, collected: u64, ...signedSum})],
  0x48: ['trial', struct({device: id<DeviceId>(32), signature: bytes(64)})],
  0x49: ['trialed', struct({left: u16})],
} as const satisfies Record<number, readonly [string, Wire<unknown>]>;

type Entry = (typeof catalogue)[keyof typeof catalogue];
/** The name of a message. */
export type Kind = Entry[0];
/** The body of the message named `K`. */
export type Body<K extends Kind> = Infer<Extract<Entry, readonly [K, unknown]>[1]>;
/** A message: its kind, the job it belongs to (`linkHandle` for none), its body. */
export type Message<K extends Kind = Kind> = {[Name in K]: {readonly kind: Name; readonly handle: JobHandle} & Body<Name>}[K];

const wireByName = new Map<string, {number: number; body: Wire<object>}>();
const nameByNumber = new Map<number, {kind: Kind; body: Wire<object>}>();
for (const [number, [kind, body]] of Object.entries(catalogue)) {
  wireByName.set(kind, {number: Number(number), body: body as Wire<object>});
  nameByNumber.set(Number(number), {kind, body: body as Wire<object>});
}

/** Number and body schema of a kind. */
export function wireOfKind(kind: Kind): {number: number; body: Wire<object>} {
  const found = wireByName.get(kind);
  if (!found) throw new NetworkError('internal', `no kind ${kind}`);
  return found;
}

/** Name and body schema of a number. @throws NetworkError `bad-message` */
export function kindOfWire(number: number): {kind: Kind; body: Wire<object>} {
  const found = nameByNumber.get(number);
  if (!found) throw new NetworkError('bad-message', `kind ${number} is unknown`);
  return found;
}
