/** Another rate: tones that fit stay as they are, others are kept out, however the sound is cut. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tone} from '../../testing/wav-file.ts';
import {Resampler} from './resample.ts';

const to = 16_000;
function resampled(samples: Float32Array, {from, piece = samples.length}: {from: number; piece?: number}): Float32Array {
  const resampler = new Resampler({from, to});
  const made: number[] = [];
  for (let at = 0; at < samples.length; at += piece) made.push(...resampler.push(samples.subarray(at, at + piece)));
  return Float32Array.from([...made, ...resampler.end()]);
}
/** How loud it is in its middle half, where no edge is heard. */
const loudness = (samples: Float32Array): number => {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample ** 2, 0) / middle.length);
};
const decibels = (ratio: number): number => 20 * Math.log10(ratio);

for (const from of [8000, 11_025, 22_050, 44_100, 48_000, 96_000]) {
  test(`from ${from} Hz: a tone comes out as the same tone`, () => {
    const sound = tone(1000, {rate: from, seconds: 0.5});
    const made = resampled(sound, {from});
    const wanted = tone(1000, {rate: to, seconds: 0.5});
    assert.equal(made.length, Math.ceil((sound.length * to) / from));
    const wrong = wanted.map((sample, index) => sample - (made[index] ?? 0));
    assert.ok(decibels(loudness(wrong) / loudness(wanted)) < -60, `${decibels(loudness(wrong) / loudness(wanted))} dB`);
  });
}

test('what the new rate can not hold is not heard as another tone', () => {
  for (const hertz of [9500, 12_000, 20_000]) {
    const made = resampled(tone(hertz, {rate: 48_000, seconds: 0.5}), {from: 48_000});
    const db = decibels(loudness(made) / loudness(tone(hertz, {rate: 48_000, seconds: 0.5})));
    assert.ok(db < -60, `${hertz} Hz: ${db} dB`);
  }
});

test('what speech is made of is let through, up to 6 kHz', () => {
  for (const hertz of [100, 3000, 6000]) {
    const sound = tone(hertz, {rate: 44_100, seconds: 0.5});
    const db = decibels(loudness(resampled(sound, {from: 44_100})) / loudness(sound));
    assert.ok(Math.abs(db) < 1, `${hertz} Hz: ${db} dB`);
  }
});

test('however it is cut, the same comes out', () => {
  const sound = tone(777, {rate: 44_100, seconds: 0.2});
  const whole = resampled(sound, {from: 44_100});
  for (const piece of [1, 7, 1000]) assert.deepEqual(resampled(sound, {from: 44_100, piece}), whole);
});

test('the same rate is the same sound', () => {
  const sound = tone(777, {rate: to, seconds: 0.1});
  assert.deepEqual(resampled(sound, {from: to}), sound);
});
