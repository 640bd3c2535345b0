/** Credentials for the TURN server: as coturn knows them, for a while, and only with a ticket. */
import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {type TestContext, test} from 'node:test';
import {ManualClock} from '#protocol/testing/manual-clock.ts';
import {systemClock} from './clock.ts';
import {readConfig} from './config.ts';
import {jsonLog} from './log.ts';
import {startRelay} from './start-relay.ts';
import {without} from './testing/programs.ts';
import {askForPlace} from './testing/turn-allocation.ts';
import {startTurnServer} from './testing/turn-server.ts';
import {readTurnSecret, type TurnCredentials, turnCredential, turnIssuer} from './turn.ts';

function secretFile(t: TestContext, text: string, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-secret-'));
  t.after(() => rmSync(folder, {recursive: true}));
  const path = join(folder, 'secret');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}
const word = '0123456789abcdef'.repeat(2);

test('turnCredential(): as openssl makes it', () => {
  // printf '1800001200:0123456789abcdef01234567' | openssl dgst -sha1 -hmac 0123456789abcdef0123456789abcdef -binary | base64
  assert.equal(turnCredential(word, '1800001200:0123456789abcdef01234567'), 'z47lLQACKaTMZOlYCy0CpWO+GTM=');
});

test('turnIssuer(): each under a fresh name, good for twenty minutes', (t) => {
  const clock = new ManualClock(() => setImmediate());
  let issued = 0;
  const issue = turnIssuer({urls: ['turn:a'], secretFile: secretFile(t, `${word}\n`)}, {clock, onIssued: () => (issued += 1)});
  const all = Array.from({length: 50}, issue);
  assert.equal(new Set(all.map(({username}) => username)).size, 50);
  assert.equal(issued, 50);
  for (const {username, credential, urls} of all) {
    assert.match(username, /^\d+:[0-9a-f]{24}$/);
    assert.equal(Number(username.split(':')[0]), clock.now() / 1000 + 1200);
    assert.deepEqual([credential, urls], [turnCredential(word, username), ['turn:a']]);
  }
});

test('readTurnSecret(): a file that others may read, that is not there, or holds no secret, stops the start', (t) => {
  assert.throws(() => readTurnSecret(secretFile(t, word, 0o644)), /can be read by others.*chmod 600/);
  assert.throws(() => readTurnSecret('/nowhere/at/all'), /can not be read/);
  for (const text of ['', 'short', `${word} two words`]) assert.throws(() => readTurnSecret(secretFile(t, text)), /holds no secret/);
  assert.equal(readTurnSecret(secretFile(t, `${word}\n`)), word);
});

test('readConfig(): addresses and secret come together, and addresses are addresses', () => {
  const read = (urls: string | undefined, file: string | undefined) => readConfig({BOMBYX_TURN_URLS: urls, BOMBYX_TURN_SECRET_FILE: file}).turn;
  assert.equal(read(undefined, undefined), undefined);
  assert.deepEqual(read('turn:turn.example.org:3478?transport=udp, TURNS:[2001:db8::1]:443', '/etc/secret'), {urls: ['turn:turn.example.org:3478?transport=udp', 'turns:[2001:db8::1]:443'], secretFile: '/etc/secret'});
  assert.throws(() => read('turn:a', undefined), /BOMBYX_TURN_URLS needs BOMBYX_TURN_SECRET_FILE/);
  assert.throws(() => read(undefined, '/etc/secret'), /BOMBYX_TURN_SECRET_FILE needs BOMBYX_TURN_URLS/);
  for (const urls of ['stun:a', 'https://a', 'turn:', 'turn:a b', 'turn:user@a', 'turn:a?transport=dns', 'turn:a,turn:b,turn:c,turn:d,turn:e']) assert.throws(() => read(urls, '/etc/secret'), /BOMBYX_TURN_URLS must be/, urls);
});

interface TicketBody {
  readonly peer: string;
  readonly token: string;
  readonly iceServers: readonly TurnCredentials[];
}

test('credentials come only with a ticket that was asked for, count in the metrics and stay out of the log', async (t) => {
  const lines: string[] = [];
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_LINKS_PER_ADDRESS: '3', BOMBYX_TURN_URLS: 'turn:turn.example', BOMBYX_TURN_SECRET_FILE: secretFile(t, word)}), {log: jsonLog((line) => lines.push(line))});
  const ask = (path: string, method = 'POST') => fetch(relay.url + path, {method});
  const plain = (await (await ask('/api/ticket')).json()) as TicketBody;
  assert.deepEqual(plain.iceServers, []);
  const {peer, token, iceServers} = (await (await ask('/api/ticket/turn')).json()) as TicketBody;
  const [{urls, username, credential} = assert.fail(), ...more] = iceServers;
  assert.deepEqual([urls, credential, more], [['turn:turn.example'], turnCredential(word, username), []]);
  assert.equal((await ask('/api/ticket/turn', 'GET')).status, 404);
  assert.equal((await ask('/api/ticket/turn')).status, 200);
  assert.equal((await ask('/api/ticket/turn')).status, 429, 'the limit of tickets counts for both');
  assert.match(await (await ask('/metrics', 'GET')).text(), /^bombyx_turn_credentials_issued_total 2$/m);
  await relay.close();
  for (const secret of [word, username, credential, 'turn.example', peer, token]) assert.ok(!lines.join('').includes(secret), secret);
});

test('a relay without a TURN server gives no credentials; one whose secret others may read does not start', async (t) => {
  const relay = await startRelay(readConfig({PORT: '0'}), {log: () => {}});
  assert.equal((await fetch(`${relay.url}/api/ticket/turn`, {method: 'POST'})).status, 404);
  await relay.close();
  const open = readConfig({PORT: '0', BOMBYX_TURN_URLS: 'turn:turn.example', BOMBYX_TURN_SECRET_FILE: secretFile(t, word, 0o640)});
  await assert.rejects(startRelay(open, {log: () => {}}), /can be read by others/);
});

test('coturn takes what the relay gives out, and neither what has run out nor what another secret made', {skip: without('turnserver', 'coturn')}, async () => {
  const turn = await startTurnServer();
  const now = Math.floor(Date.now() / 1000);
  const issue = turnIssuer({urls: [turn.url], secretFile: turn.secretFile}, {clock: systemClock, onIssued: () => {}});
  const named = (expires: number, secret = turn.secret) => ({username: `${expires}:x`, credential: turnCredential(secret, `${expires}:x`)});
  try {
    assert.equal(await askForPlace(turn.url, issue()), 0);
    assert.equal(await askForPlace(turn.url, named(now + 600)), 0);
    assert.equal(await askForPlace(turn.url, named(now - 1)), 401);
    assert.equal(await askForPlace(turn.url, named(now + 600, word)), 401);
    assert.equal(await askForPlace(turn.url, {...issue(), credential: turnCredential(turn.secret, 'another')}), 401);
  } finally {
    await turn.stop();
  }
});
