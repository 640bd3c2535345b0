/** WAV files and tones for tests. */

export interface WavOptions {
  readonly rate: number;
  readonly channels?: number;
  readonly bits?: 8 | 16 | 24 | 32 | 64;
  readonly kind?: 'pcm' | 'float';
  /** Says its format in the longer form. */
  readonly extensible?: boolean;
  /** Put before the sound, as programs put their names there. */
  readonly note?: string;
}

/** A sine. */
export const tone = (hertz: number, {rate, seconds, loud = 0.5}: {rate: number; seconds: number; loud?: number}): Float32Array<ArrayBuffer> =>
  Float32Array.from({length: Math.round(rate * seconds)}, (_, index) => loud * Math.sin((2 * Math.PI * hertz * index) / rate));

type Put = (bytes: Buffer, value: number, at: number) => void;
const writers: Readonly<Record<string, Put>> = {
  pcm8: (bytes, value, at) => bytes.writeUInt8(Math.round(value * 127) + 128, at),
  pcm16: (bytes, value, at) => bytes.writeInt16LE(Math.round(value * 32_767), at),
  pcm24: (bytes, value, at) => bytes.writeIntLE(Math.round(value * 8_388_607), at, 3),
  pcm32: (bytes, value, at) => bytes.writeInt32LE(Math.round(value * 2_147_483_647), at),
  float32: (bytes, value, at) => bytes.writeFloatLE(value, at),
  float64: (bytes, value, at) => bytes.writeDoubleLE(value, at),
};

const chunk = (name: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
};

/** The same samples on each channel. */
export function wavFile(samples: Float32Array, {rate, channels = 1, bits = 16, kind = 'pcm', extensible = false, note = ''}: WavOptions): Uint8Array<ArrayBuffer> {
  const put = writers[`${kind}${bits}`];
  if (!put) throw new Error(`no ${kind} of ${bits} bits`);
  const sound = Buffer.alloc((samples.length * channels * bits) / 8);
  for (const [index, sample] of samples.entries()) for (let channel = 0; channel < channels; channel += 1) put(sound, sample, ((index * channels + channel) * bits) / 8);
  const tag = kind === 'pcm' ? 1 : 3;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xff_fe : tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE((rate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) format.writeUInt16LE(tag, 24);
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), ...(note === '' ? [] : [chunk('LIST', Buffer.from(note))]), chunk('data', sound)]);
  return new Uint8Array(chunk('RIFF', body));
}
