/** Which turns of a branched conversation are shown. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {headBeside, placesOf, shownTurns} from './branches.ts';
import type {Turn} from './views.ts';

const turn = (id: string, parent?: string | null): Turn => ({id, role: 'user', text: id, status: 'done', at: 0, ...(parent === undefined ? {} : {parent})});
const ids = (turns: readonly Turn[]): string => turns.map(({id}) => id).join(' ');

/** q1 → a1, a2; a2 → q2, q3; q2 → a3. */
const branched = [turn('q1', null), turn('a1', 'q1'), turn('a2', 'q1'), turn('q2', 'a2'), turn('a3', 'q2'), turn('q3', 'a2')];

test('turns from before there were branches follow each other', () => {
  const turns = [turn('q1'), turn('a1'), turn('q2'), turn('a2')];
  assert.equal(ids(shownTurns({turns})), 'q1 a1 q2 a2');
  assert.equal(ids(shownTurns({turns: [...turns, turn('a3', 'q2')], head: 'a3'})), 'q1 a1 q2 a3');
});

test('the shown branch ends at its head, or at the newest turn where that is unknown', () => {
  assert.equal(ids(shownTurns({turns: branched, head: 'a3'})), 'q1 a2 q2 a3');
  assert.equal(ids(shownTurns({turns: branched, head: 'a1'})), 'q1 a1');
  for (const head of ['gone', undefined]) assert.equal(ids(shownTurns({turns: branched, ...(head ? {head} : {})})), 'q1 a2 q3');
  assert.equal(ids(shownTurns({turns: []})), '');
});

test('alternatives are counted where they stand', () => {
  const places = placesOf({turns: branched, head: 'a3'});
  assert.deepEqual([...places], [['q1', {index: 0, of: 1}], ['a2', {index: 1, of: 2}], ['q2', {index: 0, of: 2}], ['a3', {index: 0, of: 1}]]);
});

test('stepping to an alternative goes to the newest end of its branch', () => {
  const shown = {turns: branched, head: 'a1'};
  assert.equal(headBeside(shown, {id: 'a1', step: 1}), 'q3');
  assert.equal(headBeside({turns: branched, head: 'q3'}, {id: 'q3', step: -1}), 'a3');
  assert.equal(headBeside(shown, {id: 'a1', step: -1}), undefined);
});

test('turns that follow each other in a ring, as no app writes them, end', () => {
  const turns = [turn('a', 'b'), turn('b', 'a')];
  assert.equal(ids(shownTurns({turns})), 'a b');
  assert.ok(headBeside({turns: [turn('x', 'b'), ...turns]}, {id: 'x', step: 1}));
});
