/** Tests of the choice of tokens. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pickToken, randomFrom} from './sampling.ts';

const logits = Float32Array.of(0, 3, 1, 2.9);

test('pickToken(): temperature 0 takes the likeliest', () => {
  assert.equal(pickToken(logits, {temperature: 0, topP: 1, random: () => 0.99}), 1);
});

test('pickToken(): a small nucleus holds only the likeliest', () => {
  for (const draw of [0, 0.5, 0.99]) assert.equal(pickToken(logits, {temperature: 1, topP: 0.1, random: () => draw}), 1);
});

test('pickToken(): a wide nucleus reaches others, by weight', () => {
  const random = randomFrom(7);
  const seen = new Set(Array.from({length: 500}, () => pickToken(logits, {temperature: 1, topP: 1, random})));
  assert.deepEqual([...seen].toSorted(), [0, 1, 2, 3]);
});

test('pickToken(): refuses logits that are not finite', () => {
  for (const bad of [Number.NaN, Infinity]) assert.throws(() => pickToken(Float32Array.of(0, bad), {temperature: 0, topP: 1, random: Math.random}), {code: 'engine-failed'});
});

test('randomFrom(): a seed repeats, two seeds differ, all numbers lie in [0, 1)', () => {
  const draw = (seed: number) => {
    const random = randomFrom(seed);
    return Array.from({length: 50}, random);
  };
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  assert.ok(draw(3).every((value) => value >= 0 && value < 1));
});
