/** The decoder of the model of speech: it counts the words that it has written and attends to the next second that has one. */
import {OnnxGraph} from '../onnx-writer.ts';
import {cached, causal, clipped, equal, part} from './attention.ts';
import {digits, idOf, meanings, rowOf, texts, times, timesOfSecond, vocabularySize, width} from './speech-words.ts';

/** What the encoder says of a stretch of sound; filled up to `size`. */
export const heard = {digit: 0, any: digits.length, place: digits.length + 1, size: 16} as const;
/** Seconds that the encoder hears at once. */
export const seconds = 30;

const sure = 50;
/** A time that is 20 ms off is so much less likely. */
const steep = 10;

/** What is true up to a token; each [batch, tokens, 1] where nothing else is said. */
interface State {
  readonly isTime: string;
  readonly isWord: string;
  readonly isSpecial: string;
  /** The times are not asked for. */
  readonly noTimes: string;
  /** An odd number of times was written: the last began something. */
  readonly begun: string;
  /** Attention to the second of the next word, [batch, tokens, seconds]. */
  readonly next: string;
  /** When the last word ends and the next begins. */
  readonly ended: string;
  readonly begins: string;
  /** The seconds as the encoder heard them, [batch, seconds, heard.size]. */
  readonly sound: string;
}

export function decoder(): Buffer {
  const graph = new OnnxGraph();
  const state = stateOf(graph);
  const choice = choiceOf(graph, state);
  graph.node('Concat', [textScores(graph, {state, ...choice}), timeScores(graph, {state, ...choice})], {attributes: {axis: 2}, name: 'logits'});
  graph.output('logits', ['batch_size', 'decoder_sequence_length', vocabularySize]);
  graph.output('present.0.decoder.value', ['batch_size', 1, 'total_sequence_length', width]);
  return graph.bytes();
}

function stateOf(graph: OnnxGraph): State {
  const ids = graph.input('input_ids', {type: 'int64', dims: ['batch_size', 'decoder_sequence_length']});
  const positions = graph.input('encoder_hidden_states', {type: 'float', dims: ['batch_size', seconds * timesOfSecond, heard.size]});
  const rows = graph.floats([vocabularySize, width], Array.from({length: vocabularySize}, (_, id) => rowOf(id)).flat());
  const fresh = graph.node('Gather', [rows, ids], {attributes: {axis: 0}});
  const all = cached(graph, {fresh, of: '0.decoder.value', size: width});
  const counts = graph.node('MatMul', [causal(graph, {fresh, all}), all]);
  const sound = graph.node('Slice', [positions, graph.ints([0]), graph.ints([seconds * timesOfSecond]), graph.ints([1]), graph.ints([timesOfSecond])]);
  const turned = (from: number): string => graph.node('Transpose', [part(graph, {of: sound, from})], {attributes: {perm: [0, 2, 1]}});
  const [any, place] = [turned(heard.any), turned(heard.place)];
  const words = part(graph, {of: counts, from: meanings.word});
  const wordAt = (number: string): string => graph.node('Mul', [any, equal(graph, [number, place])]);
  const next = wordAt(graph.node('Add', [words, graph.float(1)]));
  const timesSoFar = part(graph, {of: counts, from: meanings.time});
  const pairs = graph.node('Floor', [graph.node('Mul', [timesSoFar, graph.float(0.5)])]);
  return {
    isTime: part(graph, {of: fresh, from: meanings.time}),
    isWord: part(graph, {of: fresh, from: meanings.word}),
    isSpecial: part(graph, {of: fresh, from: meanings.special}),
    noTimes: clipped(graph, part(graph, {of: counts, from: meanings.noTimes})),
    begun: graph.node('Sub', [timesSoFar, graph.node('Mul', [pairs, graph.float(2)])]),
    next,
    ended: timeOf(graph, {attention: wordAt(words), from: 1}),
    begins: timeOf(graph, {attention: next, from: 0}),
    sound,
  };
}

/** The number of a time, from seconds. */
const timeOf = (graph: OnnxGraph, {attention, from}: {readonly attention: string; readonly from: number}): string =>
  graph.node('MatMul', [attention, graph.floats([seconds, 1], Array.from({length: seconds}, (_, second) => (second + from) * timesOfSecond))]);

/** What comes next, each 0 or 1: the time at which words begin, or end, or a word; the end of the text where it is none of them. */
interface Choice {
  readonly begin: string;
  readonly end: string;
  readonly word: string;
}

function choiceOf(graph: OnnxGraph, {isTime, isWord, isSpecial, noTimes, begun, next, ended, begins}: State): Choice {
  const all = (...values: readonly string[]): string => values.reduce((one, other) => graph.node('Mul', [one, other]));
  const either = (one: string, other: string): string => graph.node('Add', [one, other]);
  const not = (value: string): string => graph.node('Sub', [graph.float(1), value]);
  const more = clipped(graph, graph.node('ReduceSum', [next, graph.ints([2])], {attributes: {keepdims: 1}}));
  // Words without a pause between them share their times, as in Whisper: transformers.js does not merge single words where 30 seconds end.
  const goesOn = all(more, equal(graph, [ended, begins]));
  return {
    begin: all(more, not(noTimes), either(isSpecial, all(isTime, not(begun)))),
    end: all(not(noTimes), isWord, not(goesOn)),
    word: all(more, either(either(all(isTime, begun), all(not(noTimes), isWord, goesOn)), all(noTimes, either(isSpecial, isWord)))),
  };
}

function textScores(graph: OnnxGraph, {state, begin, end, word}: Choice & {readonly state: State}): string {
  const digit = graph.node('MatMul', [state.next, part(graph, {of: state.sound, from: heard.digit, size: digits.length})]);
  const nothing = [begin, end, word].reduce((rest, choice) => graph.node('Sub', [rest, choice]), graph.float(1));
  const features = graph.node('Concat', [graph.node('Mul', [digit, word]), nothing], {attributes: {axis: 2}});
  const ids = [...digits.keys(), idOf('<|endoftext|>')];
  return graph.node('MatMul', [features, graph.floats([ids.length, texts.length], ids.flatMap((id) => texts.map((_, other) => (other === id ? sure : 0))))]);
}

/** Highest at the time that is meant; far below all texts where none is. */
function timeScores(graph: OnnxGraph, {state, begin, end}: Choice & {readonly state: State}): string {
  const meant = graph.node('Add', [graph.node('Mul', [begin, state.begins]), graph.node('Mul', [end, state.ended])]);
  const away = graph.node('Abs', [graph.node('Sub', [graph.floats([times], Array.from({length: times}, (_, index) => index)), meant])]);
  const near = graph.node('Sub', [graph.float(2 * sure), graph.node('Mul', [away, graph.float(steep)])]);
  const wanted = graph.node('Mul', [graph.node('Add', [begin, end]), near]);
  return graph.node('Sub', [wanted, graph.float(sure)]);
}
