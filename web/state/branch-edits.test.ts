/** The tree of a conversation: what is added, taken away and put back, also where old turns name no parent. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answersTo, questionAt, withBack, withoutTurn, withTurn, withTurnAs} from './branch-edits.ts';
import {shownTurns} from './branches.ts';
import type {Conversation, Turn} from './views.ts';

const turn = (id: string, parent?: string | null): Turn => ({id, role: id.startsWith('q') ? 'user' : 'assistant', text: id, status: 'done', at: 0, ...(parent === undefined ? {} : {parent})});
const conversation = (...turns: Turn[]): Conversation => ({id: 'c', title: '', updated: 0, level: 'network', turns});
const ids = (shown: Conversation) => shownTurns(shown).map(({id}) => id).join(' ');
const linear = conversation(turn('q1'), turn('a1'), turn('q2'), turn('a2'));

test('a turn beside an old one: both branches are whole', () => {
  const branched = withTurn(linear, {parent: 'q1', turn: turn('b1')});
  assert.deepEqual([ids(branched), ids({...branched, head: 'a2'})], ['q1 b1', 'q1 a1 q2 a2']);
  assert.deepEqual(answersTo(branched, 'q1').map(({id}) => id), ['a1', 'b1']);
  assert.equal(ids(withTurnAs(branched, {...turn('b1'), text: 'more'})), 'q1 b1');
});

test('a turn goes with all that follows it, in every branch, and no other turn changes its place', () => {
  const branched = withTurn(withTurn(linear, {parent: 'a1', turn: turn('q3')}), {parent: 'q3', turn: turn('a3')});
  assert.equal(ids(withoutTurn(branched, {id: 'q2', head: undefined})), 'q1 a1 q3 a3');
  assert.equal(ids(withoutTurn(branched, {id: 'q3', head: 'a2'})), 'q1 a1 q2 a2');
  const none = withoutTurn(branched, {id: 'q1', head: undefined});
  assert.deepEqual([none.turns, none.head, ids(none)], [[], undefined, '']);
  // Without its neighbour in the list an old turn would follow another one.
  const old = conversation(turn('q1'), turn('a1'), turn('q2'), turn('a2'));
  assert.equal(ids(withoutTurn(withTurn(old, {parent: null, turn: turn('q0')}), {id: 'a1', head: 'q1'})), 'q1');
});

test('what was taken comes back as it was, beside what came since', () => {
  const less = withoutTurn(linear, {id: 'q2', head: undefined});
  assert.equal(ids(withBack(less, linear)), 'q1 a1 q2 a2');
  const since = withTurn(less, {parent: 'a1', turn: turn('q9')});
  const back = withBack(since, linear);
  assert.deepEqual([ids(back), ids({...back, head: 'q9'})], ['q1 a1 q2 a2', 'q1 a1 q9']);
});

test('the question of an answer, of itself, and the last one', () => {
  assert.deepEqual([questionAt(linear, 'a1')?.id, questionAt(linear, 'q1')?.id, questionAt(linear, undefined)?.id, questionAt(conversation(), undefined)], ['q1', 'q1', 'q2', undefined]);
});
