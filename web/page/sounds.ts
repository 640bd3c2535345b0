/** Sound as jobs carry it: decoded here, one channel at 16 kHz, cut in quiet moments, each piece coded by itself. */
import {audioRate, encodeAudio} from '#protocol/audio.ts';
import {NetworkError} from '#protocol/errors.ts';
import {jobCuts, soundCuts} from '#protocol/sound-cuts.ts';
import {systemClock} from '../platform/clock.ts';
import type {MediaDesk} from '../state/task-files.ts';
import type {Sound} from '../state/task-views.ts';
import {openPlayer} from './media-player.ts';

/** A whole sound is decoded at once, at 64 KB a second and channel: more than this no tab should take. */
const maxFileBytes = 200_000_000;
const maxSeconds = 7200;

/** @throws NetworkError `bad-media` for what has no sound or too much of it, or what the signal was aborted with */
export const soundOf: MediaDesk['sound'] = async (file, {signal, onPart}) => {
  if (file.size > maxFileBytes) throw new NetworkError('bad-media', 'a file that is too large');
  await refuseLong(file, signal);
  const samples = await samplesOf(file);
  if (samples.length === 0 || samples.length > maxSeconds * audioRate) throw new NetworkError('bad-media', 'no sound, or too long');
  const cuts = soundCuts(samples, jobCuts);
  const pieces: Sound['pieces'][number][] = [];
  for (const {from, to} of cuts) {
    // The page stays alive between two pieces.
    await systemClock.sleep(0);
    signal.throwIfAborted();
    pieces.push({startMs: Math.round((from / audioRate) * 1000), audio: encodeAudio(samples.subarray(from, to))});
    onPart(pieces.length / cuts.length);
  }
  return {milliseconds: Math.round((samples.length / audioRate) * 1000), pieces};
};

/** Refuses by the length that the file states, before all of it is decoded; one that states none, or that a media element can't open, shows it then. */
async function refuseLong(file: Blob, signal: AbortSignal): Promise<void> {
  const player = await openPlayer(file, signal).catch(() => undefined);
  const seconds = player?.seconds ?? 0;
  player?.close();
  signal.throwIfAborted();
  if (seconds > maxSeconds) throw new NetworkError('bad-media', 'too long');
}

/** All samples at 16 kHz; the channels' mean, in the memory of the first one. */
async function samplesOf(file: Blob): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, 1, audioRate);
  const decoded = await context.decodeAudioData(await file.arrayBuffer()).catch((error: unknown) => {
    throw new NetworkError('bad-media', 'no sound in it', {cause: error});
  });
  const mixed = decoded.getChannelData(0);
  for (let channel = 1; channel < decoded.numberOfChannels; channel += 1) {
    const other = decoded.getChannelData(channel);
    for (let index = 0; index < mixed.length; index += 1) mixed[index] = (mixed[index] ?? 0) + (other[index] ?? 0);
  }
  const {numberOfChannels} = decoded;
  if (numberOfChannels > 1) for (let index = 0; index < mixed.length; index += 1) mixed[index] = (mixed[index] ?? 0) / numberOfChannels;
  return mixed;
}
