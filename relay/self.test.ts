/** The relay's own key: made once, for its owner alone, the same whatever network it takes money on. */
import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {randomBytes} from '#protocol/bytes.ts';
import {checkRelayRecord, type RelayRecord} from '#protocol/relay-record.ts';
import {readConfig} from './config.ts';
import {openSelf} from './self.ts';

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'self-'));
  t.after(() => rmSync(folder, {recursive: true}));
  return folder;
}

async function recordOf(environment: Record<string, string>): Promise<RelayRecord> {
  const nonce = randomBytes(32);
  return checkRelayRecord(await (await openSelf(readConfig(environment)))(nonce), {nonce, now: Date.now()});
}

test('openSelf(): says what the settings say, under a key that stays', async (t) => {
  const folder = folderOf(t);
  const plain = await recordOf({BOMBYX_DATA: folder, BOMBYX_LINKS_PER_ADDRESS: '7'});
  assert.equal(statSync(join(folder, 'relay-key')).mode & 0o777, 0o600);
  assert.deepEqual([plain.name, plain.address, plain.contact, plain.feePermille, plain.freeAnswers, plain.linksPerAddress], ['bombyx relay', '', '', 0, 0, 7]);
  const paid = await recordOf({BOMBYX_DATA: folder, BOMBYX_NETWORK: 'devnet', BOMBYX_TRIAL: '3', BOMBYX_PUBLIC_URL: 'https://relay.example.org', BOMBYX_CONTACT: 'https://example.org/help', BOMBYX_RELAY_NAME: 'Mühle'});
  assert.deepEqual([paid.name, paid.address, paid.contact, paid.feePermille, paid.freeAnswers], ['Mühle', 'https://relay.example.org', 'https://example.org/help', 50, 3]);
  assert.equal(paid.relay, plain.relay);
  assert.notEqual((await recordOf({BOMBYX_DATA: folderOf(t)})).relay, plain.relay);
});

test('openSelf(): a key that others can read stops the start', async (t) => {
  const folder = folderOf(t);
  await recordOf({BOMBYX_DATA: folder});
  chmodSync(join(folder, 'relay-key'), 0o644);
  await assert.rejects(recordOf({BOMBYX_DATA: folder}), /relay-key can be read by others/);
});

test('openSelf(): a folder that can not be written to stops the start, and says what to do', async (t) => {
  const file = join(folderOf(t), 'file');
  writeFileSync(file, '');
  await assert.rejects(recordOf({BOMBYX_DATA: file}), /can not keep its key in .*file\. Name a folder that it may write to with BOMBYX_DATA/);
});
