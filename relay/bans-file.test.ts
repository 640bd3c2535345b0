/** The operator's list of whom to keep out: read whole, or refused with what is wrong. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {readBans} from './bans-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'bombyx-bans-'));
after(() => rmSync(folder, {recursive: true}));

function written(content: unknown): string {
  const file = join(folder, 'bans.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('addresses in any way of writing, households of IPv6, nodes; with an end or for good', async () => {
  const node = 'ab'.repeat(32);
  const bans = await readBans(written([
    {who: '::ffff:203.0.113.7', until: '2027-01-01T00:00:00Z', reason: 'floods'},
    {who: '2001:db8:1:2ff::1'},
    {who: node, until: '2027-01-01T00:00:00Z'},
  ]));
  const newYear = Date.parse('2027-01-01T00:00:00Z');
  assert.deepEqual(bans.get('203.0.113.7'), {until: newYear, code: 'refused'});
  assert.deepEqual(bans.get(node), {until: newYear, code: 'refused'});
  assert.equal(bans.size, 3);
  assert.ok([...bans].some(([who, {until}]) => who.endsWith('/56') && until > newYear));
});

test('what can not be meant is refused, with the place', async () => {
  await assert.rejects(readBans(written('[')), /is not JSON/);
  await assert.rejects(readBans(written([{who: 'somebody'}])), /0\.who must be an address or the id of a node/);
  await assert.rejects(readBans(written([{who: '203.0.113.7', until: 'soon'}])), /0\.until must be a time/);
  await assert.rejects(readBans(written([{who: '203.0.113.7', forever: true}])), /forever/);
  await assert.rejects(readBans(join(folder, 'missing.json')), /ENOENT/);
});
