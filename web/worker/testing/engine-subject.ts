/** What the acceptance suite needs to know of an engine under test, and how it listens to one. */
import {codeOf, type ErrorCode} from '#protocol/errors.ts';
import type {JobHandle} from '#protocol/ids.ts';
import type {Engine, EngineEvent, EngineJobOf, FinishReason} from '#protocol/roles/engine.ts';

export type ChatJob = EngineJobOf<'chat'>;

/** A question and the whole answer that the model gives greedily. */
export interface Known {
  readonly prompt: string;
  readonly answer: string;
  /** Of the answer, without the token that ends it. */
  readonly tokens: number;
  /** A word that is in this answer and in no other known one. */
  readonly mark: string;
}

/** `plain` is the model; `wide` says characters of several tokens; `stray` begins a greeting with half a one; `broken` has a weight that is not a number. */
export type Variant = 'plain' | 'wide' | 'stray' | 'broken';

export interface Subject {
  load(variant: Variant): Promise<Engine>;
  readonly contextTokens: number;
  /** More than the engine has slots. */
  readonly known: readonly Known[];
  /** Answered by `wide` with characters that take several tokens each. */
  readonly wide: Known;
  /** Of an answer that is longer, the first `tokens`: where rounding adds up. */
  readonly long: Known;
  /** A prompt with several likely beginnings of an answer. */
  readonly unsure: string;
  /** Whether a job in a batch gives the same text as alone: kernels may round differently. */
  readonly exact: boolean;
}

/** A whole answer as it was heard. */
export interface Heard {
  readonly prompt: number;
  readonly pieces: readonly string[];
  readonly text: string;
  readonly tokens: number;
  readonly reason: FinishReason;
}

export function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  must(Object.is(actual, expected), `${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

export const user = (content: string): ChatJob['messages'] => [{role: 'user', content}];

/** A greedy job of one question; `more` says what is different. */
export const jobOf = (prompt: string, more: Partial<ChatJob> = {}): ChatJob => ({
  task: 'chat',
  handle: 'suite' as JobHandle,
  messages: user(prompt),
  maxTokens: 48,
  temperature: 0,
  topP: 1,
  seed: undefined,
  stop: [],
  format: undefined,
  ...more,
});

const never = new AbortController().signal;

/** Listens to the end and checks the order, the counts and the text of what comes. */
export async function hear(engine: Engine, job: ChatJob, signal: AbortSignal = never): Promise<Heard> {
  const events: EngineEvent[] = [];
  for await (const event of engine.generate(job, signal)) events.push(event);
  const [first] = events;
  const last = events.at(-1);
  must(first?.type === 'prompt', `the first event is ${first?.type}, not prompt`);
  must(last?.type === 'end', `the last event is ${last?.type}, not end`);
  const between = events.slice(1, -1);
  const said = between.filter((event) => event.type === 'text');
  equal(said.length, between.length, 'events between prompt and end that are text');
  must(Number.isInteger(first.tokens) && first.tokens > 0, `a prompt of ${first.tokens} tokens`);
  for (const {text, tokens} of said) {
    must(Number.isInteger(tokens) && tokens >= 0, `a piece of ${tokens} tokens`);
    must(text.isWellFormed(), 'half a surrogate pair');
  }
  const tokens = said.reduce((sum, piece) => sum + piece.tokens, 0);
  must(tokens <= job.maxTokens, `${tokens} tokens where ${job.maxTokens} were allowed`);
  return {prompt: first.tokens, pieces: said.map(({text}) => text), text: said.map(({text}) => text).join(''), tokens, reason: last.reason};
}

/** The code that a job fails with, or undefined when it was answered; and whether anything came before. */
export async function failureOf(engine: Engine, job: ChatJob): Promise<{code: ErrorCode | undefined; events: number}> {
  let events = 0;
  try {
    for await (const _ of engine.generate(job, never)) events += 1;
    return {code: undefined, events};
  } catch (error) {
    return {code: codeOf(error), events};
  }
}

/** Listens until it has heard `after` pieces of text (0: only the prompt), aborts, and checks that the reason is thrown within a token. */
export async function abortAfter(engine: Engine, job: ChatJob, after: number): Promise<void> {
  const stop = new AbortController();
  const reason = new Error('the suite stops this job');
  let heard = 0;
  let late = 0;
  try {
    for await (const event of engine.generate(job, stop.signal)) {
      if (stop.signal.aborted) late += event.type === 'text' ? event.tokens : 0;
      if (event.type === 'text') heard += 1;
      if (heard >= after && !stop.signal.aborted) stop.abort(reason);
    }
  } catch (error) {
    must(error === reason, `it throws ${String(error)}, not the reason of the signal`);
    must(late <= 1, `${late} tokens after it was told to stop`);
    return;
  }
  throw new Error('it went on to the end after it was told to stop');
}
