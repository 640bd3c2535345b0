/** A transcriber that is built, not trained: each letter and digit is a tone, and what it hears is what was played. */
import {OnnxGraph} from '../onnx-writer.ts';
import {writeFiles} from './folder.ts';

const rate = 16_000;
/** The space is written so, as in the vocabularies of wav2vec2. */
const space = '|';
const blank = '<pad>';
const unknown = '<unk>';
const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789', space];
/** Blank is 0; a letter's number is one more than its place. */
const vocabulary = [blank, ...letters, unknown];

/** 20 ms: a whole number of waves of every tone, so that no tone sounds in another's filter. */
const window = 320;
const step = 160;
const lowest = 300;
const spacing = 150;
const frequencyOf = (place: number): number => lowest + spacing * place;

/** A tone that is the only sound has 1 of the power; its letter is heard from this part on. */
const heardFrom = 0.5;
/** Power below which all is silence; a tone of sayTones has 0.125. */
const silence = 0.002;

const toneSeconds = 0.12;
const pauseSeconds = 0.06;
const loudness = 0.5;

/** The sound of a text at 16 kHz; what is no letter, digit or space is left out. */
export function sayTones(text: string): Float32Array<ArrayBuffer> {
  const places = [...text.toLowerCase().replaceAll(' ', space)].map((letter) => letters.indexOf(letter)).filter((place) => place >= 0);
  const [tone, pause] = [toneSeconds * rate, pauseSeconds * rate];
  const sound = new Float32Array(pause + places.length * (tone + pause));
  for (const [index, place] of places.entries()) {
    const start = pause + index * (tone + pause);
    for (let at = 0; at < tone; at += 1) sound[start + at] = loudness * Math.sin((2 * Math.PI * frequencyOf(place) * at) / rate);
  }
  return sound;
}

/** Folder for the pipeline `automatic-speech-recognition` and for `Wav2Vec2ForCTC`: `logits` [1, frames of 10 ms, vocabulary]. */
export function writeTones(folder: string): void {
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    // None is special: skip_special_tokens would take the blanks out before the letters on both sides are told apart.
    added_tokens: [],
    normalizer: {type: 'Lowercase'},
    pre_tokenizer: {type: 'Split', pattern: {Regex: ''}, behavior: 'Isolated', invert: false},
    post_processor: null,
    decoder: {type: 'CTC', pad_token: blank, word_delimiter_token: space, cleanup: true},
    model: {type: 'WordLevel', vocab: Object.fromEntries(vocabulary.map((letter, id) => [letter, id])), unk_token: unknown},
  };
  writeFiles(folder, {
    'config.json': {model_type: 'wav2vec2', architectures: ['Wav2Vec2ForCTC'], vocab_size: vocabulary.length, pad_token_id: 0},
    'preprocessor_config.json': {feature_extractor_type: 'Wav2Vec2FeatureExtractor', processor_class: 'Wav2Vec2Processor', sampling_rate: rate, feature_size: 1, do_normalize: false, return_attention_mask: false, padding_value: 0},
    'tokenizer.json': tokenizer,
    'tokenizer_config.json': {tokenizer_class: 'Wav2Vec2CTCTokenizer', pad_token: blank, unk_token: unknown, word_delimiter_token: space, do_lower_case: true},
    'onnx/model.onnx': listener(),
  });
}

function listener(): Buffer {
  const graph = new OnnxGraph();
  const sound = graph.node('Unsqueeze', [graph.input('input_values', {type: 'float', dims: ['batch_size', 'samples']}), graph.ints([1])]);
  const square = (value: string): string => graph.node('Mul', [value, value]);
  const heard = (wave: (angle: number) => number): string => square(convolve(graph, {sound, kernels: letters.map((_, place) => kernel(place, wave))}));
  const powers = graph.node('Add', [heard(Math.cos), heard(Math.sin)]);
  const power = convolve(graph, {sound: square(sound), kernels: [Array.from({length: window}, () => 1 / window)]});
  const rest = graph.node('Add', [graph.node('Mul', [power, graph.float(heardFrom)]), graph.float(silence)]);
  // Nobody says what is unknown.
  const never = graph.node('Mul', [power, graph.float(-1)]);
  const scores = graph.node('Concat', [rest, powers, never], {attributes: {axis: 1}});
  graph.node('Transpose', [graph.node('Mul', [scores, graph.float(100)])], {attributes: {perm: [0, 2, 1]}, name: 'logits'});
  graph.output('logits', ['batch_size', 'frames', vocabulary.length]);
  return graph.bytes();
}

/** One wave of a letter's tone, so that the squares of cosine and sine add up to the tone's power. */
const kernel = (place: number, wave: (angle: number) => number): number[] =>
  Array.from({length: window}, (_, at) => (Math.SQRT2 / window) * wave((2 * Math.PI * frequencyOf(place) * at) / rate));

function convolve(graph: OnnxGraph, {sound, kernels}: {readonly sound: string; readonly kernels: readonly (readonly number[])[]}): string {
  const weights = graph.floats([kernels.length, 1, window], kernels.flat());
  return graph.node('Conv', [sound, weights], {attributes: {kernel_shape: [window], strides: [step], pads: [window / 2, window / 2]}});
}
