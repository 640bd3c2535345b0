/** Lines of a sound as one text, and what becomes of a piece that is done anew. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {lyrebird} from '../testing/catalogue.ts';
import {FaceStage} from '../testing/face-stage.ts';
import {joined, textOf} from './speech.ts';

test('texts are joined as they would be written', () => {
  assert.equal(joined('Hello.', 'World.'), 'Hello. World.');
  assert.equal(joined('', 'World.'), 'World.');
  assert.equal(joined('你好。', '世界'), '你好。世界');
  assert.equal(textOf([{startMs: 0, endMs: 1, text: 'a'}, {startMs: 1, endMs: 2, text: ''}, {startMs: 2, endMs: 3, text: 'b'}]), 'a b');
});

test('a computer that is lost in the middle of a piece: nothing is told twice', async () => {
  const face = new FaceStage({decodeSound: async () => new Float32Array(16_000)});
  const items = () => [{startMs: 0, endMs: 500, text: 'one'}, {startMs: 500, endMs: 900, text: 'two'}];
  let isFirst = true;
  for (let count = 0; count < 2; count += 1) {
    const engine = fakeEngine({clock: face.clock, answer: () => '', items, msPerToken: 300});
    await face.node({...engine, async *generate(job, signal) {
      const fails = isFirst;
      isFirst = false;
      for await (const event of engine.generate(job, signal)) {
        yield event;
        if (fails && event.type === 'item') throw new Error('lost');
      }
    }}, lyrebird);
  }
  const form = new FormData();
  form.set('model', 'lyrebird');
  form.set('file', new File(['x'], 'sound.wav'));
  const {text, usage} = (await face.post('audio/transcriptions', form)).json<{text: string; usage: {bombyx: {answers: readonly {nodes: readonly string[]}[]}}}>();
  assert.equal(isFirst, false);
  assert.equal(text, 'one two');
  assert.equal(usage.bombyx.answers[0]?.nodes.length, 2);
});
