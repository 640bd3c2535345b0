/** Tests of pairing codes. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {DeviceId, NodeId} from './ids.ts';
import {readPairingCode, writePairingCode} from './pairing.ts';

const keys = {node: 'a1'.repeat(32) as NodeId, device: 'b2'.repeat(32) as DeviceId};

test('readPairingCode(): gives back what writePairingCode() took, also with spaces around it', () => {
  assert.deepEqual(readPairingCode(`  ${writePairingCode(keys).toUpperCase()}\n`), keys);
});

test('readPairingCode(): refuses what is cut, changed, longer, or of another kind', () => {
  const code = writePairingCode(keys);
  for (const wrong of ['', 'hello', code.slice(0, -1), `${code}:x`, code.replace('a1', 'a2'), code.replace('bombyx1', 'bombyx2')]) {
    assert.throws(() => readPairingCode(wrong), {code: 'bad-message'}, wrong);
  }
});
