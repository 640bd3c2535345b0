/** Pictures of questions: in their jobs, in later ones, in versions and in what waits; the oldest stay out where there is no room; a blind model gets none. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {concat} from '#protocol/bytes.ts';
import {makeJob, encodeJob} from '#protocol/job.ts';
import {limits, requestBuckets} from '#protocol/limits.ts';
import {jpegHeader} from '#protocol/testing/images.ts';
import {chatJob} from './chat-job.ts';
import {lackOf, leftOut} from './picture-questions.ts';
import {choice, stage} from './testing/chat-stage.ts';
import type {ModelChoice} from './views.ts';

/** A picture that can be told from others by its size. */
const picture = (more = 0) => concat(jpegHeader(), new Uint8Array(more));
const question = (text: string, ...images: ReturnType<typeof picture>[]) => ({role: 'user', text, images}) as const;
const seeing: ModelChoice = {...choice, tasks: ['chat', 'image-text']};

test('a job is about pictures where any is shown, and about words alone else', () => {
  const plain = chatJob([question('a'), {role: 'assistant', text: ''}, question('b')], undefined);
  assert.deepEqual([plain.task, plain.messages], ['chat', [{role: 'user', content: 'a'}, {role: 'user', content: 'b'}]]);
  const seen = chatJob([question('', picture()), {role: 'assistant', text: 'c'}, question('d')], {system: 'Be brief.', temperature: 700});
  assert.deepEqual([seen.task, seen.messages], ['image-text', [
    {role: 'system', content: 'Be brief.', images: []}, {role: 'user', content: '', images: [picture()]}, {role: 'assistant', content: 'c', images: []}, {role: 'user', content: 'd', images: []},
  ]]);
  assert.equal(makeJob(seen).task, 'image-text', 'it is a job that a computer takes');
});

test('the oldest pictures stay out: more than a job may have, or than fit its largest request beside the texts', () => {
  const current = {...stage().chat.view.get().current};
  const many = question('x', ...Array.from({length: limits.maxImages + 2}, (_, index) => picture(index)));
  const job = chatJob([many], undefined);
  assert.deepEqual(job.messages.flatMap((message) => ('images' in message ? message.images.map(({length}) => length) : [])), many.images.slice(2).map(({length}) => length));
  assert.equal(leftOut({current}, many), 2);
  const large = picture(100 * 1024);
  const turns = [question('old', large), question('t'.repeat(30_000)), question('new', large, large)];
  const fitting = chatJob(turns, undefined);
  assert.deepEqual(fitting.messages.map((message) => ('images' in message ? message.images.length : 0)), [0, 0, 2]);
  assert.ok(encodeJob(makeJob(fitting)).length < (requestBuckets.at(-1) ?? 0) - 1024);
  assert.equal(leftOut({current: {...current, turns: [{id: 'a', status: 'done', at: 0, ...question('old', large)}]}}, question('t'.repeat(30_000), large, large)), 1);
});

test('the largest question of five hundred turns still fits its request', () => {
  const turns = Array.from({length: limits.maxMessages}, (_, index) => question('words '.repeat(20), ...(index % 2 === 0 ? [picture(20_000)] : [])));
  assert.ok(encodeJob(makeJob(chatJob(turns, undefined))).length < (requestBuckets.at(-1) ?? 0) - 256);
});

test('pictures go with their question when it is asked, asked again, edited, and in what follows', async () => {
  const {chat, kept, requests, reply, turn} = stage({models: [seeing]});
  const told = () => requests.at(-1)?.job.task === 'image-text';
  void chat.send('', {images: [picture(1)]});
  await turn();
  assert.equal(told(), true);
  await reply('a moth');
  const {id, turns: [asked]} = chat.view.get().current;
  assert.deepEqual(kept.get(id)?.turns[0]?.images, [picture(1)]);
  void chat.again();
  await turn();
  assert.equal(told(), true);
  await reply('a bird');
  void chat.edit(asked?.id ?? '', 'What?');
  await turn();
  await reply('a moth, I say');
  assert.deepEqual([told(), chat.view.get().current.turns.at(-2)?.images], [true, [picture(1)]]);
  void chat.send('sure?');
  await turn();
  assert.equal(told(), true, 'a later question is about it too');
});

test('what waits keeps its pictures, when it goes out and when it is taken back', async () => {
  const {chat, requests, send, reply} = stage({models: [seeing]});
  await send('one');
  await chat.send('two', {images: [picture(2)]});
  assert.deepEqual(chat.takeBack()?.images, [picture(2)]);
  await chat.send('', {images: [picture(3)]});
  await chat.send('three', {images: [picture(4)]});
  await reply('1');
  const {job} = requests.at(-1) ?? {};
  assert.deepEqual(job?.task === 'image-text' && job.messages.at(-1), {role: 'user', content: 'three', images: [picture(3), picture(4)]});
});

test('a model that can not do it is not asked; why, and who can, is said before', async () => {
  const {chat, requests, last} = stage();
  await chat.send('What?', {images: [picture()]});
  assert.deepEqual([requests.length, last().error], [0, 'wrong-task']);
  const other = {...seeing, hash: 'cc'.repeat(32) as ModelChoice['hash'], label: 'a seeing one'};
  const {current, level, model} = stage().chat.view.get();
  const waiting = {...question('x', picture()), own: undefined};
  const lack = (models: readonly ModelChoice[], asked = waiting) => lackOf({current, level, model, models}, asked);
  assert.deepEqual(lack([choice]), {what: 'pictures', other: undefined});
  assert.deepEqual(lack([choice, {...other, nodes: 0}])?.other, undefined, 'nobody is there who could be asked');
  assert.deepEqual(lack([choice, other]), {what: 'pictures', other: 'a seeing one'});
  assert.deepEqual(lack([{...choice, tasks: ['image-text']}], {...question('x'), own: undefined}), {what: 'words', other: undefined});
  assert.equal(lack([seeing]), undefined);
  const own = {models: [{hash: choice.hash, label: 'small', demo: true, tasks: ['chat'], downloadBytes: 1, isHere: true}], chosen: choice.hash} as const;
  assert.deepEqual(lackOf({current, level: 'device', model, models: [other]}, {...waiting, own}), {what: 'pictures', other: undefined});
});

test('pictures count in what a question costs at most', () => {
  const priced: ModelChoice = {...seeing, prices: [{prompt: 1_000_000n, cached: 0n, completion: 0n, reasoning: 0n}]};
  const {chat} = stage({models: [priced]});
  assert.ok(chat.quote('x', {images: [picture(50_000)]}) > chat.quote('x'));
});
