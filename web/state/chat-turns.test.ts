/** Single turns: asked again, written anew, deleted and put back; and what a conversation is told and where it is kept. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {NetworkError} from '#protocol/errors.ts';
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {choice, model, node, stage} from './testing/chat-stage.ts';

test('again: the new answer stands beside the old one, and only the shown branch is told', async () => {
  const {chat, kept, requests, converse, reply, shown, last, turn} = stage();
  await converse('one', '1', 'two', '2');
  void chat.again({turn: chat.view.get().current.turns[1]?.id ?? ''});
  await turn();
  assert.deepEqual(requests.at(-1)?.messages.map(({content}) => content), ['one']);
  await reply('1b');
  assert.equal(shown(), 'one 1b');
  await chat.turnTo(last().id, -1);
  assert.equal(shown(), 'one 1 two 2');
  assert.deepEqual(kept.get(chat.view.get().current.id), chat.view.get().current, 'the branch that is shown is kept');
  await chat.turnTo(chat.view.get().current.turns[1]?.id ?? '', 1);
  await converse('three', '3');
  assert.deepEqual(requests.at(-1)?.messages.map(({content}) => content), ['one', '1b', 'three']);
});

test('again: by the same computer, by another one, with another model', async () => {
  const {chat, requests, converse, reply, last, turn} = stage();
  const other = 'cc'.repeat(32) as ModelHash;
  const second = 'dd'.repeat(32) as NodeId;
  chat.setModels([choice, {...choice, hash: other, label: 'other'}]);
  await converse('x', '1');
  void chat.again({by: 'another'});
  await turn();
  assert.deepEqual([requests.at(-1)?.prefer, requests.at(-1)?.without], [undefined, new Set([node])]);
  await reply('2', second);
  void chat.again({turn: last().id, by: 'same'});
  await turn();
  assert.deepEqual([requests.at(-1)?.prefer, requests.at(-1)?.without], [second, undefined]);
  await reply('3', second);
  void chat.again({by: 'another'});
  await turn();
  assert.deepEqual(requests.at(-1)?.without, new Set([node, second]));
  await reply('4');
  void chat.again({model: other});
  await turn();
  assert.deepEqual([requests.at(-1)?.model, chat.view.get().model], [other, model]);
  await reply('5');
  assert.equal(last().provenance?.model, 'other');
});

test('again after nothing came: the empty answer gives way, it is no alternative', async () => {
  const {chat, send, reply, shown, turn} = stage();
  const {request, sent} = await send('x');
  request.events.fail(new NetworkError('no-node'));
  await sent;
  void chat.again();
  await turn();
  await reply('here');
  assert.deepEqual([shown(), chat.view.get().current.turns.length], ['x here', 2]);
});

test('again goes to whom the person allows now, not to whom it went then', async () => {
  const {chat, requests, converse, turn} = stage();
  await converse('x', '1');
  chat.chooseLevel('mine');
  void chat.again();
  await turn();
  assert.equal(requests.at(-1)?.level, 'mine');
});

test('edit: a question is asked anew beside the old one, an answer becomes the person’s own words', async () => {
  const {chat, requests, converse, reply, shown, last, turn} = stage();
  await converse('one', '1', 'two', '2');
  void chat.edit(chat.view.get().current.turns[2]?.id ?? '', 'deux');
  await turn();
  assert.deepEqual(requests.at(-1)?.messages.map(({content}) => content), ['one', '1', 'deux']);
  await reply('II');
  assert.equal(shown(), 'one 1 deux II');
  await chat.edit(last().id, 'my own');
  assert.deepEqual([shown(), last().edited, last().provenance, requests.length], ['one 1 deux my own', true, undefined, 3]);
  await chat.turnTo(last().id, -1);
  assert.equal(shown(), 'one 1 deux II');
  assert.equal(chat.view.get().current.title, 'one');
});

test('a turn is deleted and put back; the last one takes the conversation out of the store', async () => {
  const {chat, kept, converse, shown} = stage();
  await converse('one', '1', 'two', '2');
  const [first, , third] = chat.view.get().current.turns;
  const undo = await chat.removeTurn(third?.id ?? '');
  assert.equal(shown(), 'one 1');
  await undo?.();
  assert.equal(shown(), 'one 1 two 2');
  const back = await chat.removeTurn(first?.id ?? '');
  assert.deepEqual([shown(), kept.size], ['', 0]);
  await back?.();
  assert.deepEqual([shown(), kept.get(chat.view.get().current.id)?.turns.length], ['one 1 two 2', 4]);
});

test('what is sent meanwhile waits, can be taken back, and goes out at the end', async () => {
  const {chat, requests, send, reply, shown} = stage();
  await send('one');
  await chat.send('two');
  assert.deepEqual(chat.view.get().queued.map(({text: said}) => said), ['two']);
  assert.equal(chat.takeBack()?.text, 'two');
  assert.deepEqual([chat.takeBack(), chat.view.get().queued], [undefined, []]);
  await chat.send('deux');
  await chat.send('trois');
  await reply('1');
  assert.deepEqual([requests.length, requests.at(-1)?.messages.at(-1)?.content, chat.view.get().queued.length], [2, 'deux\n\ntrois', 0]);
  await reply('2');
  assert.equal(shown(), 'one 1 deux\n\ntrois 2');
});

test('after a stop nothing goes out by itself; another conversation that waits is not lost', async () => {
  const {chat, requests, send, reply, turn} = stage();
  const {sent} = await send('one');
  await chat.send('two');
  chat.stop();
  await sent;
  assert.deepEqual([requests.length, chat.view.get().queued[0]?.held], [1, true]);
  assert.equal(chat.takeBack()?.text, 'two');
  void chat.send('three');
  await turn();
  chat.begin();
  await chat.send('elsewhere');
  const {id} = chat.view.get().current;
  chat.begin();
  await reply('3');
  assert.equal(requests.at(-1)?.messages[0]?.content, 'elsewhere');
  await reply('there');
  assert.equal(chat.view.get().conversations.find((each) => each.id === id)?.turns.length, 2);
});

test('a temporary conversation is never kept nor listed, and leaving it ends it', async () => {
  const {chat, kept, send, converse, shown} = stage();
  chat.setTemporary(true);
  await converse('secret', 'told');
  assert.deepEqual([shown(), kept.size, chat.view.get().conversations.length], ['secret told', 0, 0]);
  const {request, sent} = await send('more');
  chat.begin();
  await sent;
  assert.deepEqual([request.signal.aborted, kept.size, chat.view.get().conversations, shown(), chat.view.get().current.temporary], [true, 0, [], '', undefined]);
  chat.begin({temporary: true});
  assert.equal(chat.view.get().current.temporary, true);
  chat.setTemporary(false);
  await converse('kept', 'yes');
  assert.equal(kept.size, 1);
  chat.setTemporary(true);
  assert.equal(chat.view.get().current.temporary, undefined, 'one that is kept already stays kept');
});

test('instructions: told first, counted in the quote, kept with the conversation', async () => {
  const {chat, kept, requests, converse} = stage();
  chat.setModels([{...choice, prices: [{prompt: 1_000_000n, cached: 1_000_000n, completion: 1_000_000n, reasoning: 1_000_000n}]}]);
  const plain = chat.quote('x');
  await chat.instruct({system: 's'.repeat(2000), maxTokens: 1024});
  const longer = chat.quote('x');
  await chat.instruct({system: 's'.repeat(2000), maxTokens: 16, temperature: 700, stop: ['END']});
  const shorter = chat.quote('x');
  assert.ok(plain > 0n && longer > plain && shorter === longer - 1008n, `${plain} ${longer} ${shorter}`);
  await converse('x', '1');
  const {job, priceCap} = requests.at(-1) ?? assert.fail();
  assert.deepEqual(job, {task: 'chat', messages: [{role: 'system', content: 's'.repeat(2000)}, {role: 'user', content: 'x'}], maxTokens: 16, temperature: 700, stop: ['END']});
  assert.equal(priceCap, shorter);
  assert.equal(kept.get(chat.view.get().current.id)?.instructions?.temperature, 700);
  await chat.instruct(undefined);
  assert.equal(kept.get(chat.view.get().current.id)?.instructions, undefined);
});

test('where no model was ever on offer, the question is not lost', async () => {
  const {chat, kept, requests, shown, last, turn, reply} = stage({models: []});
  await chat.send('x');
  assert.deepEqual([shown().trim(), last().error, requests.length, kept.size], ['x', 'no-node', 0, 1]);
  chat.setModels([choice]);
  void chat.again();
  await turn();
  await reply('here');
  assert.equal(shown(), 'x here');
});
