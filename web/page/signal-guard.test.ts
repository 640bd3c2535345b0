/** Who is heard over signalling, and with what. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {mayHear} from './signal-guard.ts';

const acquaintances = {isExpected: (peer: string) => peer === 'expected', isConnected: (peer: string) => peer === 'connected'};
const hears = (signal: unknown): boolean => mayHear(signal, acquaintances);
const offer = {type: 'data', serialization: 'raw', connectionId: 'dc_1', sdp: {}};

test('mayHear(): an offer of somebody expected, once; nobody else is answered', () => {
  assert.ok(hears({type: 'OFFER', src: 'expected', payload: offer}));
  for (const src of ['connected', 'stranger', '', '__proto__', 5, null, undefined]) assert.ok(!hears({type: 'OFFER', src, payload: offer}), String(src));
});

test('mayHear(): an offer may not choose another kind of connection, or another way to read it', () => {
  for (const changed of [{serialization: 'binary'}, {serialization: 'json'}, {serialization: '__proto__'}, {serialization: 'constructor'}, {serialization: undefined}, {type: 'media'}, {connectionId: {}}, {connectionId: 'x'.repeat(65)}]) {
    assert.ok(!hears({type: 'OFFER', src: 'expected', payload: {...offer, ...changed}}), JSON.stringify(changed));
  }
  for (const payload of [undefined, null, 'text', []]) assert.ok(!hears({type: 'OFFER', src: 'expected', payload}));
});

test('mayHear(): what follows is heard of those that are here or on their way, and what the server itself says', () => {
  for (const type of ['ANSWER', 'CANDIDATE', 'LEAVE', 'EXPIRE']) {
    assert.ok(hears({type, src: 'connected', payload: {}}) && hears({type, src: 'expected', payload: {}}), type);
    assert.ok(!hears({type, src: 'stranger', payload: {connectionId: 'dc_1'}}), 'PeerJS would keep it for later, without bound');
  }
  assert.ok(hears({type: 'OPEN'}) && hears({type: 'ERROR', payload: {msg: ''}}));
  for (const nonsense of [undefined, 'text', {}, {type: 5}]) assert.ok(!hears(nonsense));
});
