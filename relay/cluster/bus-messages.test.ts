/** What comes over the bus is read or refused, whatever it is: another version may speak there, or somebody who should not. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf} from '#protocol/errors.ts';
import type {JobHandle, ModelHash, NodeId} from '#protocol/ids.ts';
import {seeded} from '#protocol/testing/seeded.ts';
import {bankMessages, type BankRequest, noAnswer, noRequest} from './bank-messages.ts';
import {type Beat, busMessages, type NodeEntry, type MemberId} from './bus-messages.ts';

const relay = '11'.repeat(8) as MemberId;
const node = '22'.repeat(32) as NodeId;
const model = '33'.repeat(32) as ModelHash;
const handle = '44'.repeat(16) as JobHandle;
const entry: NodeEntry = {node, since: 1_800_000_000_000n, models: [model], record: new Uint8Array(300).fill(5)};
const beat: Beat = {relay, url: 'https://a.example', is: 'open', changes: 7, room: [{model, idle: 3}]};
const request: BankRequest = {...noRequest, op: 'offered', session: 9n, link: 1, payee: 2, node, handle, payment: 'channel', frame: new Uint8Array(40).fill(6)};

interface Kind {
  readonly name: string;
  read(body: Uint8Array): unknown;
  readonly body: Uint8Array;
  readonly value: unknown;
}

const kindOf = <T>(name: string, {write, read}: {write(value: T): Uint8Array; read(body: Uint8Array): T}, value: T): Kind => ({name, read, body: write(value), value});

const kinds: readonly Kind[] = [
  kindOf('beat', busMessages.beat, beat),
  kindOf('change', busMessages.change, {relay, change: 8, is: 'here', entry}),
  kindOf('ban', busMessages.ban, {relay, key: '203.0.113.7', until: 1_800_000_000_000n, code: 'flood'}),
  kindOf('page', busMessages.page, {after: node}),
  kindOf('nodes', busMessages.nodes, {changes: 8, nodes: [entry, entry]}),
  kindOf('hold', busMessages.hold, {handle, model, nodes: [node]}),
  kindOf('held', busMessages.held, {nodes: [node]}),
  kindOf('bank request', bankMessages.request, request),
  kindOf('bank answer', bankMessages.answer, {...noAnswer, is: 'failed', code: 'unfunded'}),
  kindOf('bank saying', bankMessages.saying, {session: 9n, link: 3, frame: new Uint8Array(20).fill(7)}),
];

const refuses = (read: () => unknown): boolean => {
  try {
    read();
    return false;
  } catch (error) {
    assert.equal(codeOf(error), 'bad-message');
    return true;
  }
};

for (const {name, read, body, value} of kinds) {
  test(`${name}: what is written is read back; cut, lengthened, or any other bytes are refused or read, and nothing else`, () => {
    assert.deepEqual(read(body), value);
    for (let length = 0; length < body.length; length += 1) assert.ok(refuses(() => read(body.subarray(0, length))), `cut to ${length}`);
    assert.ok(refuses(() => read(Uint8Array.from([...body, 0]))));
    const random = seeded(name.length);
    for (let round = 0; round < 3000; round += 1) {
      const changed = Uint8Array.from(body);
      for (let count = 0; count <= round % 4; count += 1) changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256);
      refuses(() => read(changed));
      refuses(() => read(Uint8Array.from({length: Math.floor(random() * 200)}, () => Math.floor(random() * 256))));
    }
  });
}
