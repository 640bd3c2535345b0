/** Frames of a film as a job carries them: taken out here, evenly spread, each a small JPEG. */
import {NetworkError} from '#protocol/errors.ts';
import type {MediaDesk} from '../state/task-files.ts';
import type {Film} from '../state/task-views.ts';
import {openPlayer, type Player} from './media-player.ts';
import {jpegOf, type PictureBounds} from './pictures.ts';

/** Longest side of a frame, pixels, and bytes of all together: what one request has room for. */
const side = 448;
const allBytes = 220 * 1024;

/** @throws NetworkError `bad-media` for what is no film, or what the signal was aborted with */
export const filmOf: MediaDesk['film'] = async (file, {count, signal, onPart}) => {
  const player = await openPlayer(file, signal);
  try {
    return await framesOf(player, {count, onPart});
  } finally {
    player.close();
  }
};

/** The middle of each of `count` parts: neither the black before a film nor the one after it. */
async function framesOf(player: Player, {count, onPart}: {readonly count: number; onPart(part: number): void}): Promise<Film> {
  const {video, seconds} = player;
  if (video.videoWidth === 0) throw new NetworkError('bad-media', 'a film without pictures');
  const bounds: PictureBounds = {side, bytes: Math.floor(allBytes / count)};
  const frames: {atMs: number; image: Film['frames'][number]['image']}[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = (seconds * (index + 0.5)) / count;
    const atMs = Math.floor(at * 1000);
    // Of a film that is shorter than its frames are many, some would be the same.
    if (atMs <= (frames.at(-1)?.atMs ?? -1)) continue;
    await player.seek(at);
    const {bytes} = await jpegOf({image: video, width: video.videoWidth, height: video.videoHeight}, bounds);
    frames.push({atMs, image: bytes});
    onPart((index + 1) / count);
  }
  return {milliseconds: Math.round(seconds * 1000), frames};
}
