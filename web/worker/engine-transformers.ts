/** The engine over transformers.js: WebGPU, or WebAssembly where there is none. Its own decoding loop, so that each token can be stopped. */
import {AutoModelForCausalLM, AutoTokenizer, env, type PreTrainedTokenizer, Tensor} from '@huggingface/transformers';
import {NetworkError} from '#protocol/errors.ts';
import type {EntryOf} from '#protocol/models.ts';
import type {Engine, EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import {probeGpu} from './gpu.ts';
import {modelFiles} from './model-files.ts';
import {onlyTasks} from './only-tasks.ts';
import {ortPaths} from './ort-urls.ts';
import type {Progress} from './pace.ts';
import {pickToken, randomFrom} from './sampling.ts';
import {StopTexts} from './stop-texts.ts';
import type {VerifiedFiles} from './verified-files.ts';

export interface LoadOptions {
  readonly device: 'webgpu' | 'wasm';
  readonly signal: AbortSignal;
  /** A large download may go over a metered connection. */
  readonly evenIfMetered?: boolean;
  /** 0..1; with how far the download is, while there is one. */
  onProgress(part: number, what: string, download?: Progress): void;
}

type Job = EngineJobOf<'chat'>;
type Model = Awaited<ReturnType<typeof AutoModelForCausalLM.from_pretrained>>;
type Cache = Record<string, Tensor>;

/** Share of the progress that is the download; the rest is compiling. */
const downloadShare = 0.7;

/** Loads the model from verified files only. Rejects with `load-failed`, `no-webgpu`. */
export async function transformersEngine(entry: EntryOf<'transformers'>, options: LoadOptions): Promise<Engine> {
  const {device, onProgress} = options;
  const gpu = device === 'webgpu' ? await probeGpu() : undefined;
  if (gpu?.is === 'none') throw new NetworkError('no-webgpu', gpu.reason);
  const base = new URL(`/${entry.manifest.source}/`, location.origin);
  const files = await modelFiles(entry, {...options, share: downloadShare});
  onProgress(downloadShare, 'prepare');
  useOnly(files, base);
  try {
    const tokenizer = await AutoTokenizer.from_pretrained(entry.manifest.source);
    const model = await AutoModelForCausalLM.from_pretrained(entry.manifest.source, {device, dtype: entry.manifest.dtype});
    onProgress(1, 'ready');
    const description = gpu ? `transformers.js, WebGPU, ${gpu.adapter}` : 'transformers.js, WebAssembly on the processor';
    return engineOf({model, tokenizer, description, contextTokens: entry.contextTokens});
  } catch (error) {
    throw new NetworkError('load-failed', error instanceof Error ? error.message : 'transformers.js', {cause: error});
  }
}

/** transformers.js reads nothing but these files; it never asks a network by itself. */
function useOnly(files: VerifiedFiles, base: URL): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = '/';
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.fetch = async (input: string | URL) => {
    const {pathname} = new URL(input, location.origin);
    const file = pathname.startsWith(base.pathname) ? files.get(pathname.slice(base.pathname.length)) : undefined;
    return file ? new Response(file, {headers: {'content-length': String(file.size)}}) : new Response(null, {status: 404});
  };
  const {wasm} = env.backends.onnx;
  if (wasm) {
    wasm.wasmPaths = ortPaths();
    wasm.numThreads = 1;
  }
}

interface Loaded {
  readonly model: Model;
  readonly tokenizer: PreTrainedTokenizer;
  readonly description: string;
  readonly contextTokens: number;
}

function engineOf(loaded: Loaded): Engine {
  return {
    description: loaded.description,
    tasks: ['chat'],
    concurrency: 1,
    generate: (job, signal) => generate(loaded, {job: onlyTasks(job, ['chat']), signal}),
    dispose: async () => void (await loaded.model.dispose()),
  };
}

async function* generate(loaded: Loaded, {job, signal}: {job: Job; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  if (job.format !== undefined) throw new NetworkError('wrong-task', 'this engine has no grammars');
  const prompt = promptTokens(loaded, job);
  if (prompt.length + 1 >= loaded.contextTokens) throw new NetworkError('too-long', `${prompt.length} of ${loaded.contextTokens} tokens`);
  yield {type: 'prompt', tokens: prompt.length};
  const room = Math.min(job.maxTokens, loaded.contextTokens - prompt.length);
  const decoder = new TextDecoderOfTokens(loaded.tokenizer);
  const stops = new StopTexts(job.stop);
  let waiting = 0;
  for await (const token of decode(loaded, {job, signal, prompt, room})) {
    waiting += 1;
    const text = stops.push(decoder.push(token));
    if (text !== '' || stops.found) {
      yield {type: 'text', text, tokens: waiting};
      waiting = 0;
    }
    if (stops.found) return yield {type: 'end', reason: 'stop'};
  }
  const left = stops.push(decoder.flush()) + stops.flush();
  if (left !== '' || waiting > 0) yield {type: 'text', text: left, tokens: waiting};
  yield {type: 'end', reason: decoder.count >= room ? 'length' : 'stop'};
}

/** The tokens of a conversation; a last message by the assistant stays open, to be continued. */
function promptTokens({tokenizer}: Loaded, job: Job): number[] {
  const open = job.messages.at(-1)?.role === 'assistant';
  const text = tokenizer.apply_chat_template([...job.messages], {tokenize: false, add_generation_prompt: !open}) as string;
  return tokenizer.encode(text, {add_special_tokens: false});
}

/** Tokens until the model ends or `room` is used up. Stops between two tokens when the signal aborts. */
async function* decode({model, tokenizer}: Loaded, {job, signal, prompt, room}: {job: Job; signal: AbortSignal; prompt: number[]; room: number}): AsyncGenerator<number, void> {
  const ends = new Set([tokenizer.eos_token_id ?? -1].flat());
  const random = randomFrom(job.seed);
  let cache: Cache = {};
  let input = prompt;
  try {
    for (let count = 0; count < room; count += 1) {
      await nextTurn();
      signal.throwIfAborted();
      const step = await forward(model, {input, total: prompt.length + count, cache});
      cache = step.cache;
      const token = pickToken(step.logits, {temperature: job.temperature, topP: job.topP, random});
      if (ends.has(token)) return;
      yield token;
      input = [token];
    }
  } finally {
    for (const tensor of Object.values(cache)) if (tensor.location === 'gpu-buffer') tensor.dispose();
  }
}

/** One run of the model: logits of the last position, and the cache for the next run. */
async function forward(model: Model, {input, total, cache}: {input: number[]; total: number; cache: Cache}): Promise<{logits: Float32Array; cache: Cache}> {
  const past = Object.keys(cache).length > 0 ? cache : null;
  const outputs = (await model.forward({
    input_ids: tensorOf(input),
    attention_mask: tensorOf(Array.from({length: total}, () => 1)),
    past_key_values: past,
  })) as Record<string, Tensor>;
  const {logits} = outputs;
  if (!logits) throw new NetworkError('engine-failed', 'no logits');
  const vocabulary = logits.dims.at(-1) ?? 0;
  const next: Cache = {};
  for (const [name, tensor] of Object.entries(outputs)) {
    if (!name.startsWith('present')) continue;
    const key = name.replace('present', 'past_key_values');
    if (cache[key]?.location === 'gpu-buffer') cache[key].dispose();
    next[key] = tensor;
  }
  return {logits: (logits.data as Float32Array).slice(-vocabulary), cache: next};
}

const tensorOf = (values: readonly number[]): Tensor => new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);

const turns = new MessageChannel();
/** Lets timers and messages run: a model on the processor would otherwise hold the thread from the first token to the last. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    turns.port1.addEventListener('message', () => resolve(), {once: true});
    turns.port1.start();
    turns.port2.postMessage(undefined);
  });
}

/** Text of tokens as they come; bytes of an unfinished character are held back. */
class TextDecoderOfTokens {
  readonly #tokenizer: PreTrainedTokenizer;
  #tokens: number[] = [];
  #said = '';
  #count = 0;

  constructor(tokenizer: PreTrainedTokenizer) {
    this.#tokenizer = tokenizer;
  }

  get count(): number {
    return this.#count;
  }

  push(token: number): string {
    this.#tokens.push(token);
    this.#count += 1;
    const text = this.#tokenizer.decode(this.#tokens, {skip_special_tokens: true});
    if (text.endsWith('\ufffd')) return '';
    const fresh = text.slice(this.#said.length);
    this.#said = text;
    // A line break is a place to start anew: decoding stays short.
    if (fresh.includes('\n') || this.#tokens.length > 256) {
      this.#tokens = [];
      this.#said = '';
    }
    return fresh;
  }

  /** What was held back at the end. */
  flush(): string {
    const text = this.#tokenizer.decode(this.#tokens, {skip_special_tokens: true}).slice(this.#said.length);
    this.#tokens = [];
    this.#said = '';
    return text;
  }
}
