/** Files of all kinds, whole and broken. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {randomBytes} from '#protocol/bytes.ts';
import {tone, wavFile, type WavOptions} from '../../testing/wav-file.ts';
import {readSound} from './read-sound.ts';

const rate = 16_000;
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../testing/sounds/${name}`, import.meta.url)));

async function samplesOf(file: Uint8Array): Promise<Float32Array> {
  const read = await readSound(file);
  if (read.is !== 'sound') assert.fail(read.is);
  return read.samples;
}

/** How much of a sound is this tone, 0..1. */
function share(samples: Float32Array, hertz: number): number {
  const at = (phase: number) => samples.reduce((sum, sample, index) => sum + sample * Math.cos((2 * Math.PI * hertz * index) / rate + phase), 0);
  return (2 * (at(0) ** 2 + at(Math.PI / 2) ** 2)) / (samples.length * samples.reduce((sum, sample) => sum + sample ** 2, 0));
}

const kinds: readonly Omit<WavOptions, 'rate'>[] = [{bits: 8}, {bits: 16}, {bits: 24}, {bits: 32}, {bits: 32, kind: 'float'}, {bits: 64, kind: 'float'}, {bits: 16, channels: 2}, {bits: 24, channels: 6, extensible: true}, {bits: 32, kind: 'float', extensible: true}, {bits: 16, note: 'odd'}];
for (const kind of kinds) {
  test(`WAV: ${JSON.stringify(kind)}`, async () => {
    const sound = tone(440, {rate, seconds: 0.1});
    const samples = await samplesOf(wavFile(sound, {rate, ...kind}));
    assert.equal(samples.length, sound.length);
    for (const [index, sample] of sound.entries()) assert.ok(Math.abs(sample - (samples[index] ?? 9)) < 0.01, `${index}`);
  });
}

test('WAV at another rate is as long and as high as before', async () => {
  const samples = await samplesOf(wavFile(tone(440, {rate: 44_100, seconds: 1}), {rate: 44_100, channels: 2}));
  assert.equal(samples.length, rate);
  assert.ok(share(samples, 440) > 0.99);
});

test('WAV that was written as a stream says no length: it goes to the end of the file', async () => {
  const file = wavFile(tone(440, {rate, seconds: 0.1}), {rate});
  new DataView(file.buffer).setUint32(40, 0xff_ff_ff_ff, true);
  assert.equal((await samplesOf(file)).length, 1600);
});

for (const name of ['tone.mp3', 'tone.opus']) {
  test(`${name}: a second of 440 Hz`, async () => {
    const samples = await samplesOf(fixture(name));
    assert.ok(Math.abs(samples.length - rate) < rate / 10, `${samples.length} samples`);
    assert.ok(share(samples, 440) > 0.9, `${share(samples, 440)}`);
  });
}

test('what nothing here decodes is told apart from what is broken', async () => {
  const is = async (file: Uint8Array) => (await readSound(file)).is;
  const text = (words: string) => new Uint8Array(Buffer.from(words, 'latin1'));
  assert.equal(await is(text('fLaC and more of it')), 'unknown');
  assert.equal(await is(text('\0\0\0\x20ftypM4A and more')), 'unknown');
  assert.equal(await is(text('\x1A\x45\xDF\xA3 webm')), 'unknown');
  assert.equal(await is(new Uint8Array(0)), 'unknown');
  assert.equal(await is(text('RIFF....WAVE')), 'broken');
  const muLaw = wavFile(tone(440, {rate, seconds: 0.1}), {rate});
  new DataView(muLaw.buffer).setUint16(20, 7, true);
  assert.equal(await is(muLaw), 'unknown');
  const noRate = wavFile(tone(440, {rate, seconds: 0.1}), {rate});
  new DataView(noRate.buffer).setUint32(24, 0xff_ff_ff_ff, true);
  assert.equal(await is(noRate), 'broken');
  assert.equal(await is(fixture('tone.opus').subarray(0, 60)), 'broken');
});

test('bytes that only begin as a sound never do more than fail', async (t) => {
  t.mock.method(console, 'error', () => {});
  for (const name of ['tone.mp3', 'tone.opus']) {
    for (let round = 0; round < 20; round += 1) {
      const file = fixture(name);
      file.set(randomBytes(file.length / 2), file.length / 2 - round);
      assert.match((await readSound(file)).is, /sound|broken/);
    }
  }
});
