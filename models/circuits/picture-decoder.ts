/** The decoder of the model of pictures: attention over all that came before tells what to say next. */
import {OnnxGraph} from '../onnx-writer.ts';
import {cached, causal, clipped, equal, part} from './attention.ts';
import {colourNames, idOf, meanings, vocabulary, width} from './picture-words.ts';

/** How sure it is; a colour that comes earlier in the list is one surer than the next. */
const sure = 40;
/** What ends the answer where nothing else follows. */
const atLeast = 1;

/** What is true of the words before a token, and the token itself; each [batch, tokens, some]. */
interface State {
  readonly token: string;
  /** Colours that a picture shows and this answer has not named. */
  readonly left: string;
  readonly asksForYes: string;
}

export function decoder(): Buffer {
  const graph = new OnnxGraph();
  const state = stateOf(graph);
  const features = graph.node('Concat', featuresOf(graph, state), {attributes: {axis: 2}});
  const scores = graph.node('MatMul', [features, graph.floats([answers.length, vocabulary.length], answers.flatMap(([token, weight]) => vocabulary.map((other) => (other === token ? weight : 0))))]);
  graph.node('Add', [scores, graph.floats([vocabulary.length], vocabulary.map((token) => (token === end ? atLeast : 0)))], {name: 'logits'});
  graph.output('logits', ['batch_size', 'sequence_length', vocabulary.length]);
  graph.output('present.0.key', ['batch_size', 1, 'total_sequence_length', width]);
  graph.output('present.0.value', ['batch_size', 1, 'total_sequence_length', 1]);
  return graph.bytes();
}

const end = '<|end|>';
/** What it can say, in the order of `featuresOf`. */
const answers: readonly (readonly [token: string, weight: number])[] = [
  ...colourNames.map((name, index) => [`Ġ${name}`, sure - index] as const),
  ['a', sure],
  ['yes', sure],
  ['Ġand', sure],
  ['Ġpicture', sure],
  [end, sure],
];
if (answers.some(([token]) => idOf(token) < 0)) throw new RangeError('an answer that is no token');

function stateOf(graph: OnnxGraph): State {
  const token = graph.input('inputs_embeds', {type: 'float', dims: ['batch_size', 'sequence_length', width]});
  const mask = graph.input('attention_mask', {type: 'int64', dims: ['batch_size', 'total_sequence_length']});
  const all = cached(graph, {fresh: token, of: '0.key', size: width});
  const before = graph.node('Mul', [causal(graph, {fresh: token, all}), graph.node('Unsqueeze', [graph.node('Cast', [mask], {attributes: {to: 1}}), graph.ints([1])])]);
  // Every mark of a role begins a message: their count is the number of a token's message.
  const message = graph.node('MatMul', [before, part(graph, {of: all, from: meanings.role})]);
  const messages = graph.node('Transpose', [cached(graph, {fresh: message, of: '0.value', size: 1})], {attributes: {perm: [0, 2, 1]}});
  const inMessage = (offset: number): string => graph.node('Mul', [before, equal(graph, [graph.node('Add', [message, graph.float(offset)]), messages])]);
  const found = (where: string, what: {readonly from: number; readonly size?: number}): string => clipped(graph, graph.node('MatMul', [where, part(graph, {of: all, ...what})]));
  const seen = found(before, {from: meanings.seen, size: colourNames.length});
  const named = found(inMessage(0), {from: meanings.named, size: colourNames.length});
  return {token, left: clipped(graph, graph.node('Sub', [seen, named])), asksForYes: found(inMessage(-1), {from: meanings.yes})};
}

function featuresOf(graph: OnnxGraph, {token, left, asksForYes}: State): readonly string[] {
  const is = (from: number): string => part(graph, {of: token, from});
  const both = (one: string, other: string): string => graph.node('Mul', [one, other]);
  const either = (one: string, other: string): string => graph.node('Add', [one, other]);
  const not = (value: string): string => graph.node('Sub', [graph.float(1), value]);
  const colour = graph.node('ReduceSum', [part(graph, {of: token, from: meanings.named, size: colourNames.length}), graph.ints([2])], {attributes: {keepdims: 1}});
  const more = graph.node('ReduceMax', [left], {attributes: {axes: [2], keepdims: 1}});
  const wantsColour = either(is(meanings.a), is(meanings.and));
  return [
    both(wantsColour, left),
    both(is(meanings.assistant), not(asksForYes)),
    both(is(meanings.assistant), asksForYes),
    both(colour, more),
    both(either(colour, wantsColour), not(more)),
    either(is(meanings.picture), is(meanings.yes)),
  ];
}
