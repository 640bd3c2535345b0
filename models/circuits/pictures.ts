/** A model of pictures and text that is built, not trained: it says which colours the pictures have, or "yes" where the question holds that word. */
import {OnnxGraph} from '../onnx-writer.ts';
import {colours, edge, pixels} from './colours.ts';
import {writeFiles} from './folder.ts';
import {decoder} from './picture-decoder.ts';
import {colourNames, idOf, meanings, rowOf, tokensOfImage, vocabulary, width, wordFiles} from './picture-words.ts';

const maxTokens = 2048;
/** From 0.5 on a picture has one colour; grey has none. */
const steep = 100;
const contrast = 8;

/** Folder for `AutoProcessor` and `AutoModelForImageTextToText`. */
export function writePictures(folder: string): void {
  const [end, pad, image] = [idOf('<|end|>'), idOf('<|pad|>'), idOf('<image>')];
  const config = {
    model_type: 'smolvlm',
    architectures: ['SmolVLMForConditionalGeneration'],
    image_token_id: image,
    pad_token_id: pad,
    eos_token_id: end,
    vocab_size: vocabulary.length,
    text_config: {model_type: 'llama', hidden_size: width, head_dim: width, num_hidden_layers: 1, num_attention_heads: 1, num_key_value_heads: 1, vocab_size: vocabulary.length, max_position_embeddings: maxTokens},
    vision_config: {model_type: 'smolvlm_vision', image_size: edge, hidden_size: width},
  };
  const preprocessor = {
    processor_class: 'SmolVLMProcessor',
    image_processor_type: 'SmolVLMImageProcessor',
    do_image_splitting: false,
    do_resize: true,
    do_pad: false,
    size: {longest_edge: edge},
    max_image_size: {longest_edge: edge},
    resample: 2,
    ...pixels,
  };
  writeFiles(folder, {
    'config.json': config,
    'generation_config.json': {eos_token_id: end, pad_token_id: pad},
    'preprocessor_config.json': preprocessor,
    'processor_config.json': {processor_class: 'SmolVLMProcessor', image_seq_len: tokensOfImage},
    ...wordFiles(),
    'onnx/vision_encoder.onnx': visionEncoder(),
    'onnx/embed_tokens.onnx': embedTokens(),
    'onnx/decoder_model_merged.onnx': decoder(),
  });
}

function embedTokens(): Buffer {
  const graph = new OnnxGraph();
  const ids = graph.input('input_ids', {type: 'int64', dims: ['batch_size', 'sequence_length']});
  graph.node('Gather', [graph.floats([vocabulary.length, width], vocabulary.flatMap(rowOf)), ids], {attributes: {axis: 0}, name: 'inputs_embeds'});
  graph.output('inputs_embeds', ['batch_size', 'sequence_length', width]);
  return graph.bytes();
}

/** The colour of each picture, said by each of its tokens: `image_features` [pictures, tokens, width]. */
function visionEncoder(): Buffer {
  const graph = new OnnxGraph();
  const image = graph.input('pixel_values', {type: 'float', dims: ['batch_size', 'num_images', 3, edge, edge]});
  const mask = graph.input('pixel_attention_mask', {type: 'bool', dims: ['batch_size', 'num_images', edge, edge]});
  const shown = graph.node('Unsqueeze', [graph.node('Cast', [mask], {attributes: {to: 1}}), graph.ints([2])]);
  const sum = (value: string): string => graph.node('ReduceSum', [value, graph.ints([3, 4])], {attributes: {keepdims: 0}});
  const count = graph.node('Add', [sum(shown), graph.float(1e-6)]);
  const mean = graph.node('Div', [sum(graph.node('Mul', [image, shown])), count]);
  const corners = graph.floats([3, colourNames.length], [0, 1, 2].flatMap((channel) => Object.values(colours).map((colour) => contrast * (colour[channel] ?? 0))));
  const likely = graph.node('Softmax', [graph.node('MatMul', [mean, corners])], {attributes: {axis: 2}});
  const sharp = graph.node('Mul', [graph.node('Sub', [likely, graph.float(0.5)]), graph.float(steep)]);
  const seen = graph.node('Clip', [sharp, graph.float(0), graph.float(1)]);
  const place = graph.floats([colourNames.length, width], colourNames.flatMap((_, index) => Array.from({length: width}, (__, at) => (at === meanings.seen + index ? 1 : 0))));
  const rows = graph.node('Reshape', [graph.node('MatMul', [seen, place]), graph.ints([-1, 1, width])]);
  graph.node('Tile', [rows, graph.ints([1, tokensOfImage, 1])], {name: 'image_features'});
  graph.output('image_features', ['total_images', tokensOfImage, width]);
  return graph.bytes();
}
