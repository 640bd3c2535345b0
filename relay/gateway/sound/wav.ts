/** WAV files: PCM of 8 to 32 bits and floats, any channels and rate (Multimedia Programming Interface and Data Specifications 1.0, 1991; WAVE_FORMAT_EXTENSIBLE). */
import {NetworkError} from '#protocol/errors.ts';
import type {SoundBlock} from './block.ts';

const pcm = 1;
const float = 3;
const extensible = 0xff_fe;
const blockFrames = 16_384;
/** No recorder writes more; a table of a resampler has a bound. */
const rates = {least: 1000, most: 192_000} as const;
const maxChannels = 32;

type Read = (view: DataView, at: number) => number;
/** By format and bits. */
const readers: Readonly<Record<string, Read>> = {
  [`${pcm} 8`]: (view, at) => (view.getUint8(at) - 128) / 128,
  [`${pcm} 16`]: (view, at) => view.getInt16(at, true) / 0x80_00,
  [`${pcm} 24`]: (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 0x80_00_00,
  [`${pcm} 32`]: (view, at) => view.getInt32(at, true) / 0x80_00_00_00,
  [`${float} 32`]: (view, at) => view.getFloat32(at, true),
  [`${float} 64`]: (view, at) => view.getFloat64(at, true),
};

const wordAt = (view: DataView, at: number): string => String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

export const isWav = (file: Uint8Array): boolean => file.length >= 12 && wordAt(viewOf(file), 0) === 'RIFF' && wordAt(viewOf(file), 8) === 'WAVE';

const viewOf = (file: Uint8Array): DataView => new DataView(file.buffer, file.byteOffset, file.byteLength);

interface Chunk {
  readonly from: number;
  readonly to: number;
}

/** The sound of a file that is one; undefined where it is coded in another way than by numbers. @throws NetworkError `bad-media` */
export function wavBlocks(file: Uint8Array): Iterable<SoundBlock> | undefined {
  const view = viewOf(file);
  const format = chunkOf(view, 'fmt ');
  const data = chunkOf(view, 'data');
  if (!format || !data || format.to - format.from < 16) throw new NetworkError('bad-media', 'a WAV file without its format or its sound');
  const tag = view.getUint16(format.from, true);
  const kind = tag === extensible && format.to - format.from >= 40 ? view.getUint16(format.from + 24, true) : tag;
  const channels = view.getUint16(format.from + 2, true);
  const rate = view.getUint32(format.from + 4, true);
  const bits = view.getUint16(format.from + 14, true);
  const read = readers[`${kind} ${bits}`];
  if (!read) return undefined;
  if (channels < 1 || channels > maxChannels || rate < rates.least || rate > rates.most) throw new NetworkError('bad-media', 'a WAV file of no sensible format');
  return blocks(view, {data, channels, rate, bytes: bits / 8, read});
}

/** The first chunk of this name. The last one may say that it is longer than the file, where it was written as a stream. */
function chunkOf(view: DataView, name: string): Chunk | undefined {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const from = at + 8;
    const length = view.getUint32(at + 4, true);
    if (wordAt(view, at) === name) return {from, to: Math.min(from + length, view.byteLength)};
    at = from + length + (length % 2);
  }
  return undefined;
}

interface Layout {
  readonly data: Chunk;
  readonly channels: number;
  readonly rate: number;
  readonly bytes: number;
  readonly read: Read;
}

function* blocks(view: DataView, {data, channels, rate, bytes, read}: Layout): Generator<SoundBlock, void> {
  const frameBytes = channels * bytes;
  const frames = Math.floor((data.to - data.from) / frameBytes);
  for (let first = 0; first < frames; first += blockFrames) {
    const samples = new Float32Array(Math.min(blockFrames, frames - first));
    for (let frame = 0; frame < samples.length; frame += 1) {
      const at = data.from + (first + frame) * frameBytes;
      let sum = 0;
      for (let channel = 0; channel < channels; channel += 1) sum += read(view, at + channel * bytes);
      samples[frame] = Number.isFinite(sum) ? sum / channels : 0;
    }
    yield {rate, samples};
  }
}
