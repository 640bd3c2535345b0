/** The engine over wllama: GGUF models in llama.cpp, several jobs in one batch, on WebGPU or the processor. */
import {NetworkError} from '#protocol/errors.ts';
import type {EntryOf} from '#protocol/models.ts';
import type {Engine, EngineEvent, EngineJob, EngineJobOf} from '#protocol/roles/engine.ts';
import {ChatTemplate} from './chat-template.ts';
import type {LoadOptions} from './engine-transformers.ts';
import {endWordOf} from './gguf-words.ts';
import {probeGpu} from './gpu.ts';
import {onlyTasks} from './only-tasks.ts';
import {StopTexts} from './stop-texts.ts';
import {type Llama, type LlamaChunk, type LlamaOptions, openLlama} from './wllama.ts';

/** Jobs in one batch: beyond four each one slows down more than all gain. */
const slots = 4;
/** A job of one tenant must not stop the loading that others wait for. */
const never = new AbortController().signal;

export async function wllamaEngine(entry: EntryOf<'wllama'>, {device, signal, onProgress, blobs}: LoadOptions & {readonly blobs: readonly Blob[]}): Promise<Engine> {
  const gpu = device === 'webgpu' ? await adapterFor() : undefined;
  onProgress(0, 'prepare');
  const options: LlamaOptions = {blobs, device, slots, contextTokens: entry.contextTokens};
  const engine = new WllamaEngine(options, gpu === undefined ? 'wllama, WebAssembly on the processor' : `wllama, WebGPU, ${gpu}`);
  await engine.load(signal);
  onProgress(1, 'ready');
  return engine;
}

/** The name of a GPU that llama.cpp can use. Rejects with `no-webgpu`: it needs 16-bit floats and JSPI, and would take the processor without a word. */
async function adapterFor(): Promise<string> {
  const gpu = await probeGpu();
  if (gpu.is === 'none') throw new NetworkError('no-webgpu', `${gpu.symptom} ${gpu.detail}`);
  if (!gpu.f16) throw new NetworkError('no-webgpu', `${gpu.adapter} has no 16-bit floats, which llama.cpp needs`);
  if (!gpu.jspi) throw new NetworkError('no-webgpu', 'this browser has no JSPI, which llama.cpp needs');
  return gpu.adapter;
}

class WllamaEngine implements Engine {
  readonly tasks = ['chat'] as const;
  readonly concurrency = slots;
  readonly ahead = true;
  readonly description: string;
  readonly #options: LlamaOptions;
  /** Undefined after a crash, until the next job. */
  #loaded: Promise<Loaded> | undefined;
  #running = 0;
  #disposed = false;

  constructor(options: LlamaOptions, description: string) {
    this.#options = options;
    this.description = description;
  }

  /** Rejects with `load-failed`, `no-webgpu`, or the signal's reason. */
  async load(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#load(signal);
  }

  async *generate(job: EngineJob, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    // llama.cpp would hold one more back, and wllama would ask for its first token without end.
    if (this.#running >= slots) throw new NetworkError('busy', 'all slots are taken');
    if (this.#disposed) throw new NetworkError('engine-failed', 'the model was freed');
    this.#running += 1;
    try {
      const loaded = await this.#load();
      signal.throwIfAborted();
      yield* this.#run(loaded, {job: onlyTasks(job, this.tasks), signal});
    } finally {
      this.#running -= 1;
    }
  }

  async *#run({llama, template}: Loaded, {job, signal}: {job: EngineJobOf<'chat'>; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
    const prompt = template.textOf(job.messages);
    // Not the error's own text: it may quote the job.
    let detail = 'llama.cpp ended';
    try {
      if (!(await llama.isSane())) throw new Error((detail = 'logits are not finite'));
      yield* eventsOf(llama.complete({...job, prompt}, signal), job);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof NetworkError) throw error;
      await this.#drop(llama);
      throw new NetworkError('engine-failed', detail, {cause: error});
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await loaded?.then(({llama}) => llama.close(), () => {});
  }

  #load(signal: AbortSignal = never): Promise<Loaded> {
    return (this.#loaded ??= open(this.#options, signal).catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    }));
  }

  /** All that ran in it has ended; the next job loads it anew. */
  async #drop(dead: Llama): Promise<void> {
    if ((await this.#loaded?.catch(() => undefined))?.llama === dead) this.#loaded = undefined;
    await dead.close();
  }
}

interface Loaded {
  readonly llama: Llama;
  readonly template: ChatTemplate;
}

async function open(options: LlamaOptions, signal: AbortSignal): Promise<Loaded> {
  const llama = await openLlama(options, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new NetworkError('load-failed', error instanceof Error ? error.message : 'wllama', {cause: error});
  });
  try {
    if (llama.onGpu !== (options.device === 'webgpu')) throw new NetworkError('no-webgpu', 'llama.cpp took the processor instead of the GPU');
    return {llama, template: await templateOf(llama, options.blobs)};
  } catch (error) {
    await llama.close();
    throw error;
  }
}

async function templateOf({template}: Llama, [first]: readonly Blob[]): Promise<ChatTemplate> {
  try {
    return new ChatTemplate(template, first && (await endWordOf(first)));
  } catch (error) {
    throw new NetworkError('load-failed', 'the chat template', {cause: error});
  }
}

async function* eventsOf(chunks: AsyncIterable<LlamaChunk>, job: EngineJobOf<'chat'>): AsyncGenerator<EngineEvent, void> {
  const stops = new StopTexts(job.stop);
  let prompted = false;
  /** Tokens that were told; those of text that is held back, or of half a character, are told with what follows. */
  let told = 0;
  for await (const {prompt, text, tokens, reason} of chunks) {
    if (!prompted) yield {type: 'prompt', tokens: prompt};
    prompted = true;
    const said = stops.push(text) + (reason === undefined ? '' : stops.flush());
    if (said !== '' || stops.found || (reason !== undefined && tokens > told)) {
      yield {type: 'text', text: said, tokens: tokens - told};
      told = tokens;
    }
    if (stops.found) return yield {type: 'end', reason: 'stop'};
    if (reason !== undefined) return yield {type: 'end', reason};
  }
  throw new NetworkError('engine-failed', 'the answer has no end');
}
