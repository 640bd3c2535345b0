/** Any sound file as samples at the rate that jobs have, one channel. */
import {audioRate} from '#protocol/audio.ts';
import {codeOf, NetworkError} from '#protocol/errors.ts';
import {maxSoundSeconds} from '#sdk/openai/network.ts';
import type {SoundBlocks} from './block.ts';
import {isMp3, mp3Blocks} from './mp3.ts';
import {isOgg} from './ogg.ts';
import {opusBlocks} from './opus.ts';
import {Resampler} from './resample.ts';
import {SampleStore} from './sample-store.ts';
import {isWav, wavBlocks} from './wav.ts';

export type ReadSound =
  | {readonly is: 'sound'; readonly samples: Float32Array<ArrayBuffer>}
  /** Nothing here decodes it; it is longer than a request may be; it is damaged, or no sound. */
  | {readonly is: 'unknown' | 'too-long' | 'broken'};

/** Never rejects: who wrote the file may be anyone. */
export async function readSound(file: Uint8Array): Promise<ReadSound> {
  try {
    const blocks = blocksOf(file);
    return blocks ? {is: 'sound', samples: await samplesOf(blocks)} : {is: 'unknown'};
  } catch (error) {
    return {is: codeOf(error) === 'too-long' ? 'too-long' : 'broken'};
  }
}

function blocksOf(file: Uint8Array): SoundBlocks | undefined {
  if (isWav(file)) return wavBlocks(file);
  if (isOgg(file)) return opusBlocks(file);
  return isMp3(file) ? mp3Blocks(file) : undefined;
}

async function samplesOf(blocks: SoundBlocks): Promise<Float32Array<ArrayBuffer>> {
  const store = new SampleStore(maxSoundSeconds * audioRate);
  let first: {readonly rate: number; readonly resampler: Resampler} | undefined;
  for await (const {rate, samples} of blocks) {
    first ??= {rate, resampler: new Resampler({from: rate, to: audioRate})};
    if (rate !== first.rate) throw new NetworkError('bad-media', 'several rates in one file');
    store.add(first.resampler.push(samples));
  }
  if (!first) throw new NetworkError('bad-media', 'no sound in it');
  store.add(first.resampler.end());
  return store.take();
}
