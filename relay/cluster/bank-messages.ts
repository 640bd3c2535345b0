/** What a relay asks the one that keeps the books of the cluster, and what that one answers, as bytes. */
import {toHex} from '#protocol/bytes.ts';
import {codeField} from '#protocol/messages.ts';
import type {JobHandle, NodeId} from '#protocol/ids.ts';
import {blob, bytes, id, type Infer, optional, struct, text, u32, u64, u8, word} from '#protocol/wire.ts';
import {kind} from './bus-messages.ts';

/** `begin` and `settle` stand for themselves; the others are the cashier's, of links that the asking relay numbers. */
const ops = ['begin', 'settle', 'fund', 'grant', 'account', 'greet', 'shown', 'offered', 'deposit', 'due', 'forget', 'gone'] as const;

const request = struct({
  op: word(ops),
  /** As `begin` answered; 0 for that. */
  session: u64,
  /** The client's or node's link. */
  link: u32,
  /** Of a deal: the node's link. */
  payee: u32,
  node: optional(id<NodeId>(32)),
  handle: optional(id<JobHandle>(16)),
  payment: word(['free', 'channel', 'trial']),
  /** Of the client's link; of `begin` the name under which the asking relay hears. */
  nonce: bytes(32),
  /** The message of the client or the node, as it came. */
  frame: blob(16 * 1024),
});
export type BankRequest = Infer<typeof request>;

const answer = struct({
  /** `unknown`: there is no such session; begin another. */
  is: word(['done', 'failed', 'unknown']),
  code: optional(codeField),
  /** Of `offered`. */
  agreed: u8,
  /** Of `begin`. */
  session: u64,
  frame: blob(1024),
  network: text(16),
  endpoint: text(256),
});
export type BankAnswer = Infer<typeof answer>;

/** What the books say to a link of another relay. */
const saying = struct({session: u64, link: u32, frame: blob(2048)});

export const bankMessages = {request: kind(request), answer: kind(answer), saying: kind(saying)} as const;

export const bankSubjects = {ask: 'bank', note: 'bank-note', say: (name: Uint8Array) => `purse.${toHex(name)}`} as const;
export const noRequest: Omit<BankRequest, 'op' | 'session'> = {link: 0, payee: 0, node: undefined, handle: undefined, payment: 'free', nonce: new Uint8Array(32), frame: new Uint8Array()};
export const noAnswer: BankAnswer = {is: 'done', code: undefined, agreed: 0, session: 0n, frame: new Uint8Array(), network: '', endpoint: ''};
