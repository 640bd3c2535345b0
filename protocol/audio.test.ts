/** Sound in a job: what comes out is close to what went in, and any bytes are some sound. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {audioRate, decodeAudio, encodeAudio, maxAudioSeconds} from './audio.ts';
import {randomBytes} from './bytes.ts';
import {limits} from './limits.ts';

const tone = (hertz: number, volume: number, seconds = 1): Float32Array => Float32Array.from({length: audioRate * seconds}, (_, index) => volume * Math.sin((2 * Math.PI * hertz * index) / audioRate));

/** How much stronger the sound is than what the coding added, dB. */
function clarity(samples: Float32Array): number {
  const back = decodeAudio(encodeAudio(samples));
  const power = (values: Float32Array): number => values.reduce((sum, value) => sum + value * value, 0);
  return 10 * Math.log10(power(samples) / power(samples.map((sample, index) => sample - (back[index] ?? 0))));
}

test('speech is coded well: tones of its range, loud and soft', () => {
  for (const hertz of [200, 440, 1000, 2000]) for (const volume of [0.9, 0.1, 0.02]) assert.ok(clarity(tone(hertz, volume)) > 20, `${hertz} Hz at ${volume}: ${clarity(tone(hertz, volume))} dB`);
});

test('steps and values as the IMA wrote them: a known beginning', () => {
  // 0.5 is 16384. The step is 7 at first: code 7 moves by 11 and raises the step to the eighth next, 16; again by 30, to 34 ...
  const back = decodeAudio(encodeAudio(Float32Array.from({length: 4}, () => 0.5)));
  assert.deepEqual([...back].map((value) => value * 32_768), [11, 41, 104, 240]);
});

test('half a minute is the most that a job takes; an odd sample is no loss; silence stays silent', () => {
  assert.equal(encodeAudio(new Float32Array(audioRate * maxAudioSeconds)).length, limits.maxAudioBytes);
  assert.equal(decodeAudio(encodeAudio(tone(440, 0.5).subarray(0, 3))).length, 4);
  assert.ok(decodeAudio(encodeAudio(new Float32Array(1000))).every((value) => Math.abs(value) < 0.001));
});

test('what is not a sample, or too loud, is cut off; any bytes are some sound', () => {
  for (const sample of decodeAudio(encodeAudio(Float32Array.of(Number.NaN, 5, -5, Number.POSITIVE_INFINITY)))) assert.ok(Math.abs(sample) <= 1);
  for (const sample of decodeAudio(randomBytes(10_000))) assert.ok(sample >= -1 && sample <= 1);
});
