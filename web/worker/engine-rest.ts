/** An engine that rests: it works only its share of the time, so that the device stays cool and its owner can use it. */
import type {Engine, EngineEvent, EngineJob} from '#protocol/roles/engine.ts';
import type {Clock} from '#protocol/roles/ports.ts';

export interface RestOptions {
  readonly clock: Clock;
  /** Share of the time that it may work, percent. */
  duty(): number;
  /** It rests as a whole now, or no longer: the time to take no new job. */
  onRest(resting: boolean): void;
}

export function restingEngine(engine: Engine, options: RestOptions): Engine {
  const generate = engine.ahead === true ? restAfterwards(engine, options) : restBetween(engine, options);
  return {description: engine.description, tasks: engine.tasks, concurrency: engine.concurrency, generate, dispose: () => engine.dispose()};
}

/** One rest is never longer, ms: the words should go on coming. What is left of it is made up for later. */
const longestRestMs = 1000;

/** Between two pieces of an answer, where an engine computes only when it is asked for the next. */
function restBetween(engine: Engine, {clock, duty}: RestOptions): Engine['generate'] {
  return async function* generate(job: EngineJob, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    let owed = 0;
    let began = clock.now();
    for await (const event of engine.generate(job, signal)) {
      owed += (clock.now() - began) * (100 / duty() - 1);
      yield event;
      const rest = Math.min(owed, longestRestMs);
      if (rest >= 1) await clock.sleep(rest, signal);
      owed -= rest;
      began = clock.now();
    }
  };
}

/** After so much work and rest owed for it, no new jobs join those that run, ms: else a busy engine would never rest. */
const mostOwedMs = 30_000;
/** What is owed beyond this is forgiven: jobs that wait for this computer should not wait longer, ms. */
const longestBreakMs = 120_000;

/** Once all jobs are done, where an engine computes ahead of who reads: it can't be slowed down, only be left alone. */
function restAfterwards(engine: Engine, {clock, duty, onRest}: RestOptions): Engine['generate'] {
  const work = {running: 0, since: 0, owed: 0};
  let resting = false;
  const rest = async (): Promise<void> => {
    if (resting) return;
    resting = true;
    onRest(true);
    while (work.running === 0 && work.owed >= 1) {
      const part = Math.min(work.owed, longestBreakMs);
      work.owed = 0;
      await clock.sleep(part);
    }
    resting = false;
    // A job that came meanwhile ends the rest; it is made up for when that one is done.
    if (work.running === 0) onRest(false);
  };
  return async function* generate(job: EngineJob, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    if (work.running === 0) work.since = clock.now();
    work.running += 1;
    try {
      yield* engine.generate(job, signal);
    } finally {
      work.running -= 1;
      const due = work.owed + (clock.now() - work.since) * (100 / duty() - 1);
      if (work.running > 0 && due > mostOwedMs) onRest(true);
      if (work.running === 0) {
        work.owed = due;
        if (due >= 1) void rest();
      }
    }
  };
}
