/** What relays of one cluster say on the bus, as bytes. All of it is control: no frame of a client or a node crosses it. */
import type {JobHandle, ModelHash, NodeId} from '#protocol/ids.ts';
import {limits} from '#protocol/limits.ts';
import {codeField} from '#protocol/messages.ts';
import {blob, decode, encode, id, type Infer, list, struct, text, u16, u32, u64, type Wire, word} from '#protocol/wire.ts';

/** One start of one relay: 8 random bytes. */
export type MemberId = string & {readonly __brand: 'MemberId'};

const relay = id<MemberId>(8);
const node = id<NodeId>(32);
const model = id<ModelHash>(32);
/** Models whose room a relay tells; nodes of more than so many are still found, when somebody asks. */
export const maxRoom = 256;
/** Nodes on one page of a list: a quarter of a megabyte. */
export const maxPage = 200;

/** Every two seconds, and when its room changes: `changes` counts what it said of its nodes so far, so that others see when they missed something. */
const beat = struct({relay, url: text(256), is: word(['open', 'draining', 'gone']), changes: u32, room: list(struct({model, idle: u16}), maxRoom)});
export type Beat = Infer<typeof beat>;

/** A node as its home relay knows it. `since`: when it came there, ms since 1970. */
const entry = struct({node, since: u64, models: list(model, limits.maxModels), record: blob(limits.maxRecordBytes)});
export type NodeEntry = Infer<typeof entry>;

/** A node came or brought a fresh record; or it is gone. */
const change = struct({relay, change: u32, is: word(['here', 'gone']), entry});
export type Change = Infer<typeof change>;

/** Somebody is kept out: the prefix of an address, or a node. Until when: ms since 1970. */
const ban = struct({relay, key: text(64), until: u64, code: codeField});
export type BusBan = Infer<typeof ban>;

/** Asks for the nodes after this one, in the order of their ids; a page that is not full is the last. */
const page = struct({after: node});
const nodes = struct({changes: u32, nodes: list(entry, maxPage)});

/** Asks to hold one of these nodes for a job; the answer has at most one. */
const hold = struct({handle: id<JobHandle>(16), model, nodes: list(node, limits.maxSet)});
const held = struct({nodes: list(node, 1)});

export const subjects = {beat: 'beat', change: 'node', ban: 'ban', nodes: (of: MemberId) => `nodes.${of}`, hold: (of: MemberId) => `hold.${of}`} as const;

/** Both ways of one kind of message. `read` throws NetworkError `bad-message`. */
export const kind = <T>(wire: Wire<T>) => ({write: (value: T) => encode(wire, value), read: (body: Uint8Array) => decode(wire, body)});
export const busMessages = {beat: kind(beat), change: kind(change), ban: kind(ban), page: kind(page), nodes: kind(nodes), hold: kind(hold), held: kind(held)} as const;
