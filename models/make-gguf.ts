/** Turns the demo model into GGUF for llama.cpp, number by number, so that both engines say the same: `node models/make-gguf.ts FILE`. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as v from 'valibot';
import {type Fact, type GgufTensor, ggufOf} from './gguf.ts';
import {weightsOf} from './onnx-weights.ts';
import {demoModel} from './variants.ts';

const configSchema = v.object({
  vocab_size: v.number(),
  hidden_size: v.number(),
  intermediate_size: v.number(),
  num_hidden_layers: v.number(),
  num_attention_heads: v.number(),
  head_dim: v.number(),
  max_position_embeddings: v.number(),
  rms_norm_eps: v.number(),
  rope_theta: v.number(),
  eos_token_id: v.number(),
  pad_token_id: v.number(),
});
type Config = v.InferOutput<typeof configSchema>;
const tokenizerSchema = v.object({
  added_tokens: v.array(v.object({id: v.number()})),
  model: v.object({vocab: v.record(v.string(), v.number()), merges: v.array(v.tuple([v.string(), v.string()]))}),
});
const templateSchema = v.object({chat_template: v.string()});

/** The bytes of the GGUF file of a model's folder, as `export_onnx.py` writes it. */
export const ggufOfFolder = (folder: string): Buffer => ggufWith(folder, {larger: {}, matrix: matricesOf(readFileSync(join(folder, 'onnx/model.onnx')))});

/** Sizes that may differ from the demo model's. */
export type Larger = Partial<Pick<Config, 'hidden_size' | 'intermediate_size' | 'num_hidden_layers' | 'num_attention_heads'>>;

/** The demo model's vocabulary around random weights of other sizes: what it says is noise, what it takes is what a model of its size takes. */
export function noiseGguf(larger: Required<Larger>): Buffer {
  const {hidden_size: width, intermediate_size: hidden} = larger;
  const sizes: Readonly<Record<string, readonly [number, number]>> = {query_key_value: [width, 3 * width], attention_out: [width, width], gate_and_up: [width, 2 * hidden], down: [hidden, width]};
  const random = noise();
  const matrix = (name: string): Matrix => {
    if (name.endsWith('norm')) return {values: new Float32Array(width).fill(1), dims: [width]};
    const dims = sizes[name.replace(/^blocks\.\d+\./, '')] ?? [readConfig(demoModel).vocab_size, width];
    return {values: Float32Array.from({length: dims[0] * dims[1]}, () => (random() - 0.5) / Math.sqrt(width)), dims};
  };
  return ggufWith(demoModel, {larger, matrix});
}

/** Numbers in [0, 1), the same in each run (a linear congruence: noise need not be better). */
function noise(): () => number {
  let state = 1;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const read = <T>(schema: v.GenericSchema<unknown, T>, path: string): T => v.parse(schema, JSON.parse(readFileSync(path, 'utf8')));
const readConfig = (folder: string): Config => read(configSchema, join(folder, 'config.json'));

function ggufWith(folder: string, {larger, matrix}: {larger: Larger; matrix: (name: string) => Matrix}): Buffer {
  const config = {...readConfig(folder), ...larger};
  const {chat_template: template} = read(templateSchema, join(folder, 'tokenizer_config.json'));
  const facts = {...factsOf(config), ...vocabularyOf(read(tokenizerSchema, join(folder, 'tokenizer.json')), config), 'tokenizer.chat_template': asText(template)};
  return ggufOf(facts, tensorsOf(config, matrix));
}

const asText = (value: string): Fact => ({is: 'text', value});
const asWhole = (value: number): Fact => ({is: 'whole', value});
const asFloat = (value: number): Fact => ({is: 'float', value});

const factsOf = (config: Config): Record<string, Fact> => ({
  'general.architecture': asText('llama'),
  'general.name': asText('bombyx-tiny'),
  'general.file_type': asWhole(0),
  'llama.vocab_size': asWhole(config.vocab_size),
  'llama.context_length': asWhole(config.max_position_embeddings),
  'llama.embedding_length': asWhole(config.hidden_size),
  'llama.block_count': asWhole(config.num_hidden_layers),
  'llama.feed_forward_length': asWhole(config.intermediate_size),
  'llama.attention.head_count': asWhole(config.num_attention_heads),
  'llama.attention.head_count_kv': asWhole(config.num_attention_heads),
  'llama.attention.layer_norm_rms_epsilon': asFloat(config.rms_norm_eps),
  'llama.rope.dimension_count': asWhole(config.head_dim),
  'llama.rope.freq_base': asFloat(config.rope_theta),
});

/** GPT-2's rules cut text as ours do, but for numbers of three digits and more: the merges of two digits then start elsewhere. */
function vocabularyOf({added_tokens: added, model}: v.InferOutput<typeof tokenizerSchema>, config: Config): Record<string, Fact> {
  const special = new Set(added.map(({id}) => id));
  const tokens = Object.entries(model.vocab).toSorted(([, left], [, right]) => left - right);
  const [normal, control] = [1, 3];
  return {
    'tokenizer.ggml.model': asText('gpt2'),
    'tokenizer.ggml.pre': asText('gpt-2'),
    'tokenizer.ggml.tokens': {is: 'texts', value: tokens.map(([token]) => token)},
    'tokenizer.ggml.token_type': {is: 'wholes', value: tokens.map(([, id]) => (special.has(id) ? control : normal))},
    'tokenizer.ggml.merges': {is: 'texts', value: model.merges.map((pair) => pair.join(' '))},
    'tokenizer.ggml.eos_token_id': asWhole(config.eos_token_id),
    'tokenizer.ggml.padding_token_id': asWhole(config.pad_token_id),
    'tokenizer.ggml.add_bos_token': {is: 'flag', value: false},
  };
}

interface Matrix {
  readonly values: Float32Array;
  readonly dims: readonly number[];
}

function matricesOf(file: Buffer): (name: string) => Matrix {
  const stored = weightsOf(file);
  return (name) => {
    const found = stored.get(name);
    if (!found) throw new Error(`the model has no weights ${name}`);
    const {offset, bytes, dims} = found;
    return {values: new Float32Array(Uint8Array.from(file.subarray(offset, offset + bytes)).buffer), dims};
  };
}

/** ONNX multiplies from the left, [in, out]; GGUF wants a row for each output. `order` says which output each row is. */
function rows({values, dims: [inputs = 0, outputs = 0]}: Matrix, order: readonly number[], scale = 1): Float32Array {
  const turned = new Float32Array(order.length * inputs);
  for (const [row, output] of order.entries()) {
    for (let input = 0; input < inputs; input += 1) turned[row * inputs + input] = (values[input * outputs + output] ?? 0) * scale;
  }
  return turned;
}

const range = (length: number, from = 0): number[] => Array.from({length}, (_, index) => from + index);

/** llama.cpp turns neighbours by a position, the model the two halves of a head: rows of queries and keys are dealt out like cards. */
const dealt = ({hidden_size: width, head_dim: head}: Config): number[] => range(width).map((row) => row - (row % head) + (row % 2) * (head / 2) + Math.floor((row % head) / 2));

function tensorsOf(config: Config, matrix: (name: string) => Matrix): GgufTensor[] {
  const {hidden_size: width, intermediate_size: hidden, vocab_size: vocabulary} = config;
  const norm = (name: string, from: string): GgufTensor => ({name: `${name}.weight`, dims: [width], values: matrix(from).values});
  const layer = (index: number): GgufTensor[] => {
    const mixed = matrix(`blocks.${index}.query_key_value`);
    const gateAndUp = matrix(`blocks.${index}.gate_and_up`);
    const linear = (name: string, dims: readonly [number, number], values: Float32Array): GgufTensor => ({name: `blk.${index}.${name}.weight`, dims, values});
    const square = [width, width] as const;
    return [
      norm(`blk.${index}.attn_norm`, `blocks.${index}.attention_norm`),
      // In ONNX the queries come out divided by the root of a head's width; llama.cpp divides them itself.
      linear('attn_q', square, rows(mixed, dealt(config), Math.sqrt(config.head_dim))),
      linear('attn_k', square, rows(mixed, dealt(config).map((row) => row + width))),
      linear('attn_v', square, rows(mixed, range(width, 2 * width))),
      linear('attn_output', square, rows(matrix(`blocks.${index}.attention_out`), range(width))),
      norm(`blk.${index}.ffn_norm`, `blocks.${index}.feed_norm`),
      linear('ffn_gate', [width, hidden], rows(gateAndUp, range(hidden))),
      linear('ffn_up', [width, hidden], rows(gateAndUp, range(hidden, hidden))),
      linear('ffn_down', [hidden, width], rows(matrix(`blocks.${index}.down`), range(width))),
    ];
  };
  const embedding: GgufTensor = {name: 'token_embd.weight', dims: [width, vocabulary], values: matrix('embedding').values};
  return [embedding, ...range(config.num_hidden_layers).flatMap(layer), norm('output_norm', 'final_norm')];
}

if (import.meta.main) {
  const [target] = process.argv.slice(2);
  if (target === undefined) {
    process.stderr.write('Nothing was written: name the file to write, as in node models/make-gguf.ts tiny.gguf\n');
    process.exit(2);
  }
  writeFileSync(target, ggufOfFolder(demoModel));
}
