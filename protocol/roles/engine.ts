/** What a node needs of its host beside link and clock: a model. Apart from the ports that a relay knows, for it speaks of what is in a job. */
import type {JobHandle} from '../ids.ts';
import type {JobOf} from '../job.ts';
import type {Item} from '../result.ts';
import type {Task} from '../task.ts';

/** What an engine is asked to do: a job without what concerns only the two sides. Temperature and topP are fractions here, not thousandths. */
export type EngineJobOf<T extends Task> = T extends Task ? Omit<JobOf<T>, 'salt' | 'delivery'> & {readonly handle: JobHandle} : never;
export type EngineJob = EngineJobOf<Task>;

/** Why an answer ended. */
export type FinishReason = 'stop' | 'length';

/** A piece of an engine's work: what it has read of the question (all of it, or part by part), text, or items for the tasks that have them. `text` may be empty while a character is incomplete; `tokens` counts what it took. */
export type EngineEvent =
  | {readonly type: 'prompt'; readonly tokens: number}
  | {readonly type: 'text'; readonly text: string; readonly tokens: number}
  | {readonly type: 'item'; readonly item: Item; readonly tokens: number}
  | {readonly type: 'end'; readonly reason: FinishReason};

/** A loaded model. First event `prompt`, then `text`..., or `item`... and more of `prompt`, last `end`; throws NetworkError `too-long`, `bad-media`, `engine-failed`, `gpu-lost`. */
export interface Engine {
  /** What runs it, for people and records: "transformers.js, WebGPU, google swiftshader". */
  readonly description: string;
  /** What it can do; it is asked for nothing else. */
  readonly tasks: readonly Task[];
  /** Jobs it can run at once. */
  readonly concurrency: number;
  /** Computes on though nobody asks for the next event: a slow reader does not slow it down. */
  readonly ahead?: boolean;
  /** Stops within one token when the signal aborts (throws its reason) and is then free for the next job. */
  generate(job: EngineJob, signal: AbortSignal): AsyncIterable<EngineEvent>;
  dispose(): Promise<void>;
}
