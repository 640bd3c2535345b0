/** A piece of a sound on its way from a file: one channel, at the file's own rate. */
export interface SoundBlock {
  /** Samples per second. */
  readonly rate: number;
  /** -1..1 */
  readonly samples: Float32Array;
}

/** What a file holds, piece by piece. Throws NetworkError `bad-media`. */
export type SoundBlocks = Iterable<SoundBlock> | AsyncIterable<SoundBlock>;

/** The mean of the channels. */
export function meanOf(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = channels;
  if (others.length === 0) return first;
  return first.map((sample, index) => others.reduce((sum, channel) => sum + (channel[index] ?? 0), sample) / channels.length);
}
