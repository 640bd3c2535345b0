/** Sound files on a thread of their own. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codeOf} from '#protocol/errors.ts';
import {Refusal} from '#sdk/openai/refusal.ts';
import {systemClock} from '../clock.ts';
import {tone, wavFile} from '../testing/wav-file.ts';
import {soundDecoder} from './decode-sound.ts';

test('several files at once: each its own samples, and a broken one stops no other', async () => {
  const decode = soundDecoder(systemClock);
  const file = (seconds: number) => wavFile(tone(440, {rate: 8000, seconds}), {rate: 8000});
  const broken = new Uint8Array(Buffer.from('RIFF....WAVE'));
  const [first, second, third] = await Promise.allSettled([decode(file(0.5)), decode(broken), decode(file(0.25))]);
  assert.equal(first?.status === 'fulfilled' && first.value.length, 8000);
  assert.equal(second?.status === 'rejected' && codeOf(second.reason), 'bad-media');
  assert.equal(third?.status === 'fulfilled' && third.value.length, 4000);
});

test('what is not read here says what is', async () => {
  await assert.rejects(soundDecoder(systemClock)(new Uint8Array(Buffer.from('fLaC'))), (error: unknown) => error instanceof Refusal && error.body.error.code === 'unsupported_format' && error.message.includes('MP3'));
});
