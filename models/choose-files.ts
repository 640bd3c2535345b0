/** Which engine a list of files is for, and which of them it needs. Pure. */
import type {Dtype, Dtypes} from '#protocol/models.ts';

export type Engine = 'transformers' | 'wllama' | 'webllm';

/** How transformers.js names the weights of each type. */
const suffixes: Readonly<Record<Dtype, string>> = {fp32: '', fp16: '_fp16', q8: '_quantized', q4: '_q4', q4f16: '_q4f16'};
/** What a tokenizer and a configuration consist of, in all three layouts. */
const beside = /^(config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|preprocessor_config|processor_config)\.json$|^(merges\.txt|vocab\.txt|tokenizer\.model|spiece\.model|chat_template\.(json|jinja))$/;
const ofMlc = /^(mlc-chat-config|ndarray-cache|tensor-cache)\.json$|^params_shard_\d+\.bin$|\.wasm$/;

/** @throws Error that says what to give instead */
export function guessEngine(paths: readonly string[]): Engine {
  if (paths.includes('mlc-chat-config.json')) return 'webllm';
  if (paths.some((path) => path.endsWith('.onnx'))) return 'transformers';
  if (paths.some((path) => path.endsWith('.gguf'))) return 'wllama';
  throw new Error('These files are neither ONNX, nor GGUF, nor of MLC. Give --engine and --files.');
}

/** @throws Error where the list leaves a choice that a person has to make */
export function neededPaths(paths: readonly string[], {engine, dtype}: {engine: Engine; dtype: Dtypes}): readonly string[] {
  if (engine === 'webllm') return paths.filter((path) => ofMlc.test(path) || beside.test(path));
  if (engine === 'wllama') return ggufPaths(paths);
  const weights = new Set(partsOf(paths).flatMap((part) => weightsOf(paths, {part, dtype: typeof dtype === 'string' ? dtype : (dtype[part] ?? 'fp32')})));
  return paths.filter((path) => weights.has(path) || beside.test(path));
}

/** Parts that models consist of which are not one: those that read sound, text or images, and what writes. */
const partNames = ['encoder_model', 'vision_encoder', 'audio_encoder', 'embed_tokens', 'decoder_model_merged'];

/** By the name that transformers.js gives them. */
function partsOf(paths: readonly string[]): readonly string[] {
  const found = partNames.filter((part) => paths.some((path) => path.startsWith(`onnx/${part}`)));
  return found.length > 0 && !paths.some((path) => /^onnx\/model(_\w+)?\.onnx$/.test(path)) ? found : ['model'];
}

/** The file of a part, and what was too large for it. */
function weightsOf(paths: readonly string[], {part, dtype}: {part: string; dtype: Dtype}): readonly string[] {
  const name = `onnx/${part}${suffixes[dtype]}.onnx`;
  const found = paths.filter((path) => path === name || path.startsWith(`${name}_data`));
  if (found.length === 0) throw new Error(`There is no ${name}. Give another --dtype, or --files.`);
  return found;
}

/** One file, or all parts of one split file. */
function ggufPaths(paths: readonly string[]): readonly string[] {
  const found = paths.filter((path) => path.endsWith('.gguf')).toSorted();
  const models = new Set(found.map((path) => path.replace(/-\d{5}-of-\d{5}\.gguf$/, '.gguf')));
  if (models.size !== 1) throw new Error(`There are ${models.size} GGUF models. Give the one to use by --files: ${[...models].join(', ')}`);
  return found;
}
