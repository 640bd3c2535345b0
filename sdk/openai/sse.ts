/** Server-sent events: an answer as it comes, with a comment where nothing else is to be said. */
import {utf8} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {refusalOf} from './refusal.ts';

/** One event, or a comment, which clients skip. */
export type SseEvent = {readonly data: object; readonly event?: string} | {readonly comment: string};

export interface StreamOptions {
  readonly clock: Clock;
  /** Ends the question when the reader leaves. */
  readonly asking: AbortController;
  /** Asked when the first event is there. */
  headers(): Record<string, string>;
  /** How this interface ends a stream that failed. */
  failed(error: unknown): readonly SseEvent[];
  /** What stands at the very end, after `data: `; undefined for nothing. */
  readonly last: string | undefined;
}

/** Proxies and clients give up a silent line. */
const keepAliveMs = 10_000;

const write = (event: SseEvent): string =>
  'comment' in event ? `: ${event.comment}\n\n` : `${event.event === undefined ? '' : `event: ${event.event}\n`}data: ${JSON.stringify(event.data)}\n\n`;

/** The error as an event of chat completions. */
export const errorEvent = (error: unknown): readonly SseEvent[] => [{data: refusalOf(error).body}];

/**
 * Streams `events` once the first of them is there, so that what fails before has its status. Later failures are events.
 * @throws what the first event failed with
 */
export async function sseResponse(events: AsyncIterator<SseEvent, void>, options: StreamOptions): Promise<Response> {
  const {clock, asking, headers, failed, last} = options;
  let next = events.next();
  const first = await orSilence(next, clock);
  if (first?.done) throw new NetworkError('internal', 'an answer without any event');
  let isFirst = true;
  const lines = async (): Promise<{text: string; isLast: boolean}> => {
    const told = isFirst ? first : await orSilence(next, clock);
    isFirst = false;
    if (!told) return {text: write({comment: 'keep-alive'}), isLast: false};
    if (told.done) return {text: last === undefined ? '' : `data: ${last}\n\n`, isLast: true};
    next = events.next();
    // Whoever awaits it hears of it; nobody may, when the reader leaves.
    next.catch(() => {});
    return {text: write(told.value), isLast: false};
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const {text, isLast} = await lines().catch((error: unknown) => ({text: [...failed(error).map(write), ...(last === undefined ? [] : [`data: ${last}\n\n`])].join(''), isLast: true}));
      if (text !== '') controller.enqueue(utf8(text));
      if (isLast) controller.close();
    },
    cancel() {
      asking.abort(new NetworkError('cancelled', 'the reader left'));
      void Promise.resolve(events.return?.()).catch(() => {});
    },
  });
  return new Response(body, {headers: {'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'x-accel-buffering': 'no', ...headers()}});
}

/** The next of the events; undefined when it takes long. */
async function orSilence(next: Promise<IteratorResult<SseEvent, void>>, clock: Clock): Promise<IteratorResult<SseEvent, void> | undefined> {
  const waiting = new AbortController();
  try {
    return await Promise.race([next, clock.sleep(keepAliveMs, waiting.signal).then(() => undefined, () => undefined)]);
  } finally {
    waiting.abort();
  }
}
