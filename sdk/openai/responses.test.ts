/** The events of a response: which, in which order, and what they hold. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {eventsOf, FaceStage} from '../testing/face-stage.ts';

interface Event {
  readonly type: string;
  readonly sequence_number: number;
  readonly response?: {readonly id: string; readonly status: string; readonly output: readonly {readonly id: string; readonly status: string}[]; readonly incomplete_details: object | null; readonly error: object | null};
}

async function stage(answer: string, failAfter?: number): Promise<FaceStage> {
  const face = new FaceStage();
  await face.node(fakeEngine({clock: face.clock, answer: () => answer, ...(failAfter === undefined ? {} : {failAfter})}));
  return face;
}

/** Types, with what comes several times in a row named once. */
const typesOf = (events: readonly Event[]): readonly string[] => events.map(({type}) => type).filter((type, index, all) => type !== all[index - 1]);

const item = (delta: string, done: string) => ['response.output_item.added', 'response.content_part.added', delta, done, 'response.content_part.done', 'response.output_item.done'];

test('what was thought and what is said: each item from its beginning to its end, numbered without a gap', async () => {
  const answer = await (await stage('<think>hm hm</think>yes or no')).post('responses', {model: 'parrot', input: 'x', stream: true});
  const events = eventsOf<Event>(answer);
  assert.deepEqual(typesOf(events), [
    'response.created', 'response.in_progress',
    ...item('response.reasoning_text.delta', 'response.reasoning_text.done'),
    ...item('response.output_text.delta', 'response.output_text.done'),
    'response.completed',
  ]);
  assert.deepEqual(events.map(({sequence_number}) => sequence_number), events.map((_, index) => index));
  const [first, last] = [events[0]?.response, events.at(-1)?.response];
  assert.deepEqual(first?.output, []);
  assert.equal(first?.status, 'in_progress');
  assert.equal(first?.id, last?.id);
  assert.deepEqual(last?.output.map(({status}) => status), ['completed', 'completed']);
  assert.match(answer.text, /^event: response\.created\ndata: /);
  assert.ok(answer.text.endsWith('data: [DONE]\n\n'));
});

test('an answer that was cut is incomplete, and says why', async () => {
  const body = {model: 'parrot', input: 'x', max_output_tokens: 2};
  const face = await stage('one two three');
  const whole = (await face.post('responses', body)).json<NonNullable<Event['response']> & {max_output_tokens: number}>();
  assert.deepEqual([whole.status, whole.incomplete_details, whole.output[0]?.status, whole.max_output_tokens], ['incomplete', {reason: 'max_output_tokens'}, 'incomplete', 2]);
  assert.equal(eventsOf<Event>(await face.post('responses', {...body, stream: true})).at(-1)?.type, 'response.incomplete');
});

test('a failure while it is written: the response failed with what there was, then the error', async () => {
  const events = eventsOf<Event>(await (await stage('one two three', 1)).post('responses', {model: 'parrot', input: 'x', stream: true}));
  assert.deepEqual(typesOf(events).slice(-3), ['response.output_item.done', 'response.failed', 'error']);
  const failed = events.at(-2)?.response;
  assert.equal(failed?.status, 'failed');
  assert.equal(failed?.output.length, 1);
  assert.notEqual(failed?.error, null);
});

test('a failure before anything is written is a status', async () => {
  const {status, json} = await new FaceStage().post('responses', {model: 'parrot', input: 'x', stream: true});
  assert.equal(status, 503);
  assert.equal(json<{error: {code: string}}>().error.code, 'no_capacity');
});

test('nothing said is an empty message', async () => {
  const {output} = (await (await stage('')).post('responses', {model: 'parrot', input: 'x'})).json<{output: readonly object[]}>();
  assert.deepEqual(output.map((each) => ({...each, id: ''})), [{type: 'message', id: '', role: 'assistant', status: 'completed', content: [{type: 'output_text', text: '', annotations: [], logprobs: []}]}]);
});
