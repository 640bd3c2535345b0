/** Sounds in a conversation: written down first, and never given away for nothing. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {lyrebird, parrot} from '../testing/catalogue.ts';
import {type Answer, FaceStage} from '../testing/face-stage.ts';

interface Chat {
  readonly choices: readonly {readonly message: {readonly content: string}}[];
  readonly usage: {readonly bombyx: {readonly answers: readonly {readonly model: {readonly id: string}; readonly nodes: readonly string[]}[]}};
}
const body = {model: 'parrot', messages: [{role: 'user', content: [{type: 'text', text: 'What is this?'}, {type: 'input_audio', input_audio: {data: 'AAAA', format: 'wav'}}]}]};
const errorOf = (answer: Answer) => [answer.status, answer.json<{error: {param: string | null; code: string}}>().error.param ?? answer.json<{error: {code: string}}>().error.code];

function stage() {
  const face = new FaceStage({decodeSound: async () => new Float32Array(31 * 16_000)});
  const talker = () => face.node(fakeEngine({clock: face.clock, answer: ({messages}) => messages.map(({content}) => content).join('|')}), parrot);
  const listener = () => face.node(fakeEngine({clock: face.clock, answer: () => '', items: () => [{startMs: 0, endMs: 10, text: 'a bird'}]}), lyrebird);
  return {face, talker, listener};
}

test('what is said stands where the sound was; who heard it is told', async () => {
  const {face, talker, listener} = stage();
  const [answerer, hearer] = [await talker(), await listener()];
  const answer = await face.post('chat/completions', body);
  const {choices, usage} = answer.json<Chat>();
  assert.equal(choices[0]?.message.content, 'What is this?\na bird a bird');
  assert.deepEqual(usage.bombyx.answers.map(({model, nodes}) => [model.id, nodes[0]]), [['parrot', answerer.id], ['lyrebird', hearer.id], ['lyrebird', hearer.id]]);
  assert.equal(answer.headers.get('x-bombyx-node'), answerer.id);
});

test('responses hear in the same way', async () => {
  const {face, talker, listener} = stage();
  await talker();
  await listener();
  const input = [{role: 'user', content: [{type: 'input_audio', input_audio: {data: 'AAAA', format: 'wav'}}]}];
  const {output} = (await face.post('responses', {model: 'parrot', input})).json<{output: readonly {content: readonly {text: string}[]}[]}>();
  assert.equal(output[0]?.content[0]?.text, 'a bird a bird');
});

test('where nobody writes down speech the part is named, and nobody is asked', async () => {
  const {face, talker} = stage();
  const {outcomes} = await talker();
  assert.deepEqual(errorOf(await face.post('chat/completions', body)), [400, 'messages.0.content.1.input_audio']);
  const input = [{role: 'user', content: 'x'}, {role: 'user', content: body.messages[0]?.content.slice(1)}];
  assert.deepEqual(errorOf(await face.post('responses', {model: 'parrot', input})), [400, 'input.1.content.0']);
  assert.deepEqual(outcomes, []);
});

test('what is wrong elsewhere is told before a sound is given away', async () => {
  const {face, talker, listener} = stage();
  await talker();
  const {outcomes} = await listener();
  const messages = [...body.messages, {role: 'system', content: [{type: 'image_url', image_url: {url: 'https://example.org/a.png'}}]}];
  assert.equal((await face.post('chat/completions', {...body, messages})).status, 400);
  assert.deepEqual(errorOf(await face.post('chat/completions', {...body, messages: [...body.messages, {role: 'system', content: 'x'}]})), [400, 'messages']);
  assert.deepEqual(outcomes, []);
});

test('where nobody could answer, nobody hears the sound', async () => {
  const {face, listener} = stage();
  const {outcomes} = await listener();
  assert.deepEqual(errorOf(await face.post('chat/completions', body)), [503, 'no_capacity']);
  assert.deepEqual(outcomes, []);
});
