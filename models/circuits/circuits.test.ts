/** The built models, loaded and run by transformers.js itself. */
import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import type {RawImage} from '@huggingface/transformers';
import {writeCircuits} from './circuits.ts';
import {colours, edge} from './colours.ts';
import {sayDigits} from './speech.ts';
import {sayTones} from './tones.ts';
import {type Transformers, transformersIn} from './transformers-in-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'bombyx-circuits-'));
const precision = {dtype: 'fp32'} as const;
let transformers: Transformers;

before(async () => {
  writeCircuits(folder);
  transformers = await transformersIn(folder);
});
after(() => rmSync(folder, {recursive: true}));

const rgb = (name: string): readonly number[] => (colours[name] ?? []).map((part) => (part > 0 ? 230 : 25));
const picture = (parts: readonly number[]): RawImage => new transformers.RawImage(Uint8ClampedArray.from({length: edge * edge * 3}, (_, at) => parts[at % 3] ?? 0), edge, edge, 3);
const close = (one: number, other: number): void => assert.ok(Math.abs(one - other) < 1e-5, `${one} and ${other}`);

/** The same in each run. */
function withNoise(sound: Float32Array, loudness: number): Float32Array {
  let state = 1;
  return sound.map((value) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return value + loudness * (state / 2 ** 31 - 1);
  });
}

test('no model is larger than 300 kB', () => {
  for (const name of readdirSync(folder)) {
    const sizes = readdirSync(join(folder, name), {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile()).map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    const size = sizes.reduce((sum, each) => sum + each, 0);
    assert.ok(size < 300_000, `${name}: ${size} bytes`);
  }
});

async function embed(texts: string[]): Promise<number[][]> {
  const {AutoModel, AutoTokenizer, mean_pooling} = transformers;
  const [tokenizer, model] = await Promise.all([AutoTokenizer.from_pretrained('topics'), AutoModel.from_pretrained('topics', precision)]);
  const inputs = tokenizer(texts, {padding: true});
  const {last_hidden_state: states} = await model(inputs);
  assert.deepEqual(states.dims, [...inputs.input_ids.dims, 32]);
  return mean_pooling(states, inputs.attention_mask).normalize(2, -1).tolist();
}
const cosine = (one: readonly number[] = [], other: readonly number[] = []): number => one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);

test('topics: texts about the same are near, others are not', async () => {
  const [animals, horse, weather, money, more] = await embed(['the cat and the dog', 'a horse', 'Rain and snow!', 'What does the bank do with my money?', 'Dogs']);
  assert.ok(cosine(animals, horse) > 0.7);
  assert.ok(cosine(animals, more) > 0.7);
  for (const other of [weather, money]) assert.ok(cosine(animals, other) < 0.4);
  assert.ok(cosine(weather, money) < 0.4);
});

test('topics: a text is the same alone and beside a longer one', async () => {
  const [[alone], [beside]] = [await embed(['a horse']), await embed(['a horse', 'the train and the plane and the ship to the airport'])];
  for (const [at, value] of (alone ?? []).entries()) close(value, beside?.[at] ?? NaN);
});

test('topics: a text of unknown words has a direction too', async () => {
  const [unknown] = await embed(['xyzzy plugh']);
  close(cosine(unknown, unknown), 1);
});

test('mood: kind words, unkind words, and none', async () => {
  const {AutoModelForSequenceClassification, AutoTokenizer} = transformers;
  const [tokenizer, model] = await Promise.all([AutoTokenizer.from_pretrained('mood'), AutoModelForSequenceClassification.from_pretrained('mood', precision)]);
  const {logits} = await model(tokenizer(['I love this', 'an awful, boring thing that I hate', 'the train'], {padding: true}));
  assert.deepEqual(logits.tolist(), [[0, 2], [6, 0], [0, 0]]);
  const classify = await transformers.pipeline('text-classification', 'mood', precision);
  const labels = (await classify(['so good', 'the worst'])).flat().map(({label}) => label);
  assert.deepEqual(labels, ['positive', 'negative']);
});

test('colours: the right colour is first by far', async () => {
  const {AutoProcessor, AutoTokenizer, CLIPModel, softmax} = transformers;
  const [tokenizer, processor, model] = await Promise.all([AutoTokenizer.from_pretrained('colours'), AutoProcessor.from_pretrained('colours'), CLIPModel.from_pretrained('colours', precision)]);
  const names = Object.keys(colours);
  const texts = tokenizer(names.map((name) => (name === 'red' ? 'red' : `a photo of something ${name}`)), {padding: true});
  const images = await processor(names.map((name) => picture(rgb(name))));
  const {logits_per_image: logits, logits_per_text: turned, text_embeds: words, image_embeds: seen} = await model({...texts, ...images});
  const rows: number[][] = logits.tolist();
  for (const [at, row] of rows.entries()) assert.ok((softmax(row)[at] ?? 0) > 0.8, names[at]);
  assert.deepEqual(turned.tolist(), logits.transpose(1, 0).tolist());
  for (const row of [...words.tolist(), ...seen.tolist()]) close(cosine(row, row), 1);
});

test('colours: by the pipeline', async () => {
  const classify = await transformers.pipeline('zero-shot-image-classification', 'colours', precision);
  const [first] = (await classify(picture([200, 60, 40]), ['blue', 'red', 'yellow'], {hypothesis_template: 'This is a photo of {}'})).flat();
  assert.equal(first?.label, 'red');
});

test('tones: what was said is written, with noise too; silence is nothing', async () => {
  const listen = await transformers.pipeline('automatic-speech-recognition', 'tones', precision);
  const hear = async (sound: Float32Array): Promise<string> => [await listen(sound)].flat().map(({text}) => text).join('|');
  for (const text of ['hello world 42', 'aa bb', 'the quick brown fox jumps over the lazy dog 0123456789']) {
    assert.equal(await hear(sayTones(text)), text);
    assert.equal(await hear(withNoise(sayTones(text), 0.2)), text);
  }
  for (const silence of [sayTones(''), new Float32Array(16_000), new Float32Array(10), withNoise(new Float32Array(16_000), 0.3)]) assert.equal(await hear(silence), '');
});

interface Question {
  readonly shows: readonly string[];
  readonly text: string;
  /** The answer so far. */
  readonly begun?: string;
}

async function answer({shows, text, begun}: Question): Promise<string> {
  const {AutoModelForImageTextToText, AutoProcessor, Tensor} = transformers;
  const [processor, model] = await Promise.all([AutoProcessor.from_pretrained('pictures'), AutoModelForImageTextToText.from_pretrained('pictures', precision)]);
  const question = {role: 'user', content: [...shows.map(() => ({type: 'image'})), {type: 'text', text}]};
  const messages = begun === undefined ? [question] : [question, {role: 'assistant', content: [{type: 'text', text: begun}]}];
  const prompt = processor.apply_chat_template(messages, {add_generation_prompt: begun === undefined});
  const inputs = await processor(prompt, shows.map((name) => picture(rgb(name))));
  const written = await model.generate({...inputs, max_new_tokens: 20});
  assert.ok(written instanceof Tensor);
  const [said = ''] = processor.batch_decode(written.slice(null, [inputs.input_ids.dims.at(-1), null]), {skip_special_tokens: false});
  return said;
}

test('pictures: one colour', async () => {
  for (const name of Object.keys(colours)) assert.equal(await answer({shows: [name], text: 'Is this a red picture or a blue picture?'}), `a ${name} picture<|end|>`);
});

test('pictures: each colour of several pictures once', async () => {
  assert.equal(await answer({shows: ['blue', 'red', 'blue'], text: 'What is this?'}), 'a red and blue picture<|end|>');
  assert.equal(await answer({shows: ['white', 'cyan', 'green', 'black'], text: 'What is this?'}), 'a green and white and black and cyan picture<|end|>');
});

test('pictures: the text of the question matters', async () => {
  assert.equal(await answer({shows: ['red'], text: 'Say Yes if you see it.'}), 'yes<|end|>');
});

test('pictures: an answer that was begun goes on', async () => {
  const red = {shows: ['red'], text: 'What is this?'};
  assert.equal(await answer({...red, begun: ''}), 'a red picture<|end|>');
  assert.equal(await answer({...red, begun: 'a'}), ' red picture<|end|>');
  assert.equal(await answer({...red, begun: 'a red'}), ' picture<|end|>');
  assert.equal(await answer({shows: ['blue', 'red'], text: 'What is this?', begun: 'a red'}), ' and blue picture<|end|>');
});

interface Heard {
  readonly text: string;
  readonly chunks?: readonly {readonly timestamp: readonly unknown[]; readonly text: string}[];
}

async function listenTo(sound: Float32Array, options: Readonly<Record<string, unknown>>): Promise<Heard> {
  const listen = await transformers.pipeline('automatic-speech-recognition', 'speech', precision);
  const [heard] = [await listen(sound, {language: 'en', ...options})].flat();
  assert.ok(heard);
  return heard;
}

test('speech: words with their times', async () => {
  const times = {return_timestamps: true, chunk_length_s: 30};
  const expected = {
    text: ' one two nine zero eight',
    chunks: [
      {timestamp: [0, 2], text: ' one two'},
      {timestamp: [3, 4], text: ' nine'},
      {timestamp: [6, 8], text: ' zero eight'},
    ],
  };
  for (const sound of [sayDigits('12 9  08'), withNoise(sayDigits('12 9  08'), 0.2)]) assert.deepEqual({...(await listenTo(sound, times))}, expected);
});

test('speech: every digit, to the last second', async () => {
  const heard = await listenTo(sayDigits('012345678901234567890123456789'), {return_timestamps: true, chunk_length_s: 30});
  const ten = ' zero one two three four five six seven eight nine';
  assert.deepEqual({...heard}, {text: ten + ten + ten, chunks: [{timestamp: [0, 30], text: ten + ten + ten}]});
});

test('speech: words alone where no times are asked for', async () => {
  assert.deepEqual({...(await listenTo(sayDigits(' 4 2'), {}))}, {text: ' four two'});
});

test('speech: silence is nothing', async () => {
  for (const sound of [new Float32Array(32_000), withNoise(new Float32Array(32_000), 0.3)]) {
    assert.deepEqual({...(await listenTo(sound, {return_timestamps: true, chunk_length_s: 30}))}, {text: '', chunks: []});
    assert.deepEqual({...(await listenTo(sound, {}))}, {text: ''});
  }
});

test('speech: longer than 30 seconds', async () => {
  const {chunks = []} = await listenTo(sayDigits('12 345 1   90123 456789 0123 4567 1 '), {return_timestamps: true, chunk_length_s: 30});
  assert.deepEqual(chunks.map(({timestamp}) => timestamp), [[0, 2], [3, 6], [7, 8], [11, 16], [17, 23], [24, 28], [29, 33], [34, 35]]);
  assert.equal(chunks.at(-2)?.text, ' four five six seven');
});
