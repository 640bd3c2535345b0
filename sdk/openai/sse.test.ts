/** A stream of events: what comes before its head, the silence in it, its end and its failure, a reader that leaves. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {NetworkError} from '#protocol/errors.ts';
import {Queue} from '#protocol/queue.ts';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {errorEvent, type SseEvent, sseResponse} from './sse.ts';

function stage() {
  const clock = new ManualClock(setImmediate);
  const events = new Queue<SseEvent>();
  const asking = new AbortController();
  const told = async function* () {
    yield* events;
  };
  const opening = sseResponse(told(), {clock, asking, headers: () => ({'x-known-by-now': 'yes'}), failed: errorEvent, last: '[DONE]'});
  opening.catch(() => {});
  return {clock, events, asking, opening};
}

/** Reads on until the text is complete. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, end: string): Promise<string> {
  let text = '';
  while (!text.endsWith(end)) text += new TextDecoder().decode((await reader.read()).value);
  return text;
}
const readerOf = ({body}: Response) => (body ?? assert.fail()).getReader();

test('events, comments and names of events are written as clients read them, and the last word follows', async () => {
  const {events, opening} = stage();
  events.push({comment: 'queued position=1 eta=2s'});
  events.push({data: {text: 'two\nlines'}});
  events.push({data: {n: 1}, event: 'response.created'});
  events.end();
  const response = await opening;
  assert.equal(response.headers.get('x-known-by-now'), 'yes');
  assert.equal(await response.text(), ': queued position=1 eta=2s\n\ndata: {"text":"two\\nlines"}\n\nevent: response.created\ndata: {"n":1}\n\ndata: [DONE]\n\n');
});

test('what fails before the first event has no stream; what fails later is an event, and the last word follows', async () => {
  const early = stage();
  early.events.fail(new NetworkError('no-node'));
  await assert.rejects(early.opening, {code: 'no-node'});
  const late = stage();
  late.events.push({data: {n: 1}});
  late.events.fail(new NetworkError('node-lost'));
  assert.match(await (await late.opening).text(), /^data: \{"n":1\}\n\ndata: \{"error":\{.*"code":"node_lost"\}\}\n\ndata: \[DONE\]\n\n$/);
});

test('a silence of ten seconds begins the stream, and each further one is broken by a comment', async () => {
  const {clock, events, opening} = stage();
  let isOpen = false;
  void opening.then(() => (isOpen = true));
  await clock.advance(9999);
  assert.equal(isOpen, false);
  await clock.advance(1);
  const reader = readerOf(await opening);
  assert.equal(await readUntil(reader, '\n\n'), ': keep-alive\n\n');
  const next = readUntil(reader, '\n\n');
  await clock.advance(10_000);
  assert.equal(await next, ': keep-alive\n\n');
  events.push({data: {n: 1}});
  assert.equal(await readUntil(reader, '\n\n'), 'data: {"n":1}\n\n');
  events.end();
  assert.equal(await readUntil(reader, '\n\n'), 'data: [DONE]\n\n');
});

test('a reader that leaves ends the question', async () => {
  const {events, asking, opening} = stage();
  events.push({data: {n: 1}});
  const reader = readerOf(await opening);
  await reader.read();
  await reader.cancel();
  assert.equal(asking.signal.aborted, true);
  assert.equal((asking.signal.reason as NetworkError).code, 'cancelled');
});
