/** An engine that says some words and then waits, to be stopped or to go on: for tests of who leaves in the midst of an answer, and of what comes before its end. */
import type {Engine} from '#protocol/roles/engine.ts';

export interface StuckEngine {
  readonly engine: Engine;
  /** It was given a job. */
  readonly begun: Promise<void>;
  /** The job was taken from it. */
  readonly cancelled: Promise<void>;
  /** Lets it say the rest. */
  release(): void;
}

export function stuckEngine(words: readonly string[], rest: readonly string[] = []): StuckEngine {
  const [begun, cancelled, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const engine: Engine = {
    description: 'stuck engine',
    tasks: ['chat'],
    concurrency: 1,
    async *generate(_, signal) {
      begun.resolve();
      yield {type: 'prompt', tokens: 1};
      for (const text of words) yield {type: 'text', text, tokens: 1};
      const stopped = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => stopped.resolve(), {once: true});
      if (!signal.aborted) await Promise.race([stopped.promise, released.promise]);
      if (signal.aborted) {
        cancelled.resolve();
        throw signal.reason;
      }
      for (const text of rest) yield {type: 'text', text, tokens: 1};
      yield {type: 'end', reason: 'stop'};
    },
    dispose: async () => {},
  };
  return {engine, begun: begun.promise, cancelled: cancelled.promise, release: () => released.resolve()};
}
