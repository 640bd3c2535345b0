/** Conversations that are there can be named, pinned, replaced by newer ones, opened at a turn and deleted. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {modelHash} from '#protocol/ids.ts';
import {shownTurns} from './branches.ts';
import {createChat} from './chat.ts';
import {createHistory, sortOut} from './history.ts';
import type {Conversation, Turn} from './views.ts';

const turn = (id: string, parent: string | null): Turn => ({id, parent, role: 'user', text: id, status: 'done', at: 0});
const conversation = (id: string, fields: Partial<Conversation> = {}): Conversation => ({id, title: id, updated: 1, level: 'network', turns: [turn('a', null)], ...fields});

async function* nothing(): AsyncIterable<AskEvent> {}

function begin(conversations: readonly Conversation[], {ask = nothing, full = false}: {ask?: () => AsyncIterable<AskEvent>; full?: boolean} = {}) {
  const kept = new Map(conversations.map((each) => [each.id, each]));
  let last = 0;
  const chat = createChat({
    ask, own: {model: () => undefined, choose: () => {}}, sensitive: () => false, conversations, priceCap: () => 0n, now: () => 5, newId: () => `${(last += 1)}`,
    keep: async (each) => void kept.set(each.id, each),
    forget: async (id) => void kept.delete(id),
  });
  const keepAll = async (all: readonly Conversation[]) => {
    if (full) throw new Error('no room');
    for (const each of all) kept.set(each.id, each);
  };
  return {chat, history: createHistory({chat, keepAll}), kept};
}

test('a name and a pin are kept and shown; an empty name is none', async () => {
  const {chat, history, kept} = begin([conversation('one')]);
  chat.open('one');
  await history.rename('one', '  About bees  ');
  await history.pin('one', true);
  await history.rename('one', '   ');
  assert.deepEqual([chat.view.get().current.title, kept.get('one')?.title, kept.get('one')?.pinned], ['About bees', 'About bees', true]);
  await history.rename('unknown', 'x');
  assert.equal(kept.size, 1);
});

test('a name given while an answer comes outlives the answer', async () => {
  const gate = Promise.withResolvers<void>();
  const {chat, history, kept} = begin([], {
    async *ask() {
      await gate.promise;
      yield* nothing();
    },
  });
  chat.chooseModel(modelHash('ab'.repeat(32)));
  const sent = chat.send('Hello');
  const {id} = chat.view.get().current;
  await history.rename(id, 'Greeting');
  gate.resolve();
  await sent;
  assert.deepEqual([chat.view.get().current.title, kept.get(id)?.title], ['Greeting', 'Greeting']);
});

test('a turn of another branch is opened on its branch, one that is shown changes nothing', async () => {
  const forked = conversation('one', {turns: [turn('a', null), turn('b', 'a'), turn('c', 'a'), turn('d', 'c')], head: 'b'});
  const {chat, history, kept} = begin([forked]);
  chat.open('one');
  await history.reveal('one', 'a');
  assert.equal(chat.view.get().current.head, 'b');
  await history.reveal('one', 'c');
  assert.deepEqual(shownTurns(chat.view.get().current).map(({id}) => id), ['a', 'c', 'd']);
  assert.equal(kept.get('one')?.head, 'd');
});

test('what arrives takes the place of older ones only, and of none where it is not whole', () => {
  const here = [conversation('same'), conversation('older'), conversation('newer', {updated: 9})];
  const arrived = [conversation('same'), conversation('older', {updated: 2}), conversation('newer'), conversation('fresh')];
  const {taken, ...counts} = sortOut(here, {conversations: arrived, whole: true});
  assert.deepEqual(counts, {added: 1, replaced: 1, kept: 2});
  assert.deepEqual(taken.map(({id}) => id), ['fresh', 'older']);
  assert.deepEqual(sortOut(here, {conversations: arrived, whole: false}).taken.map(({id}) => id), ['fresh']);
});

test('where there is no room for all, none is shown', async () => {
  const {chat, history} = begin([conversation('one')], {full: true});
  await assert.rejects(history.add({conversations: [conversation('two')], whole: true}), /no room/);
  assert.deepEqual(chat.view.get().conversations.map(({id}) => id), ['one']);
});

test('all are deleted', async () => {
  const {chat, history, kept} = begin([conversation('one'), conversation('two')]);
  chat.open('two');
  await history.removeAll();
  assert.deepEqual([chat.view.get().conversations, kept.size, chat.view.get().current.turns], [[], 0, []]);
});
