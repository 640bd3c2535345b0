/** Parts that the decoders have in common: attention over a cache, and logic in numbers from 0 to 1. */
import type {OnnxGraph} from '../onnx-writer.ts';

/** What the cache holds of earlier tokens and then what is new, [batch, all tokens, size]. */
export function cached(graph: OnnxGraph, {fresh, of, size}: {readonly fresh: string; readonly of: string; readonly size: number}): string {
  const past = graph.input(`past_key_values.${of}`, {type: 'float', dims: ['batch_size', 1, 'past_sequence_length', size]});
  const present = graph.node('Concat', [past, graph.node('Unsqueeze', [fresh, graph.ints([1])])], {attributes: {axis: 2}, name: `present.${of}`});
  return graph.node('Squeeze', [present, graph.ints([1])]);
}

/** 1 where a token may look, [tokens, all tokens]: at itself and at what came before. */
export function causal(graph: OnnxGraph, {fresh, all}: {readonly fresh: string; readonly all: string}): string {
  const length = (value: string): string => graph.node('Gather', [graph.node('Shape', [value]), graph.int(1)], {attributes: {axis: 0}});
  const total = length(all);
  const range = (from: string): string => graph.node('Range', [from, total, graph.int(1)]);
  const from = graph.node('Unsqueeze', [range(graph.node('Sub', [total, length(fresh)])), graph.ints([1])]);
  const distance = graph.node('Cast', [graph.node('Sub', [from, range(graph.int(0))])], {attributes: {to: 1}});
  return clipped(graph, graph.node('Add', [distance, graph.float(1)]));
}

/** 1 where two whole numbers are the same. */
export function equal(graph: OnnxGraph, both: readonly [string, string]): string {
  const apart = graph.node('Abs', [graph.node('Sub', both)]);
  return clipped(graph, graph.node('Sub', [graph.float(1), apart]));
}

export const clipped = (graph: OnnxGraph, value: string): string => graph.node('Clip', [value, graph.float(0), graph.float(1)]);
export const part = (graph: OnnxGraph, {of, from, size = 1}: {readonly of: string; readonly from: number; readonly size?: number}): string =>
  graph.node('Slice', [of, graph.ints([from]), graph.ints([from + size]), graph.ints([2])]);
