/** Answers over a loaded WebLLM. One sequence at a time; reset around each job, so that nothing of one reaches the next. */
import type {ChatCompletionChunk, MLCEngineInterface} from '@mlc-ai/web-llm';
import {NetworkError} from '#protocol/errors.ts';
import {unlessAborted, within} from '#protocol/roles/deadline.ts';
import type {Engine, EngineEvent, EngineJobOf} from '#protocol/roles/engine.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Task} from '#protocol/task.ts';
import {countsOf} from './engine-webllm-counts.ts';
import {embed} from './engine-webllm-embeddings.ts';
import {requestOf, type WritingJob} from './engine-webllm-request.ts';
import {watchFilm} from './film.ts';
import {onlyTasks} from './only-tasks.ts';
import {StopTexts} from './stop-texts.ts';

/** A stopped job may take so long to leave the GPU: a prefill can't be interrupted. After that the GPU counts as lost. */
const leaveMs = 120_000;

export interface WebLlmSetup {
  readonly description: string;
  /** What the model can do. */
  readonly tasks: readonly Task[];
  readonly clock: Clock;
  /** Settles when the GPU device is lost. */
  readonly lost: Promise<string>;
}

/** The engine port over anything with WebLLM's interface and a model in it. */
export function webLlmEngineOf(mlc: MLCEngineInterface, {description, tasks, clock, lost}: WebLlmSetup): Engine {
  const gone = new AbortController();
  void lost.then((why) => gone.abort(new NetworkError('gpu-lost', why)));
  const slot = new Slot(clock);
  return {
    description,
    tasks,
    concurrency: 1,
    generate: (asked, signal) => {
      const loaded = {mlc, slot, gone};
      const job = onlyTasks(asked, ['chat', 'image-text', 'video', 'embeddings']);
      if (job.task === 'embeddings') return vectors(loaded, {job, signal});
      return job.task === 'video' ? watchFilm(job, (scene) => generate(loaded, {job: scene, signal})) : generate(loaded, {job, signal});
    },
    dispose: async () => {
      gone.abort(new NetworkError('cancelled', 'the model was unloaded'));
      await mlc.unload();
    },
  };
}

/** The one sequence of the engine: who enters waits until the job before has left, and the GPU with it. */
class Slot {
  readonly #clock: Clock;
  #left: Promise<void> = Promise.resolve();
  #drained: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Gives what to call on leaving, with the end of what still runs. Rejects with `gpu-lost` when the job before never ends. */
  async enter(signal: AbortSignal): Promise<(drained: Promise<unknown>) => void> {
    const before = this.#left;
    const {promise, resolve} = Promise.withResolvers<void>();
    this.#left = promise;
    try {
      await unlessAborted(before, signal);
      await within(this.#drained, {clock: this.#clock, ms: leaveMs, code: 'gpu-lost', signal});
    } catch (error) {
      void before.then(resolve);
      throw error;
    }
    return (drained) => {
      this.#drained = drained;
      resolve();
    };
  }
}

interface Loaded {
  readonly mlc: MLCEngineInterface;
  readonly slot: Slot;
  /** Aborts when nothing can be answered any more. */
  readonly gone: AbortController;
}

async function* generate({mlc, slot, gone}: Loaded, {job, signal}: {job: WritingJob; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  const stop = AbortSignal.any([signal, gone.signal]);
  let leave: ((drained: Promise<unknown>) => void) | undefined;
  let chunks: AsyncIterator<ChatCompletionChunk> | undefined;
  const interrupt = () => mlc.interruptGenerate();
  try {
    leave = await slot.enter(stop);
    signal.addEventListener('abort', interrupt, {once: true});
    await unlessAborted(mlc.resetChat(), stop);
    chunks = (await unlessAborted(mlc.chat.completions.create(requestOf(job)), stop))[Symbol.asyncIterator]();
    yield* eventsOf(mlc, {chunks, job, stop});
  } catch (error) {
    throw reasonOf(error, {signal, gone});
  } finally {
    signal.removeEventListener('abort', interrupt);
    leave?.(drain(mlc, chunks));
  }
}

async function* vectors({mlc, slot, gone}: Loaded, {job, signal}: {job: EngineJobOf<'embeddings'>; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  const stop = AbortSignal.any([signal, gone.signal]);
  let leave: ((drained: Promise<unknown>) => void) | undefined;
  try {
    leave = await slot.enter(stop);
    yield* embed(mlc, {job, stop});
  } catch (error) {
    throw reasonOf(error, {signal, gone});
  } finally {
    leave?.(Promise.resolve());
  }
}

/** Why a job failed: who wanted it no more, or what happened to the engine; a GPU that is lost is lost for all jobs. */
function reasonOf(error: unknown, {signal, gone}: {signal: AbortSignal; gone: AbortController}): unknown {
  if (signal.aborted) return signal.reason;
  const failure = failureOf(error, gone.signal);
  if (failure.code === 'gpu-lost') gone.abort(failure);
  return failure;
}

/** Ends what runs, at the latest after its prefill, and forgets the conversation. */
async function drain(mlc: MLCEngineInterface, chunks: AsyncIterator<ChatCompletionChunk> | undefined): Promise<void> {
  // A step that fails now was told to its job already, or nobody waits for it.
  await chunks?.return?.().catch(() => {});
  await mlc.resetChat().catch(() => {});
}

function failureOf(error: unknown, gone: AbortSignal): NetworkError {
  if (gone.aborted && gone.reason instanceof NetworkError) return gone.reason;
  if (error instanceof NetworkError) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (/context.?window|too long/i.test(text)) return new NetworkError('too-long', 'the context window', {cause: error});
  return new NetworkError(/device.*(lost|destroyed)/i.test(text) ? 'gpu-lost' : 'engine-failed', 'WebLLM', {cause: error});
}

interface Answer {
  readonly chunks: AsyncIterator<ChatCompletionChunk>;
  readonly job: WritingJob;
  readonly stop: AbortSignal;
}

/** The first chunk comes with the first token, when the prompt is done; the last carries the usage, which settles the counts. */
async function* eventsOf(mlc: MLCEngineInterface, {chunks, job, stop}: Answer): AsyncGenerator<EngineEvent, void> {
  const stops = new StopTexts(job.stop);
  const counts = countsOf(mlc);
  let finish: string | undefined;
  for (let next = await unlessAborted(chunks.next(), stop); !next.done; next = await unlessAborted(chunks.next(), stop)) {
    const {value: chunk} = next;
    const [choice] = chunk.choices;
    finish = choice?.finish_reason ?? finish;
    const prompt = counts.prompt(chunk.usage);
    if (prompt !== undefined) yield {type: 'prompt', tokens: prompt};
    const said = choice?.delta.content ?? '';
    if (said !== '' && !stops.found) {
      counts.heard();
      const text = stops.push(said);
      if (text !== '' || stops.found) yield {type: 'text', text, tokens: counts.take()};
      // WebLLM would end here by itself, but has said the beginning of the stop text by then.
      if (stops.found) mlc.interruptGenerate();
    }
    if (chunk.usage) counts.settle(chunk.usage, {ended: finish === 'stop' && !stops.found});
  }
  if (finish === undefined || (finish === 'abort' && !stops.found)) throw new NetworkError('engine-failed', 'WebLLM ended in mid-answer');
  const text = stops.flush();
  const tokens = counts.take();
  if (text !== '' || tokens > 0) yield {type: 'text', text, tokens};
  yield {type: 'end', reason: finish === 'length' && !stops.found ? 'length' : 'stop'};
}
