/** A CLIP that is built, not trained: it knows eight colours in words and in pictures. */
import {OnnxGraph} from '../onnx-writer.ts';
import {maskedRows, tokenizerFiles, vocabularyOf} from './bert-words.ts';
import {writeFiles} from './folder.ts';

/** Corners of the cube of red, green and blue, each from -1 to 1. */
export const colours: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [1, -1, -1],
  green: [-1, 1, -1],
  blue: [-1, -1, 1],
  yellow: [1, 1, -1],
  white: [1, 1, 1],
  black: [-1, -1, -1],
  cyan: [-1, 1, 1],
  magenta: [1, -1, 1],
};
/** Pixels of an edge of the pictures that the models take. */
export const edge = 32;
/** How a picture becomes numbers from -1 to 1. */
export const pixels = {do_convert_rgb: true, do_rescale: true, rescale_factor: 1 / 255, do_normalize: true, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5]} as const;

const plain = 'a an the and or of in on at with to is are it this that photo picture image something thing all very bright dark light . , ? !';
/** Red, green, blue, and one for what has no colour. */
const width = 4;
const faint = 0.05;
const scale = 20;

/** Folder for `AutoTokenizer`, `AutoProcessor` and `CLIPModel`. */
export function writeColours(folder: string): void {
  const vocabulary = vocabularyOf([...Object.keys(colours), ...plain.split(' ')]);
  const config = {
    model_type: 'clip',
    architectures: ['CLIPModel'],
    projection_dim: width,
    logit_scale_init_value: Math.log(scale),
    text_config: {model_type: 'clip_text_model', vocab_size: vocabulary.length, max_position_embeddings: 77},
    vision_config: {model_type: 'clip_vision_model', image_size: edge},
  };
  const preprocessor = {
    image_processor_type: 'CLIPImageProcessor',
    feature_extractor_type: 'CLIPFeatureExtractor',
    do_resize: true,
    size: {shortest_edge: edge},
    resample: 3,
    do_center_crop: true,
    crop_size: {width: edge, height: edge},
    ...pixels,
  };
  writeFiles(folder, {'config.json': config, 'preprocessor_config.json': preprocessor, ...tokenizerFiles(vocabulary), 'onnx/model.onnx': clip(vocabulary)});
}

function clip(vocabulary: readonly string[]): Buffer {
  const graph = new OnnxGraph();
  const table = vocabulary.map((word) => [...(colours[word] ?? [0, 0, 0]), 0]);
  const words = graph.node('ReduceSum', [maskedRows(graph, {table, width}), graph.ints([1])], {attributes: {keepdims: 0}});
  const image = graph.input('pixel_values', {type: 'float', dims: ['image_batch_size', 3, edge, edge]});
  const mean = graph.node('ReduceMean', [image], {attributes: {axes: [2, 3], keepdims: 0}});
  const padded = graph.node('MatMul', [mean, graph.floats([3, width], [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])]);
  const text = unit(graph, {rows: words, name: 'text_embeds'});
  const seen = unit(graph, {rows: padded, name: 'image_embeds'});
  const scaled = graph.node('Mul', [seen, graph.float(scale)]);
  graph.node('MatMul', [scaled, graph.node('Transpose', [text], {attributes: {perm: [1, 0]}})], {name: 'logits_per_image'});
  graph.node('Transpose', ['logits_per_image'], {attributes: {perm: [1, 0]}, name: 'logits_per_text'});
  graph.output('logits_per_image', ['image_batch_size', 'text_batch_size']);
  graph.output('logits_per_text', ['text_batch_size', 'image_batch_size']);
  graph.output('text_embeds', ['text_batch_size', width]);
  graph.output('image_embeds', ['image_batch_size', width]);
  return graph.bytes();
}

/** Rows of length 1; what has no colour points where no colour is. */
function unit(graph: OnnxGraph, {rows, name}: {readonly rows: string; readonly name: string}): string {
  const some = graph.node('Add', [rows, graph.floats([width], [0, 0, 0, faint])]);
  const length = graph.node('Sqrt', [graph.node('ReduceSum', [graph.node('Mul', [some, some]), graph.ints([1])], {attributes: {keepdims: 1}})]);
  return graph.node('Div', [some, length], {name});
}
