/** MP3 files, by mpg123 in WebAssembly. */
import {MPEGDecoder} from 'mpg123-decoder';
import {meanOf, type SoundBlock} from './block.ts';

/** Bytes that are decoded at once: 16 s at the lowest rate that speech is sent with. */
const pieceBytes = 16_384;

/** A tag, or the first frame: eleven bits set and a layer, which AAC has not. */
export const isMp3 = ([first = 0, second = 0, third = 0]: Uint8Array): boolean =>
  (first === 0x49 && second === 0x44 && third === 0x33) || (first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) !== 0);

/** What can't be decoded is left out, as players do. */
export async function* mp3Blocks(file: Uint8Array): AsyncGenerator<SoundBlock, void> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    for (let at = 0; at < file.length; at += pieceBytes) {
      const {channelData, samplesDecoded, sampleRate} = decoder.decode(file.subarray(at, at + pieceBytes));
      if (samplesDecoded > 0) yield {rate: sampleRate, samples: meanOf(channelData)};
    }
  } finally {
    decoder.free();
  }
}
