/** Conversations: what is shown, what is kept, and that no mishap loses or resurrects anything. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '#protocol/errors.ts';
import type {ModelHash} from '#protocol/ids.ts';
import {answer, choice, model, node, receipt, stage, text} from './testing/chat-stage.ts';
import type {Conversation} from './views.ts';

test('a question and its answer: streamed into the view, kept with where it came from', async () => {
  const {chat, kept, send, turn} = stage();
  const {request, sent} = await send('  What is this? ');
  assert.deepEqual(request.messages, [{role: 'user', content: '  What is this? '}]);
  assert.deepEqual([chat.view.get().stage, request.prefer, request.level], ['finding', undefined, 'network']);
  request.events.push({type: 'bound', node, route: 'relayed'});
  request.events.push(text('A quiet '));
  await turn();
  assert.deepEqual([chat.view.get().stage, chat.view.get().current.turns.at(-1)?.text], ['answering', 'A quiet ']);
  for (const event of [text('network.'), {type: 'done', receipt} as const]) request.events.push(event);
  request.events.end();
  await sent;
  const [asked, answered] = chat.view.get().current.turns;
  assert.deepEqual([asked?.role, answered?.text, answered?.status, chat.view.get().stage], ['user', 'A quiet network.', 'done', 'idle']);
  assert.deepEqual([answered?.provenance?.nodes, answered?.provenance?.receipt, answered?.provenance?.price, answered?.provenance?.tokens], [[node], 'valid', 3n, 2]);
  assert.equal(chat.view.get().current.title, 'What is this?');
  assert.deepEqual(kept.get(chat.view.get().current.id), chat.view.get().current);
});

test('the next question tells the whole conversation and prefers the computer that answered it', async () => {
  const {send} = stage();
  const first = await send('one');
  for (const event of answer('1')) first.request.events.push(event);
  first.request.events.end();
  await first.sent;
  const {request} = await send('two');
  assert.deepEqual(request.messages.map(({content}) => content), ['one', '1', 'two']);
  assert.equal(request.prefer, node);
});

test('stop keeps what had come; the answer says that it was stopped', async () => {
  const {chat, send, turn} = stage();
  const {request, sent} = await send('x');
  request.events.push(text('half'));
  await turn();
  chat.stop();
  await sent;
  const last = chat.view.get().current.turns.at(-1);
  assert.deepEqual([last?.text, last?.status, last?.error], ['half', 'stopped', undefined]);
});

test('a failure keeps the question, names the reason, and the next question goes out', async () => {
  const {chat, send, requests} = stage();
  const {request, sent} = await send('x');
  request.events.fail(new NetworkError('no-node'));
  await sent;
  assert.deepEqual(chat.view.get().current.turns.map(({text: said, status, error}) => [said, status, error]), [['x', 'done', undefined], ['', 'failed', 'no-node']]);
  await send('y');
  assert.equal(requests.length, 2);
});

test('while an answer runs nothing else is sent; empty text never is', async () => {
  const {chat, send, requests} = stage();
  await send('x');
  await chat.send('y');
  await chat.again();
  await chat.edit(chat.view.get().current.turns[0]?.id ?? '', 'z');
  assert.equal(requests.length, 1);
  const {chat: other, requests: none} = stage();
  await other.send(' \n ');
  assert.equal(none.length, 0);
});

test('a conversation that is removed in mid-answer stops and stays away', async () => {
  const {chat, kept, send} = stage();
  const {request, sent} = await send('x');
  const {id} = chat.view.get().current;
  await chat.remove(id);
  await sent;
  assert.ok(request.signal.aborted);
  assert.deepEqual([chat.view.get().conversations, kept.size, chat.view.get().stage], [[], 0, 'idle']);
  assert.notEqual(chat.view.get().current.id, id);
});

test('a full store costs no answer: it is shown, and the person is told that it is not kept', async () => {
  const {chat, send} = stage({keep: async () => Promise.reject(new Error('quota'))});
  const {request, sent} = await send('x');
  for (const event of answer('here')) request.events.push(event);
  request.events.end();
  await assert.rejects(sent, /quota/);
  assert.equal(chat.view.get().current.turns.at(-1)?.text, 'here');
  assert.equal(chat.view.get().stage, 'idle');
});

test('again: the last answer is asked for anew, without what it had said', async () => {
  const {chat, send, requests, turn} = stage();
  const {request, sent} = await send('x');
  for (const event of answer('first')) request.events.push(event);
  request.events.end();
  await sent;
  void chat.again();
  await turn();
  assert.deepEqual(requests.at(-1)?.messages, [{role: 'user', content: 'x'}]);
});

test('opening another conversation while one is answered leaves both right', async () => {
  const old: Conversation = {id: 'old', title: 'old', updated: 1, level: 'mine', turns: []};
  const {chat, send} = stage({conversations: [old]});
  const {request, sent} = await send('x');
  chat.open('old');
  for (const event of answer('late')) request.events.push(event);
  request.events.end();
  await sent;
  assert.deepEqual([chat.view.get().current.id, chat.view.get().level], ['old', 'mine']);
  assert.equal(chat.view.get().conversations.find(({id}) => id !== 'old')?.turns.at(-1)?.text, 'late');
});

test('a model that nobody offers any more gives way to one that somebody does', () => {
  const {chat} = stage();
  assert.equal(chat.view.get().model, model);
  const other = {...choice, hash: 'cc'.repeat(32) as ModelHash};
  chat.setModels([other]);
  assert.equal(chat.view.get().model, other.hash);
  chat.setModels([]);
  assert.equal(chat.view.get().model, other.hash, 'what was chosen last stays named');
});
