/** The committed costs: an operation that grows dearer fails here, and whoever accepts that commits the new figures. */
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {test} from 'node:test';
import {type Cost, measureCosts} from './testing/costs.ts';

const file = new URL('costs.json', import.meta.url);

test('no operation costs more gas or coins than committed; BOMBYX_WRITE_COSTS=1 commits anew', async () => {
  const measured = await measureCosts();
  if (process.env['BOMBYX_WRITE_COSTS'] === '1') writeFileSync(file, `${JSON.stringify(measured, undefined, 2)}\n`);
  const committed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Cost>;
  assert.deepEqual(Object.keys(measured), Object.keys(committed));
  for (const [name, cost] of Object.entries(measured)) {
    for (const part of ['gas', 'fees', 'transactions'] as const) assert.ok(cost[part] <= (committed[name]?.[part] ?? 0), `${name}: ${part} ${cost[part]}, committed ${committed[name]?.[part]}`);
  }
});
