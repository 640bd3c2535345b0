/** The engine over WebLLM: real models on WebGPU. One sequence at a time; reset between jobs, so that nothing of one reaches the next. */
import type {ChatCompletionChunk, ChatCompletionMessageParam, MLCEngineInterface} from '@mlc-ai/web-llm';
import {NetworkError} from '#protocol/errors.ts';
import type {EntryOf} from '#protocol/models.ts';
import type {Engine, EngineEvent, EngineJob} from '#protocol/roles/ports.ts';
import type {LoadOptions} from './engine-transformers.ts';
import {probeGpu} from './gpu.ts';

/** No progress for this long while loading: a driver hangs in a shader. WebLLM itself would wait forever. */
const loadStallMs = 120_000;

/** Downloads (once; the browser keeps it) and loads a model of WebLLM's list. Rejects with `load-failed`, `no-webgpu`. */
export async function webLlmEngine(entry: EntryOf<'webllm-list'>, {signal, onProgress}: LoadOptions): Promise<Engine> {
  const gpu = await probeGpu();
  if (gpu.is === 'none') throw new NetworkError('no-webgpu', gpu.reason);
  // Six megabytes of code: loaded only when somebody shares a model of it.
  const {MLCEngine} = await import('@mlc-ai/web-llm');
  const mlc = new MLCEngine();
  let heardAt = Date.now();
  mlc.setInitProgressCallback(({progress, text}) => {
    heardAt = Date.now();
    onProgress(progress, text);
  });
  const watchdog = new AbortController();
  const stalled = new Promise<never>((_, reject) => {
    const timer = setInterval(() => {
      if (signal.aborted) reject(signal.reason);
      else if (Date.now() - heardAt > loadStallMs) reject(new NetworkError('load-failed', 'no progress for two minutes'));
    }, 1000);
    watchdog.signal.addEventListener('abort', () => clearInterval(timer));
  });
  try {
    await Promise.race([mlc.reload(entry.manifest.modelId, {context_window_size: entry.contextTokens}), stalled]);
    return webLlmEngineOf(mlc, `WebLLM, WebGPU, ${gpu.adapter}`);
  } catch (error) {
    await mlc.unload().catch(() => {});
    throw error instanceof NetworkError ? error : new NetworkError('load-failed', error instanceof Error ? error.message : 'WebLLM', {cause: error});
  } finally {
    watchdog.abort();
  }
}

/** The engine port over anything with WebLLM's interface. */
export function webLlmEngineOf(mlc: MLCEngineInterface, description: string): Engine {
  return {description, concurrency: 1, generate: (job, signal) => generate(mlc, {job, signal}), dispose: () => mlc.unload()};
}

async function* generate(mlc: MLCEngineInterface, {job, signal}: {job: EngineJob; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  await mlc.resetChat();
  signal.throwIfAborted();
  const interrupt = () => mlc.interruptGenerate();
  signal.addEventListener('abort', interrupt, {once: true});
  try {
    const chunks = await mlc.chat.completions.create({
      messages: messagesOf(job),
      stream: true,
      stream_options: {include_usage: true},
      max_tokens: job.maxTokens,
      temperature: job.temperature,
      top_p: job.topP,
      ...(job.seed === undefined ? {} : {seed: job.seed}),
      ...(job.stop.length === 0 ? {} : {stop: [...job.stop]}),
    });
    yield* eventsOf(chunks, signal);
  } catch (error) {
    signal.throwIfAborted();
    const text = error instanceof Error ? error.message : String(error);
    if (/context.?window|too long/i.test(text)) throw new NetworkError('too-long', 'the context window', {cause: error});
    throw new NetworkError(/device.*lost/i.test(text) ? 'gpu-lost' : 'engine-failed', 'WebLLM', {cause: error});
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

/** One chunk is one token, but for the last, which carries the usage: the prompt's count is known only then. */
async function* eventsOf(chunks: AsyncIterable<ChatCompletionChunk>, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
  let reason: 'stop' | 'length' = 'stop';
  let counted = 0;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    const [choice] = chunk.choices;
    const text = choice?.delta.content ?? '';
    if (text !== '') {
      counted += 1;
      yield {type: 'text', text, tokens: 1};
    }
    if (choice?.finish_reason === 'length') reason = 'length';
    if (chunk.usage) {
      const missing = Math.max(0, chunk.usage.completion_tokens - counted);
      if (missing > 0) yield {type: 'text', text: '', tokens: missing};
      yield {type: 'prompt', tokens: chunk.usage.prompt_tokens};
    }
  }
  yield {type: 'end', reason};
}

/** WebLLM has no open assistant message: an answer to be continued is asked for in words. */
function messagesOf(job: EngineJob): ChatCompletionMessageParam[] {
  const messages = job.messages.map(({role, content}) => ({role, content}));
  if (messages.at(-1)?.role !== 'assistant') return messages;
  return [...messages, {role: 'user', content: 'Continue your last message exactly where it stopped. Do not repeat any of it.'}];
}
