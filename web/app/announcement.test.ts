/** The announcer speaks exactly twice per answer: at its beginning and at its end. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Conversation, Turn} from '../state/views.ts';
import {announcement} from './announcement.ts';
import {heard, isAnswering, type Heard} from './answering.ts';

const turn = (fields: Partial<Turn>): Turn => ({id: '2', role: 'assistant', text: '', status: 'streaming', at: 0, ...fields});
const state = (busy: boolean, last: Turn | undefined, {conversation = 'a'} = {}): Heard => ({conversation, busy, last});

const conversation = (...turns: Turn[]): Conversation => ({id: 'a', title: '', updated: 0, level: 'network', turns});

/** Everything said on the way through the states. */
function said(states: readonly Heard[], manner?: 'answers' | 'sentences' | 'off'): string[] {
  const words: string[] = [];
  states.forEach((now, index) => {
    const word = announcement(states[index - 1], now, manner);
    if (word !== undefined) words.push(word);
  });
  return words;
}

test('one answer: its beginning and its end, whatever comes between', () => {
  assert.deepEqual(said([
    state(false, undefined),
    state(true, undefined),
    state(true, turn({text: '**One'})),
    state(true, turn({text: '**One** two'})),
    state(false, turn({text: '**One** two', status: 'done'})),
    state(false, turn({text: '**One** two', status: 'done'})),
  ]), ['Answering…', 'Answer: One two']);
});

test('a stopped and a failed answer say so', () => {
  assert.deepEqual(said([state(true, turn({})), state(false, turn({status: 'stopped', text: 'half'}))]), ['Stopped. So far: half']);
  assert.match(said([state(true, turn({})), state(false, turn({status: 'failed', error: 'offline'}))])[0] ?? '', /^No complete answer\. The relay/);
});

test('opening another conversation says nothing and forgets', () => {
  assert.deepEqual(said([state(true, turn({})), state(false, turn({status: 'done', text: 'old'}), {conversation: 'b'})]), ['']);
});

test('an answer in another conversation is not one here', () => {
  assert.equal(isAnswering(conversation(turn({status: 'done'})), 'answering'), false);
  assert.equal(isAnswering(conversation(turn({status: 'streaming'})), 'answering'), true);
  assert.equal(isAnswering(conversation(turn({role: 'user', status: 'done'})), 'finding'), true);
  assert.equal(isAnswering(conversation(turn({role: 'user', status: 'done'})), 'idle'), false);
});

test('sentence by sentence: each once, the rest at the end, nothing twice', () => {
  assert.deepEqual(said([
    state(false, undefined),
    state(true, turn({text: ''})),
    state(true, turn({text: 'One'})),
    state(true, turn({text: 'One. Two'})),
    state(true, turn({text: 'One. Two, 3.5 and'})),
    state(true, turn({text: 'One. Two, 3.5 and **more**! Is it? So'})),
    state(false, turn({text: 'One. Two, 3.5 and **more**! Is it? So be it', status: 'done'})),
  ], 'sentences'), ['Answering…', 'One.', 'Two, 3.5 and more! Is it?', 'So be it']);
});

test('switched off, nothing is said', () => {
  assert.deepEqual(said([state(false, undefined), state(true, turn({})), state(false, turn({text: 'x', status: 'done'}))], 'off').join(''), '');
});

test('what is heard is the branch that is shown', () => {
  const branched = {...conversation(turn({id: 'q', role: 'user', status: 'done', parent: null}), turn({id: 'a', status: 'done', parent: 'q'}), turn({id: 'b', status: 'streaming', parent: 'q'})), head: 'a'};
  assert.deepEqual([heard(branched, 'idle').last?.id, isAnswering(branched, 'idle'), isAnswering({...branched, head: 'b'}, 'answering')], ['a', false, true]);
});
