/** An engine that rests: between two pieces of an answer it leaves the device alone, so long that it works only its share of the time. */
import type {Engine, EngineEvent, EngineJob} from '#protocol/roles/engine.ts';
import type {Clock} from '#protocol/roles/ports.ts';

export interface RestOptions {
  readonly clock: Clock;
  /** Share of the time that it may work, percent. */
  duty(): number;
}

/** One rest is never longer, ms: the words should go on coming. What is left of it is made up for later. */
const longestRestMs = 1000;

/** Works for engines that compute when they are asked for the next piece; one that computes ahead is slowed down only by its queue. */
export function restingEngine(engine: Engine, {clock, duty}: RestOptions): Engine {
  async function* generate(job: EngineJob, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
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
  }
  return {description: engine.description, tasks: engine.tasks, concurrency: engine.concurrency, generate, dispose: () => engine.dispose()};
}
