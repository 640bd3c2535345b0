/** An engine under watch: says when it broke, or stood still in the middle of a job. What broke once is not trusted with another job. */
import {codeOf, type ErrorCode} from '#protocol/errors.ts';
import {within} from '#protocol/roles/deadline.ts';
import type {Engine, EngineEvent, EngineJob} from '#protocol/roles/engine.ts';
import type {Clock} from '#protocol/roles/ports.ts';

export interface EngineWatch {
  readonly clock: Clock;
  /** The engine is broken: load it anew. Called once. */
  onBroken(code: ErrorCode, detail: string): void;
}

/** No event of a running job for so long: a driver hangs. A long question on a slow device takes its time. */
const stillMs = 90_000;
/** How long it may take to let go of a job. */
const leaveMs = 10_000;

const broken: ReadonlySet<ErrorCode> = new Set(['gpu-lost', 'engine-failed']);

export function watchEngine(engine: Engine, {clock, onBroken}: EngineWatch): Engine {
  let told = false;
  const tell = (code: ErrorCode, detail: string) => {
    if (told) return;
    told = true;
    onBroken(code, detail);
  };

  async function* generate(job: EngineJob, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    const events = engine.generate(job, signal)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await within(events.next(), {clock, ms: stillMs, code: 'engine-failed'});
        if (next.done === true) return;
        yield next.value;
      }
    } catch (error) {
      const code = codeOf(error);
      if (!signal.aborted && broken.has(code)) tell(code, error instanceof Error ? error.message : '');
      throw error;
    } finally {
      // The slot is free when the engine has let go; one that hangs never does.
      await within(Promise.resolve(events.return?.()), {clock, ms: leaveMs, code: 'engine-failed'}).catch(() => {});
    }
  }
  return {description: engine.description, tasks: engine.tasks, concurrency: engine.concurrency, generate, dispose: () => engine.dispose()};
}
