/** Sound files for the gateway, decoded on a thread of their own: WAV by ourselves, MP3 and Ogg Opus by WebAssembly. */
import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import {NetworkError} from '#protocol/errors.ts';
import {within} from '#protocol/roles/deadline.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {type FaceOptions, maxSoundSeconds} from '#sdk/openai/network.ts';
import {Refusal} from '#sdk/openai/refusal.ts';
import type {ReadSound} from './sound/read-sound.ts';

/** An hour of MP3 takes a few seconds. */
const decodeMs = 60_000;

/** One file after the other: the samples of an hour take 230 MB. */
export function soundDecoder(clock: Clock): NonNullable<FaceOptions['decodeSound']> {
  let before: Promise<unknown> = Promise.resolve();
  return (file) => {
    const decoding = before.then(() => decode(file, clock));
    before = decoding.catch(() => {});
    return decoding;
  };
}

async function decode(file: Uint8Array, clock: Clock): Promise<Float32Array> {
  // It needs nothing of the environment, and what its decoders complain about is for nobody.
  const thread = new Worker(new URL('./sound/sound-thread.ts', import.meta.url), {workerData: file, env: {}, execArgv: [], stdout: true, stderr: true, resourceLimits: {maxOldGenerationSizeMb: 256}});
  try {
    const answer: Promise<unknown[]> = Promise.race([once(thread, 'message'), once(thread, 'exit')]);
    const [read] = (await within(answer, {clock, ms: decodeMs, code: 'bad-media'})) as [ReadSound | number];
    return samplesOf(read);
  } finally {
    void thread.terminate();
  }
}

function samplesOf(read: ReadSound | number): Float32Array {
  if (typeof read === 'number' || read.is === 'broken') throw new NetworkError('bad-media', 'not decoded');
  if (read.is === 'sound') return read.samples;
  if (read.is === 'too-long') throw new Refusal({status: 400, message: `The sound is longer than ${maxSoundSeconds / 60} minutes. Nothing was sent; cut it into several.`, code: 'invalid_value'});
  throw new Refusal({status: 400, message: 'This kind of sound is not read here: WAV (numbers or floats), MP3 and Ogg Opus are. Nothing was sent; convert the file.', code: 'unsupported_format'});
}
