/** Error codes: a closed list, each with a number of its own and a sentence for a person. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf, codeOfWire, type ErrorCode, errorTable, NetworkError, sentenceOf, wireOfCode} from './errors.ts';

const codes = Object.keys(errorTable) as ErrorCode[];

test('errorTable: wire numbers are unique, fit a byte, and read back', () => {
  assert.equal(new Set(codes.map(wireOfCode)).size, codes.length);
  for (const code of codes) {
    assert.ok(Number.isInteger(wireOfCode(code)) && wireOfCode(code) > 0 && wireOfCode(code) < 256, code);
    assert.equal(codeOfWire(wireOfCode(code)), code);
  }
});

test('errorTable: every code has sentences that end, an actor, and no sentence of another', () => {
  for (const code of codes) {
    const {sentence, actor} = errorTable[code];
    assert.match(sentence, /^[A-Z].{20,}\.$/, code);
    assert.ok(['person', 'other-side', 'platform', 'us'].includes(actor), code);
  }
  assert.equal(new Set(codes.map((code) => errorTable[code].sentence)).size, codes.length);
});

test('codeOfWire(): unknown numbers read as internal', () => {
  for (const wire of [0, 59, 255, -1, 1.5]) assert.equal(codeOfWire(wire), 'internal');
});

test('codeOf(): by code, not by class, so that it survives a worker', () => {
  assert.equal(codeOf(new NetworkError('busy', 'detail')), 'busy');
  assert.equal(codeOf({code: 'busy'}), 'busy');
  assert.equal(codeOf(new DOMException('x', 'AbortError')), 'cancelled');
});

test('codeOf(): all that is not ours reads as internal, also names that every object has', () => {
  for (const thrown of [undefined, null, 'busy', 7, {}, {code: 'ERR_X'}, {code: 'toString'}, {code: '__proto__'}, {code: 7}, new Error('x')]) {
    assert.equal(codeOf(thrown), 'internal');
    assert.equal(sentenceOf(thrown), errorTable.internal.sentence);
  }
});
