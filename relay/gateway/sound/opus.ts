/** Opus in Ogg (RFC 7845), by libopus in WebAssembly; it decodes to the rate that jobs have. */
import {OpusDecoder} from 'opus-decoder';
import {audioRate} from '#protocol/audio.ts';
import {NetworkError} from '#protocol/errors.ts';
import {meanOf, type SoundBlock} from './block.ts';
import {packetsOf} from './ogg.ts';

/** Two seconds of usual packets. */
const packetsAtOnce = 100;
/** The rate of the numbers in its head. */
const headRate = 48_000;
const headBytes = 19;

/** The sound of an Ogg file; undefined where it is not Opus of one or two channels. @throws NetworkError `bad-media` */
export function opusBlocks(file: Uint8Array): AsyncIterable<SoundBlock> | undefined {
  const packets = packetsOf(file);
  const {value: head} = packets.next();
  if (!head || head.length < headBytes || !Buffer.from(head).toString('latin1').startsWith('OpusHead')) return undefined;
  const [channels = 0, family] = [head[9], head[18]];
  if (family !== 0 || channels < 1 || channels > 2) return undefined;
  // The second one holds what the sound is called.
  if (packets.next().done) throw new NetworkError('bad-media', 'no sound in it');
  const view = new DataView(head.buffer, head.byteOffset);
  return decoded(packets, {channels, skip: Math.round((view.getUint16(10, true) * audioRate) / headRate), gain: 10 ** (view.getInt16(16, true) / (20 * 256))});
}

interface Head {
  readonly channels: number;
  /** Samples before the sound. */
  readonly skip: number;
  readonly gain: number;
}

async function* decoded(packets: Iterable<Uint8Array>, {channels, skip, gain}: Head): AsyncGenerator<SoundBlock, void> {
  const decoder = new OpusDecoder({channels, sampleRate: audioRate});
  await decoder.ready;
  let before = skip;
  try {
    for (const some of inGroups(packets)) {
      const {channelData, samplesDecoded} = decoder.decodeFrames(some);
      const samples = meanOf(channelData).subarray(Math.min(before, samplesDecoded), samplesDecoded);
      before -= Math.min(before, samplesDecoded);
      yield {rate: audioRate, samples: gain === 1 ? samples : samples.map((sample) => sample * gain)};
    }
  } finally {
    decoder.free();
  }
}

function* inGroups(packets: Iterable<Uint8Array>): Generator<Uint8Array[], void> {
  let some: Uint8Array[] = [];
  for (const packet of packets) {
    if (packet.length > 0) some.push(packet);
    if (some.length < packetsAtOnce) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
