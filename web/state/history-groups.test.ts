/** Which day a conversation belongs to. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {groupByAge} from './history-groups.ts';
import type {Conversation} from './views.ts';

const at = (id: string, updated: Date, pinned = false): Conversation => ({id, title: id, updated: updated.getTime(), level: 'network', turns: [], pinned});

test('days begin at midnight here, pinned ones come first, and empty groups are not there', () => {
  const now = new Date(2026, 10, 26, 0, 30).getTime();
  const groups = groupByAge([
    at('older', new Date(2026, 10, 18, 23, 59)), at('today', new Date(2026, 10, 26, 0, 0)), at('yesterday', new Date(2026, 10, 25, 23, 59)),
    at('week', new Date(2026, 10, 19, 0, 0)), at('pinned', new Date(2020, 0, 1), true), at('also yesterday', new Date(2026, 10, 25, 0, 0)),
  ], now);
  assert.deepEqual(groups.map(({age, conversations}) => [age, ...conversations.map(({id}) => id)]), [
    ['pinned', 'pinned'], ['today', 'today'], ['yesterday', 'yesterday', 'also yesterday'], ['week', 'week'], ['older', 'older'],
  ]);
  assert.deepEqual(groupByAge([], now), []);
});
