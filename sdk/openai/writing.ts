/** One answer that is a text: asked, read part by part, with what is known of who gave it. */
import type {JobInput, JobOf} from '#protocol/job.ts';
import {limits} from '#protocol/limits.ts';
import type {Receipt} from '#protocol/receipt.ts';
import {ask, type Asking, type Waiting, waitingOf} from './asking.ts';
import type {Exchange} from './exchange.ts';
import type {ChosenModel} from './model-choice.ts';
import type {OutputPart, OutputReader} from './output.ts';

/** What happens on the way to an answer. */
export type Told =
  | OutputPart
  | Waiting
  /** A computer has the question. */
  | {readonly is: 'bound'}
  | {readonly is: 'end'; readonly reason: Receipt['reason']};

export interface Writing extends Asking {
  readonly reader: OutputReader;
}

/** Tokens of an answer where a request does not say how many. */
const usualMaxTokens = 2048;

/** @param asked tokens; more than a job takes is what it takes */
export const maxTokensOf = (asked: number | undefined, {entry}: ChosenModel): number => Math.min(asked ?? Math.min(usualMaxTokens, Math.ceil(entry.contextTokens / 2)), limits.maxTokens);

export type WritingFields = Omit<Extract<JobInput, {task: 'chat'}>, 'task' | 'messages'>;

/** The job of a conversation: one about pictures where it has any. */
export function conversationJob(messages: JobOf<'image-text'>['messages'], how: WritingFields): JobInput {
  if (messages.some(({images}) => images.length > 0)) return {task: 'image-text', messages, ...how};
  return {task: 'chat', messages: messages.map(({role, content}) => ({role, content})), ...how};
}

/** Answers from one seed would all be the same. */
export const withSeed = <W extends {readonly seed?: number | undefined}>(how: W, index: number): W => (how.seed === undefined ? how : {...how, seed: (how.seed + index) >>> 0});

/** Asks, and tells as it comes. Throws NetworkError, and what the reader throws. */
export async function* write(exchange: Exchange, {reader, ...asking}: Writing): AsyncGenerator<Told, void> {
  for await (const event of ask(exchange, asking)) {
    const waiting = waitingOf(event);
    if (waiting) yield waiting;
    if (event.type === 'bound') yield {is: 'bound'};
    if (event.type === 'text') yield* reader.push(event.text);
    // To leave ends the question: what comes no more is not paid, and there is no receipt of what came.
    if (reader.isDone) break;
  }
  const reason = asking.provenance.reason ?? 'stop';
  yield* reader.end(reason);
  yield {is: 'end', reason};
}
