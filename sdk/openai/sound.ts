/** A sound file as jobs carry it: decoded by the host, cut in quiet moments, each piece coded by itself. */
import {audioRate, encodeAudio} from '#protocol/audio.ts';
import type {Bytes} from '#protocol/bytes.ts';
import {codeOf} from '#protocol/errors.ts';
import {jobCuts, soundCuts} from '#protocol/sound-cuts.ts';
import type {Exchange} from './exchange.ts';
import {maxSoundSeconds} from './network.ts';
import {badField, Refusal, unsupported} from './refusal.ts';

export interface Sound {
  readonly milliseconds: number;
  readonly pieces: readonly {readonly startMs: number; readonly audio: Bytes}[];
}

/** Bytes of a file, as OpenAI takes it. */
const maxFileBytes = 25 * 1024 * 1024;
const toMs = (samples: number): number => Math.round((samples / audioRate) * 1000);

/** @param param names the field it came in. Rejects with Refusal, and what the question was ended with */
export async function soundOf({options, asking}: Exchange, {file, param}: {file: Bytes; param: string}): Promise<Sound> {
  const {decodeSound, clock} = options;
  if (!decodeSound) throw unsupported(param, 'Sound can not be decoded on this host.');
  if (file.length > maxFileBytes) throw new Refusal({status: 413, message: `The file has ${file.length} bytes; ${maxFileBytes} are taken. Nothing was sent; cut it into several, or compress it.`, param, code: 'request_too_large'});
  const samples = await decodeSound(file).catch((error: unknown) => {
    throw named(error, param);
  });
  if (samples.length === 0) throw badField(param, 'There is no sound in the file.');
  if (samples.length > maxSoundSeconds * audioRate) throw badField(param, `The sound is longer than ${maxSoundSeconds / 60} minutes. Nothing was sent; cut it into several.`);
  const pieces: Sound['pieces'][number][] = [];
  for (const {from, to} of soundCuts(samples, jobCuts)) {
    // Others are answered between two pieces.
    await clock.sleep(0);
    asking.signal.throwIfAborted();
    pieces.push({startMs: toMs(from), audio: encodeAudio(samples.subarray(from, to))});
  }
  return {milliseconds: toMs(samples.length), pieces};
}

/** The same with the field that is to blame. */
function named(error: unknown, param: string): unknown {
  if (codeOf(error) === 'bad-media') return new Refusal({status: 400, message: 'The sound could not be read. Nothing was sent; try another file.', param, code: 'invalid_media'}, {cause: error});
  if (!(error instanceof Refusal)) return error;
  const {status, body: {error: {message, type, code}}, retryAfter} = error;
  return new Refusal({status, message, type, param, retryAfter, ...(code === null ? {} : {code})}, {cause: error});
}
