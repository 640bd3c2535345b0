/** An engine that says what it is told to say: the twin of a model. */
import {NetworkError} from '../errors.ts';
import type {Clock, Engine, EngineJob} from '../roles/ports.ts';

export interface FakeEngineOptions {
  readonly clock: Clock;
  /** The whole answer to a job; it is said word by word, and a continued answer goes on where the prompt ends. */
  answer(job: EngineJob): string;
  readonly msPerToken?: number;
  readonly concurrency?: number;
  /** Throws after so many tokens. */
  readonly failAfter?: number;
}

export function fakeEngine({clock, answer, msPerToken = 20, concurrency = 1, failAfter}: FakeEngineOptions): Engine {
  return {
    description: 'fake engine',
    concurrency,
    async *generate(job, signal) {
      yield {type: 'prompt', tokens: job.messages.reduce((sum, message) => sum + words(message.content).length, 0)};
      const last = job.messages.at(-1);
      const said = last?.role === 'assistant' ? last.content : '';
      const rest = words(answer(job).slice(said.length));
      for (const [index, text] of rest.slice(0, job.maxTokens).entries()) {
        if (index === failAfter) throw new NetworkError('engine-failed', 'told to');
        await clock.sleep(msPerToken, signal);
        yield {type: 'text', text, tokens: 1};
      }
      yield {type: 'end', reason: rest.length > job.maxTokens ? 'length' : 'stop'};
    },
    dispose: async () => {},
  };
}

/** Words with the space before them. */
const words = (text: string): string[] => text.match(/ ?[^ ]+| /g) ?? [];
