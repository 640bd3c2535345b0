/** A Whisper that is built, not trained: each second of a tone is a digit, and it writes the digits with their times. */
import {OnnxGraph} from '../onnx-writer.ts';
import {clipped} from './attention.ts';
import {writeFiles} from './folder.ts';
import {decoder, heard, seconds} from './speech-decoder.ts';
import {digits, generation, idOf, timesOfSecond, vocabularySize, wordFiles} from './speech-words.ts';

const rate = 16_000;
const [hop, bands] = [160, 80];
const framesOfSecond = rate / hop;
/** So much louder than the mean of all bands a digit's band has to be, in the units of Whisper's spectrogram. */
const contrast = 0.25;
const steep = 100;
const [loudness, pause] = [0.5, 0.05];

/** Far enough from each other that no tone sounds in another's band. */
const bandOf = (digit: number): number => 8 * digit + 4;

/** Middle of a band on the mel scale that WhisperFeatureExtractor counts by: even steps up to 1 kHz, then even ratios; 8 kHz is its end. */
function frequencyOf(digit: number): number {
  const [evenSteps, ratio] = [15, Math.log(6.4) / 27];
  const end = evenSteps + Math.log(8) / ratio;
  const mel = (end * (bandOf(digit) + 1)) / (bands + 1);
  return mel < evenSteps ? (mel * 1000) / evenSteps : 1000 * Math.exp(ratio * (mel - evenSteps));
}

/** A second of sound for each character at 16 kHz: a digit's tone, or silence for anything else. */
export function sayDigits(text: string): Float32Array<ArrayBuffer> {
  const sound = new Float32Array(text.length * rate);
  for (const [second, character] of [...text].entries()) {
    const digit = '0123456789'.indexOf(character);
    if (digit < 0) continue;
    for (let at = pause * rate; at < (1 - pause) * rate; at += 1) sound[second * rate + at] = loudness * Math.sin((2 * Math.PI * frequencyOf(digit) * at) / rate);
  }
  return sound;
}

/** What WhisperFeatureExtractor makes the spectrogram by. */
const preprocessor = {
  feature_extractor_type: 'WhisperFeatureExtractor',
  processor_class: 'WhisperProcessor',
  chunk_length: seconds,
  feature_size: bands,
  hop_length: hop,
  n_fft: 400,
  n_samples: seconds * rate,
  nb_max_frames: seconds * framesOfSecond,
  sampling_rate: rate,
  padding_side: 'right',
  padding_value: 0,
  return_attention_mask: false,
} as const;

/** Folder for the pipeline `automatic-speech-recognition` and for `WhisperForConditionalGeneration`. */
export function writeSpeech(folder: string): void {
  const config = {
    model_type: 'whisper',
    architectures: ['WhisperForConditionalGeneration'],
    is_encoder_decoder: true,
    d_model: heard.size,
    num_mel_bins: bands,
    encoder_layers: 1,
    decoder_layers: 1,
    encoder_attention_heads: 1,
    decoder_attention_heads: 1,
    max_source_positions: seconds * timesOfSecond,
    max_target_positions: generation.max_length,
    vocab_size: vocabularySize,
    bos_token_id: idOf('<|endoftext|>'),
    eos_token_id: idOf('<|endoftext|>'),
    pad_token_id: idOf('<|endoftext|>'),
    decoder_start_token_id: idOf('<|startoftranscript|>'),
  };
  writeFiles(folder, {
    'config.json': config,
    'generation_config.json': generation,
    'preprocessor_config.json': preprocessor,
    ...wordFiles(),
    'onnx/encoder_model.onnx': encoder(),
    'onnx/decoder_model_merged.onnx': decoder(),
  });
}

/** Hears each second as a whole and says so at each of its 50 positions. */
function encoder(): Buffer {
  const graph = new OnnxGraph();
  const frames = seconds * framesOfSecond;
  const mel = graph.input('input_features', {type: 'float', dims: ['batch_size', bands, frames]});
  // A digit's band less the mean of all.
  const weights = [...digits.keys()].flatMap((digit) => Array.from({length: bands}, (_, band) => (band === bandOf(digit) ? 1 : 0) - 1 / bands));
  const above = graph.node('MatMul', [graph.floats([digits.length, bands], weights), mel]);
  const bySecond = graph.node('ReduceMean', [graph.node('Reshape', [above, graph.ints([0, digits.length, seconds, framesOfSecond])])], {attributes: {axes: [3], keepdims: 0}});
  const scores = graph.node('Transpose', [bySecond], {attributes: {perm: [0, 2, 1]}});
  const step = (value: string): string => clipped(graph, graph.node('Mul', [value, graph.float(steep)]));
  const loud = step(graph.node('Sub', [scores, graph.float(contrast)]));
  const loudest = graph.node('ReduceMax', [scores], {attributes: {axes: [2], keepdims: 1}});
  const isLoudest = graph.node('Sub', [graph.float(1), step(graph.node('Sub', [loudest, scores]))]);
  const digit = graph.node('Mul', [loud, isLoudest]);
  const any = clipped(graph, graph.node('ReduceSum', [digit, graph.ints([2])], {attributes: {keepdims: 1}}));
  const upToNow = graph.floats([seconds, seconds], Array.from({length: seconds * seconds}, (_, at) => (at % seconds <= Math.floor(at / seconds) ? 1 : 0)));
  const place = graph.node('MatMul', [upToNow, any]);
  const rest = heard.size - heard.place - 1;
  const zeros = graph.node('MatMul', [any, graph.floats([1, rest], new Float32Array(rest))]);
  const row = graph.node('Unsqueeze', [graph.node('Concat', [digit, any, place, zeros], {attributes: {axis: 2}}), graph.ints([2])]);
  const tiled = graph.node('Tile', [row, graph.ints([1, 1, timesOfSecond, 1])]);
  graph.node('Reshape', [tiled, graph.ints([0, seconds * timesOfSecond, heard.size])], {name: 'last_hidden_state'});
  graph.output('last_hidden_state', ['batch_size', seconds * timesOfSecond, heard.size]);
  return graph.bytes();
}
