/** An engine that says some words and then waits to be stopped: for tests of who leaves in the midst of an answer. */
import type {Engine} from '#protocol/roles/engine.ts';

export interface StuckEngine {
  readonly engine: Engine;
  /** It was given a job. */
  readonly begun: Promise<void>;
  /** The job was taken from it. */
  readonly cancelled: Promise<void>;
}

export function stuckEngine(words: readonly string[]): StuckEngine {
  const begun = Promise.withResolvers<void>();
  const cancelled = Promise.withResolvers<void>();
  const engine: Engine = {
    description: 'stuck engine',
    tasks: ['chat'],
    concurrency: 1,
    async *generate(_, signal) {
      begun.resolve();
      yield {type: 'prompt', tokens: 1};
      for (const text of words) yield {type: 'text', text, tokens: 1};
      await new Promise<void>((resolve) => {
        if (signal.aborted) return resolve();
        signal.addEventListener('abort', () => resolve(), {once: true});
      });
      cancelled.resolve();
      throw signal.reason;
    },
    dispose: async () => {},
  };
  return {engine, begun: begun.promise, cancelled: cancelled.promise};
}
