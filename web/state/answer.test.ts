/** Which way an answer came, as its details say it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {modelHash, nodeId} from '#protocol/ids.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import {beginAnswer, finishAnswer, takeEvent} from './answer.ts';

const [first, second] = [nodeId('cd'.repeat(32)), nodeId('ef'.repeat(32))];
const routeAfter = (...events: AskEvent[]) => {
  const begun = beginAnswer({id: '1', at: 0, level: 'network', modelHash: modelHash('ab'.repeat(32)), model: 'm'});
  const answer = events.reduce((progress, event) => takeEvent(progress, {event, now: 1}), begun);
  return finishAnswer(answer, {code: undefined, now: 2}).provenance?.route;
};
const bound = (node = first, route: 'relayed' | 'direct' = 'relayed'): AskEvent => ({type: 'bound', node, route});
const text: AskEvent = {type: 'text', text: 'x', tokens: 1};

test('an answer came the way that it was bound on, and through TURN once any of it did, whoever ended it', () => {
  assert.equal(routeAfter(bound(), text), 'relayed');
  assert.equal(routeAfter(bound(first, 'direct'), text), 'direct');
  assert.equal(routeAfter(bound(), text, {type: 'moved'}, text), 'turn');
  assert.equal(routeAfter(bound(), text, {type: 'moved'}, text, {type: 'resuming', lost: first, code: 'node-lost', kept: true}, bound(second), text), 'turn');
});

test('that an answer moves changes nothing else of it', () => {
  const begun = takeEvent(beginAnswer({id: '1', at: 0, level: 'network', modelHash: modelHash('ab'.repeat(32)), model: 'm'}), {event: bound(), now: 1});
  assert.deepEqual(takeEvent(begun, {event: {type: 'moved'}, now: 5}), {...begun, route: 'turn'});
});

test('what paid is known, and nothing where nothing could cost', () => {
  const paid = (event: AskEvent) => finishAnswer(takeEvent(beginAnswer({id: '1', at: 0, level: 'network', modelHash: modelHash('ab'.repeat(32)), model: 'm'}), {event, now: 1}), {code: undefined, now: 2}).provenance?.payment;
  assert.equal(paid({type: 'bound', node: first, route: 'relayed', payment: 'trial'}), 'trial');
  assert.equal(paid(bound()), undefined);
});
