/** Tests of stop texts. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {StopTexts} from './stop-texts.ts';

const run = (stops: string[], pieces: string[]) => {
  const texts = new StopTexts(stops);
  const said = pieces.map((piece) => texts.push(piece)).join('');
  return {said: said + texts.flush(), found: texts.found};
};

test('StopTexts: cuts at a stop text, also one that comes in pieces', () => {
  assert.deepEqual(run(['END'], ['one ', 'E', 'N', 'D two']), {said: 'one ', found: true});
});

test('StopTexts: says what only looked like a stop text', () => {
  assert.deepEqual(run(['END'], ['EN', 'ENEND', 'x']), {said: 'ENEN', found: true});
  assert.deepEqual(run(['END'], ['the EN']), {said: 'the EN', found: false});
});

test('StopTexts: the first of several stop texts wins; without any all is said', () => {
  assert.deepEqual(run(['b', 'a'], ['xyab']), {said: 'xy', found: true});
  assert.deepEqual(run([], ['x', 'y']), {said: 'xy', found: false});
});
