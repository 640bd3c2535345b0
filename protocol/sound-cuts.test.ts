/** Pieces of a sound: none too long, nothing lost, cut where it is quiet. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {soundCuts} from './sound-cuts.ts';

const rules = {rate: 1000, mostSeconds: 30, lookSeconds: 5};
/** A loud sound of so many seconds, silent between the given ones. */
const sound = (seconds: number, ...silences: readonly (readonly [number, number])[]): Float32Array => {
  const samples = new Float32Array(seconds * rules.rate).map((_, index) => (index % 2 === 0 ? 0.5 : -0.5));
  for (const [from, to] of silences) samples.fill(0, from * rules.rate, to * rules.rate);
  return samples;
};

test('what fits is not cut, and nothing is no piece', () => {
  assert.deepEqual(soundCuts(sound(30), rules), [{from: 0, to: 30_000}]);
  assert.deepEqual(soundCuts(new Float32Array(0), rules), []);
});

test('a cut falls into the silence before the mark', () => {
  const [first, second, ...more] = soundCuts(sound(40, [26.5, 27]), rules);
  assert.ok(first && first.to >= 26_600 && first.to <= 26_900, String(first?.to));
  assert.deepEqual([second, more], [{from: first.to, to: 40_000}, []]);
});

test('a silence that is too early is not looked for', () => {
  const [first] = soundCuts(sound(40, [20, 24]), rules);
  assert.ok(first && first.to > 25_000);
});

test('without a gap, and none longer than allowed', () => {
  const cuts = soundCuts(sound(200, [28, 29], [55, 57], [90, 90.3]), rules);
  assert.equal(cuts[0]?.from, 0);
  assert.equal(cuts.at(-1)?.to, 200_000);
  for (const [index, {from, to}] of cuts.entries()) {
    assert.ok(to > from && to - from <= 30_000);
    assert.equal(cuts[index + 1]?.from ?? to, to);
  }
  assert.ok(cuts.length <= 8);
});

test('silence all the way makes the fewest pieces', () => {
  assert.equal(soundCuts(new Float32Array(60_000), rules).length, 3, 'each cut is a moment before the mark');
  assert.equal(soundCuts(new Float32Array(59_000), rules).length, 2);
});
