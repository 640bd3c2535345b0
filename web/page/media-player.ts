/** A sound or film file, opened in a media element that nobody sees: how long it is, and what it shows at a time. */
import {NetworkError} from '#protocol/errors.ts';
import {systemClock} from '../platform/clock.ts';

/** A browser that does not show a moment within this never will. */
const stuckMs = 10_000;
/** Recordings of browsers do not say how long they are until they were sought to their end. */
const pastAnyEnd = 1e7;

/** Browsers say that they have sought before there is anything new to draw. A frame this near to the moment, s, is the one; without one the last is taken after a while. */
const near = 0.2;
const unseenMs = 400;

export interface Player {
  readonly video: HTMLVideoElement;
  readonly seconds: number;
  /** Shows a moment: afterwards it can be drawn. */
  seek(seconds: number): Promise<void>;
  close(): void;
}

/** @throws NetworkError `bad-media` where the browser can't read it or gets stuck, or what `signal` was aborted with */
export async function openPlayer(file: Blob, signal: AbortSignal): Promise<Player> {
  const url = URL.createObjectURL(file);
  const video = document.createElement('video');
  const close = () => {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  };
  const jump = (seconds: number) => told(video, {type: 'seeked', signal, act: () => (video.currentTime = seconds)});
  const seek = async (seconds: number) => {
    const over = new AbortController();
    const shown = frameNear(video, {seconds, signal: over.signal});
    try {
      await jump(seconds);
      await Promise.race([shown, systemClock.sleep(unseenMs, signal)]);
      await drawable(video, signal);
    } finally {
      over.abort();
    }
  };
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  try {
    await told(video, {type: 'loadedmetadata', signal, act: () => (video.src = url)});
    if (video.duration === Infinity) await jump(pastAnyEnd);
    const seconds = Number.isFinite(video.duration) ? video.duration : video.currentTime;
    if (!(seconds > 0)) throw new NetworkError('bad-media', 'no length');
    return {video, seconds, seek, close};
  } catch (error) {
    close();
    throw error;
  }
}

/** Resolves when a frame of about this moment is on the canvas of the video; never where the page is hidden or the browser tells nothing of frames. */
function frameNear(video: HTMLVideoElement, {seconds, signal}: {readonly seconds: number; readonly signal: AbortSignal}): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (signal.aborted || !('requestVideoFrameCallback' in video)) return;
      video.requestVideoFrameCallback((_now, {mediaTime}) => (Math.abs(mediaTime - seconds) <= near ? resolve() : look()));
    };
    look();
  });
}

/** Waits until there is anything to draw at all. */
async function drawable(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  const context = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  if (!context) return;
  for (let waited = 0; ; waited += unseenMs) {
    context.drawImage(video, 0, 0, 1, 1);
    if (context.getImageData(0, 0, 1, 1).data[3] !== 0) return;
    if (waited >= stuckMs) throw new NetworkError('bad-media', 'nothing to draw');
    await systemClock.sleep(unseenMs, signal);
  }
}

/** Acts, and waits for the event that says that it is done. */
function told(video: HTMLVideoElement, {type, signal, act}: {readonly type: string; readonly signal: AbortSignal; act(): void}): Promise<void> {
  const {promise, resolve, reject} = Promise.withResolvers<void>();
  const over = new AbortController();
  const stuck = setTimeout(() => reject(new NetworkError('bad-media', `stuck before ${type}`)), stuckMs);
  const listening = {signal: over.signal};
  video.addEventListener(type, () => resolve(), listening);
  video.addEventListener('error', () => reject(new NetworkError('bad-media', video.error?.message)), listening);
  signal.addEventListener('abort', () => reject(signal.reason), listening);
  if (signal.aborted) reject(signal.reason);
  else act();
  return promise.finally(() => {
    clearTimeout(stuck);
    over.abort();
  });
}
