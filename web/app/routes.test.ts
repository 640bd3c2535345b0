/** Paths and the pages they show. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chatPath, routeOf} from './routes.ts';

test('each page has its path', () => {
  assert.deepEqual(routeOf('/'), {page: 'landing'});
  assert.deepEqual(routeOf('/chat'), {page: 'chat', conversation: undefined});
  assert.deepEqual(routeOf('/tasks'), {page: 'tasks'});
  assert.deepEqual(routeOf('/share'), {page: 'share', pane: 'overview'});
  for (const pane of ['models', 'jobs', 'limits'] as const) assert.deepEqual(routeOf(`/share/${pane}`), {page: 'share', pane});
  assert.deepEqual(routeOf('/wallet'), {page: 'wallet'});
  assert.deepEqual(routeOf('/more'), {page: 'more'});
  assert.deepEqual(routeOf('/settings'), {page: 'settings'});
  assert.deepEqual(routeOf('/pair'), {page: 'pair'});
  assert.deepEqual(routeOf('/privacy'), {page: 'privacy'});
  assert.deepEqual(routeOf('/network'), {page: 'network'});
  assert.deepEqual(routeOf('/operator'), {page: 'operator'});
});

test('a trailing slash does not matter', () => {
  assert.deepEqual(routeOf('/share/'), {page: 'share', pane: 'overview'});
  assert.deepEqual(routeOf('/chat/'), {page: 'chat', conversation: undefined});
  assert.deepEqual(routeOf('//'), {page: 'landing'});
});

test('a conversation has a path and comes back from it', () => {
  assert.deepEqual(routeOf(chatPath('a1-B_2')), {page: 'chat', conversation: 'a1-B_2'});
});

test('what is no id is no conversation', () => {
  for (const path of ['/chat/a/b', '/chat/%3Cscript%3E', `/chat/${'a'.repeat(65)}`, '/elsewhere', '/share/elsewhere']) {
    assert.deepEqual(routeOf(path), {page: 'missing'}, path);
  }
});
