/** The door to wllama: llama.cpp in a thread of its own, loaded from Blobs, told nothing but typed requests. */
import {type CompletionOptions, Wllama, WllamaError} from '@wllama/wllama/esm/index.js';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import * as v from 'valibot';
import {NetworkError} from '#protocol/errors.ts';
import {Queue} from '#protocol/queue.ts';
import type {FinishReason} from '#protocol/roles/engine.ts';
import {shapeOf} from './llama-format.ts';
import threadUrl from './wllama-thread.ts?worker&url';

export interface LlamaOptions {
  /** The GGUF file; parts of a split one in their order. */
  readonly blobs: readonly Blob[];
  readonly device: 'webgpu' | 'wasm';
  /** Sequences at once, and tokens that each may have. */
  readonly slots: number;
  readonly contextTokens: number;
}

const requestSchema = v.object({
  // Half a surrogate pair is no text that JSON can carry.
  prompt: v.pipe(v.string(), v.transform((text) => text.toWellFormed())),
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** 0 picks the likeliest token each time. */
  temperature: v.pipe(v.number(), v.finite(), v.minValue(0)),
  topP: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  seed: v.optional(v.pipe(v.number(), v.integer())),
  /** What the answer must look like: JSON by a schema, or a grammar in GBNF. */
  format: v.optional(v.object({is: v.picklist(['json', 'grammar']), text: v.string()})),
});
/** All that reaches llama.cpp of a job: a field that is not of its type would end every request that runs. */
export type LlamaRequest = v.InferInput<typeof requestSchema>;

/** A loaded model. An error that is neither a NetworkError nor the signal's reason ended all its requests: close it and open another. */
export interface Llama {
  /** Whether the GPU holds the weights, by llama.cpp's own log. */
  readonly onGpu: boolean;
  /** The model's own, in Jinja. */
  readonly template: string | undefined;
  complete(request: LlamaRequest, signal: AbortSignal): AsyncIterable<LlamaChunk>;
  /** Whether its likelihoods are numbers: a broken driver's are not, and llama.cpp goes on with any token. Takes a slot for one step. */
  isSane(): Promise<boolean>;
  /** Frees all; what runs fails. */
  close(): Promise<void>;
}

/** What a request has come to. */
export interface LlamaChunk {
  /** Tokens of the prompt. */
  readonly prompt: number;
  /** What is new; whole characters. */
  readonly text: string;
  /** Tokens of the answer so far, without the one that ends it. */
  readonly tokens: number;
  /** Of the last chunk. */
  readonly reason: FinishReason | undefined;
}

/** What llama.cpp's server streams: progress of the prompt, then a token each, last the usage. */
const streamed = v.object({
  choices: v.tuple([v.object({text: v.string(), finish_reason: v.nullable(v.string())})]),
  usage: v.nullish(v.object({prompt_tokens: v.number(), completion_tokens: v.number()})),
  timings: v.object({predicted_n: v.number()}),
  prompt_progress: v.optional(v.object({total: v.number()})),
});

/** Starts a thread and loads a model. Rejects with the signal's reason when it aborts meanwhile. */
export async function openLlama({blobs, device, slots, contextTokens}: LlamaOptions, signal: AbortSignal): Promise<Llama> {
  let log = '';
  let loaded = false;
  // Only of the loading: later lines are about jobs.
  const note = (...parts: unknown[]): void => void (log += loaded ? '' : `${parts.join(' ')}\n`);
  const wllama = new Wllama({default: wasmUrl}, {logger: {debug: note, log: note, warn: note, error: note}});
  wllama.setCompat(null);
  startThreadHere({processorOnly: device === 'wasm'});
  const loading = wllama.loadModel([...blobs], {
    n_ctx: contextTokens * slots,
    n_parallel: slots,
    // Each sequence has room of its own: in a shared pool one long job would make the others fail.
    kv_unified: false,
    // More threads would be workers at `blob:` addresses, which the policy forbids.
    n_threads: 1,
    n_gpu_layers: device === 'wasm' ? 0 : 99_999,
  });
  try {
    await unlessEnded(loading, signal);
  } catch (error) {
    await wllama.exit();
    throw error;
  } finally {
    restoreWorker();
  }
  loaded = true;
  const end = new AbortController();
  return {
    onGpu: /WebGPU.* model buffer size/i.test(log),
    template: wllama.getChatTemplate() ?? undefined,
    complete: (request, stop) => complete({wllama, ended: end.signal}, {request, signal: stop}),
    isSane: () => isSane({wllama, ended: end.signal}),
    close: async () => {
      end.abort(new Error('llama.cpp was ended'));
      await wllama.exit();
    },
  };
}

interface Running {
  readonly wllama: Wllama;
  /** wllama leaves those who wait for an ended thread waiting. */
  readonly ended: AbortSignal;
}

/** What a request comes to, or why its thread has ended. */
function unlessEnded<T>(work: Promise<T>, ended: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(ended.reason);
    if (ended.aborted) leave();
    ended.addEventListener('abort', leave, {once: true});
    work.then(resolve, reject).finally(() => ended.removeEventListener('abort', leave));
  });
}

const {Worker: Native} = globalThis;
const restoreWorker = (): void => void (globalThis.Worker = Native);

/** wllama builds its thread from strings; ours are in a file. The next worker that this realm starts is that file, until `restoreWorker`. */
function startThreadHere({processorOnly}: {processorOnly: boolean}): void {
  const run = {pathConfig: {'wllama.wasm': new URL(wasmUrl, location.origin).href}, nbThread: 0, compat: false};
  globalThis.Worker = class extends Native {
    constructor() {
      restoreWorker();
      super(trusted(threadUrl), {type: 'module', name: JSON.stringify({run, processorOnly})});
    }
  };
}

interface PolicyFactory {
  createPolicy(name: string, rules: {createScriptURL(url: string): string}): {createScriptURL(url: string): URL};
}
let policy: ReturnType<PolicyFactory['createPolicy']> | undefined;

/** The address as something that `new Worker` accepts under `require-trusted-types-for 'script'`; only ever that of the thread. */
function trusted(url: string): URL | string {
  const factory = (globalThis as {readonly trustedTypes?: PolicyFactory}).trustedTypes;
  if (factory === undefined) return url;
  policy ??= factory.createPolicy('bombyx', {createScriptURL: () => threadUrl});
  return policy.createScriptURL(url);
}

async function* complete({wllama, ended}: Running, {request, signal}: {request: LlamaRequest; signal: AbortSignal}): AsyncGenerator<LlamaChunk, void> {
  const chunks = new Queue<unknown>();
  const stop = new AbortController();
  const answer = wllama.createCompletion({...paramsOf(request), abortSignal: AbortSignal.any([signal, stop.signal]), stream: true, onData: (chunk) => chunks.push(chunk)});
  const done = unlessEnded(answer, ended).then(() => chunks.end(), (error: unknown) => chunks.fail(error));
  try {
    let prompt = 0;
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      const {choices: [{text, finish_reason: reason}], usage, timings, prompt_progress: progress} = v.parse(streamed, chunk);
      prompt = usage?.prompt_tokens ?? progress?.total ?? prompt;
      // The token that ends an answer is counted by llama.cpp, and comes as an empty text before the last chunk.
      const tokens = (usage?.completion_tokens ?? timings.predicted_n) - (reason === 'stop' ? 1 : 0);
      yield {prompt, text, tokens, reason: reason === null ? undefined : reason === 'stop' ? 'stop' : 'length'};
    }
  } catch (error) {
    signal.throwIfAborted();
    throw isTooLong(error) ? new NetworkError('too-long', 'the context window', {cause: error}) : isBadGrammar(error) ? new NetworkError('bad-message', 'the grammar', {cause: error}) : error;
  } finally {
    // A reader that leaves early must free the slot, and has: one more token at most is under way.
    stop.abort();
    await done;
  }
}

const likelihoods = v.object({choices: v.tuple([v.object({logprobs: v.object({content: v.array(v.object({logprob: v.nullable(v.number())}))})})])});
/** Its next token is a letter, hardly half a character: llama.cpp ends every request when it is to name the likelihood of one of those. */
const alphabet = {prompt: 'a b c d e f g h i j', maxTokens: 1, temperature: 0, topP: 1, seed: undefined} as const;

async function isSane({wllama, ended}: Running): Promise<boolean> {
  const answer = await unlessEnded(wllama.createCompletion({...paramsOf(alphabet), return_progress: false, n_probs: 1, stream: false}), ended);
  const {choices: [{logprobs}]} = v.parse(likelihoods, answer);
  // JSON has no NaN: it comes as null.
  return logprobs.content.every(({logprob}) => logprob !== null);
}

/** Told before the request begins; the others go on. */
const isBadGrammar = (error: unknown): boolean => error instanceof WllamaError && /parse grammar/i.test(error.message);
const isTooLong = (error: unknown): boolean => error instanceof WllamaError && /context/i.test(error.message);

/** Any text, but text: a sampled byte that is no character would end every request that runs. JSON is text, and what a client's grammar takes is. */
const anyText = {grammar: 'root ::= .*'};

function paramsOf(request: LlamaRequest): CompletionOptions {
  const parsed = v.safeParse(requestSchema, request);
  if (!parsed.success) throw new NetworkError('engine-failed', `not a request: ${v.getDotPath(parsed.issues[0]) ?? ''}`);
  const {prompt, maxTokens, temperature, topP, seed, format} = parsed.output;
  return {
    prompt,
    max_tokens: maxTokens,
    temperature,
    top_p: topP,
    // Its own defaults would cut off more than `top_p` says.
    top_k: 0,
    min_p: 0,
    // -1 would mean a random one.
    ...(seed === undefined ? {} : {seed: seed & 0x7fff_ffff}),
    ...(format === undefined ? anyText : shapeOf(format)),
    // What one tenant asked must not make another one's first token come sooner.
    cache_prompt: false,
    return_progress: true,
    timings_per_token: true,
  };
}
