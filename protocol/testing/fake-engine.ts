/** An engine that says what it is told to say: the twin of a model. */
import {NetworkError} from '../errors.ts';
import {type Task, tasks} from '../task.ts';
import type {Item} from '../result.ts';
import type {Engine, EngineEvent, EngineJob, EngineJobOf} from '../roles/engine.ts';
import type {Clock} from '../roles/ports.ts';

export interface FakeEngineOptions {
  readonly clock: Clock;
  /** The whole answer to a job; it is said word by word, and a continued answer goes on where the prompt ends. */
  answer(job: EngineJobOf<'chat'> | EngineJobOf<'image-text'>): string;
  /** The items of a job that has them. */
  items?(job: EngineJob): readonly Item[];
  readonly tasks?: readonly Task[];
  readonly msPerToken?: number;
  readonly concurrency?: number;
  /** Throws after so many tokens. */
  readonly failAfter?: number;
}

export function fakeEngine(options: FakeEngineOptions): Engine {
  const {clock, answer, msPerToken = 20, concurrency = 1, failAfter} = options;
  return {
    description: 'fake engine',
    tasks: options.tasks ?? tasks,
    concurrency,
    async *generate(job, signal) {
      if (!('messages' in job)) return yield* itemsOf(options, {job, signal});
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

async function* itemsOf({clock, items = () => [], msPerToken = 20, failAfter}: FakeEngineOptions, {job, signal}: {job: EngineJob; signal: AbortSignal}): AsyncGenerator<EngineEvent, void> {
  yield {type: 'prompt', tokens: 1};
  for (const [index, item] of items(job).entries()) {
    if (index === failAfter) throw new NetworkError('engine-failed', 'told to');
    await clock.sleep(msPerToken, signal);
    yield {type: 'item', item, tokens: 'text' in item ? words(item.text).length : 0};
  }
  yield {type: 'end', reason: 'stop'};
}

/** Words with the space before them. */
const words = (text: string): string[] => text.match(/ ?[^ ]+| /g) ?? [];
