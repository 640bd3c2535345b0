/** How fast an engine is: measured once it is loaded, watched while it serves, and measured again when it has become something else. */
import type {JobHandle} from '#protocol/ids.ts';
import type {MeasuredSpeed} from '#protocol/node-record.ts';
import type {Engine, EngineEvent, EngineJob, EngineJobOf} from '#protocol/roles/engine.ts';
import type {Clock} from '#protocol/roles/ports.ts';

/** Jobs at once, as far as the engine takes them. */
const loads = [1, 2, 4];
const longestPromptBytes = 2048;
const answerTokens = 64;
/** One load is measured no longer than this, ms; a slow device has said fewer tokens by then. */
const budgetMs = 3000;
/** An answer tells its speed from so many tokens. */
const enoughTokens = 8;
/** Answers that are watched before the engine is called something else than what was measured. */
const watched = 8;
/** By so much it may differ: a third. */
const drift = 1 / 3;

interface Run {
  readonly promptTokens: number;
  /** ms since 1970; undefined when it did not come so far. */
  readonly firstAt: number | undefined;
  readonly lastAt: number;
  /** After the first piece of text. */
  readonly tokens: number;
}

export class EngineSpeed {
  /** The engine, watched. Jobs go here. */
  readonly engine: Engine;
  readonly #clock: Clock;
  readonly #contextTokens: number;
  #measured: readonly MeasuredSpeed[] = [];
  #alone: number[] = [];
  #running = 0;

  constructor(engine: Engine, {clock, contextTokens}: {readonly clock: Clock; readonly contextTokens: number}) {
    this.#clock = clock;
    this.#contextTokens = contextTokens;
    this.engine = {
      description: engine.description,
      tasks: engine.tasks,
      concurrency: engine.concurrency,
      generate: (job, signal) => this.#watch(engine.generate(job, signal)),
      dispose: () => engine.dispose(),
    };
  }

  /** Others have no answers of a length that can be compared. */
  get #chats(): boolean {
    return this.engine.tasks.includes('chat');
  }

  /** One row for each number of jobs that was measured. */
  get measured(): readonly MeasuredSpeed[] {
    return this.#measured;
  }

  /** Tokens per second of one job; 0 when it was not measured. */
  get decode(): number {
    return (this.#measured[0]?.decode ?? 0) / 10;
  }

  /** Whether answers have lately come at another speed than the one that was measured. */
  get hasDrifted(): boolean {
    if (!this.#chats || this.#alone.length < watched) return false;
    const median = this.#alone.toSorted((left, right) => left - right)[watched / 2] ?? 0;
    return Math.abs(median - this.decode) > Math.max(this.decode, 0.1) * drift;
  }

  /** Measures with nothing else running. Rejects with what the engine rejects with, or the signal's reason. */
  async measure(signal: AbortSignal): Promise<void> {
    if (!this.#chats) return;
    try {
      // The first job compiles kernels and fills caches.
      await this.#measureLoad(1, {signal, jobOf: warmUp});
      const rows: MeasuredSpeed[] = [];
      for (const jobs of loads.filter((load) => load <= this.engine.concurrency)) rows.push(await this.#measureLoad(jobs, {signal, jobOf: (at) => trialJob(at, this.#contextTokens)}));
      this.#measured = rows;
    } finally {
      // Also when it failed: else it would be tried again at once, and again.
      this.#alone = [];
    }
  }

  async #measureLoad(jobs: number, {signal, jobOf}: {signal: AbortSignal; jobOf(at: number): EngineJob}): Promise<MeasuredSpeed> {
    const over = new AbortController();
    const stop = AbortSignal.any([signal, over.signal]);
    const began = this.#clock.now();
    const timer = new AbortController();
    void this.#clock.sleep(budgetMs, timer.signal).then(() => over.abort(), () => {});
    try {
      const runs = await Promise.all(Array.from({length: jobs}, (_, at) => this.#run(jobOf(at), stop)));
      signal.throwIfAborted();
      return {jobs, ...ratesOf(runs, began)};
    } finally {
      timer.abort();
    }
  }

  async #run(job: EngineJob, stop: AbortSignal): Promise<Run> {
    let promptTokens = 0;
    let firstAt: number | undefined;
    let lastAt = 0;
    let tokens = 0;
    try {
      for await (const event of this.engine.generate(job, stop)) {
        if (event.type === 'prompt') promptTokens = event.tokens;
        if (event.type !== 'text') continue;
        lastAt = this.#clock.now();
        if (firstAt === undefined) firstAt = lastAt;
        else tokens += event.tokens;
      }
    } catch (error) {
      if (!stop.aborted) throw error;
    }
    return {promptTokens, firstAt, lastAt, tokens};
  }

  /** Notes the speed of answers that ran alone, from first to last token. Only time that the engine takes counts, not that of who reads. */
  async *#watch(events: AsyncIterable<EngineEvent>): AsyncGenerator<EngineEvent, void> {
    let alone = this.#running === 0;
    let tokens = 0;
    let ms = 0;
    let asked = this.#clock.now();
    let saidAny = false;
    this.#running += 1;
    try {
      for await (const event of events) {
        alone &&= this.#running === 1;
        if (event.type === 'text' && saidAny) {
          tokens += event.tokens;
          ms += this.#clock.now() - asked;
        }
        saidAny ||= event.type === 'text';
        yield event;
        asked = this.#clock.now();
      }
    } finally {
      this.#running -= 1;
      if (alone && tokens >= enoughTokens && ms > 0) this.#alone = [...this.#alone, (tokens * 1000) / ms].slice(-watched);
    }
  }
}

/** A long question and a long answer, as far as the model takes them. No two start alike: a cache should not help. */
function trialJob(at: number, contextTokens: number): EngineJobOf<'chat'> {
  const words = `${at} ${'the quick brown fox jumps over the lazy dog and '.repeat(50)}`;
  // A token is a byte or more.
  return greedy(words.slice(0, Math.min(longestPromptBytes, Math.floor(contextTokens / 4))), answerTokens);
}

const warmUp = (): EngineJobOf<'chat'> => greedy('Hello.', 2);

const greedy = (content: string, maxTokens: number): EngineJobOf<'chat'> =>
  ({task: 'chat', handle: '00'.repeat(16) as JobHandle, messages: [{role: 'user', content}], maxTokens, temperature: 0, topP: 1, seed: 1, stop: [], format: undefined});

function ratesOf(runs: readonly Run[], began: number): Omit<MeasuredSpeed, 'jobs'> {
  const said = runs.flatMap((run) => (run.firstAt === undefined ? [] : [{...run, firstAt: run.firstAt}]));
  if (said.length < runs.length) return {prefill: 0, decode: 0};
  const allSaid = Math.max(...said.map(({firstAt}) => firstAt));
  const end = Math.max(...said.map(({lastAt}) => lastAt));
  const sum = (pick: (run: Run) => number): number => said.reduce((total, run) => total + pick(run), 0);
  const tokens = sum((run) => run.tokens);
  return {
    prefill: asU16(perSecond(sum((run) => run.promptTokens), allSaid - began)),
    decode: tokens < enoughTokens ? 0 : asU16(10 * perSecond(tokens, end - Math.min(...said.map(({firstAt}) => firstAt)))),
  };
}

const perSecond = (count: number, ms: number): number => (ms > 0 ? (count * 1000) / ms : 0);
const asU16 = (value: number): number => Math.min(65_535, Math.round(value));
