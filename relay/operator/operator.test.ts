/** The operator's face of a whole relay, over real sockets: every address of it with and without key, and what its acts do to nodes and clients. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {request as httpRequest} from 'node:http';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {WebSocket} from 'ws';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import {codeOf} from '#protocol/errors.ts';
import {spokenVersion} from '#protocol/version.ts';
import {readConfig} from '../config.ts';
import {jsonLog, silentLog} from '../log.ts';
import {startRelay} from '../start-relay.ts';
import {appFolder, askParrot, liveClient, liveNode, parrotHash, talking} from '../testing/live-network.ts';

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function stage(t: TestContext, {withKey = true, environment = {}, log = silentLog}: {withKey?: boolean; environment?: Record<string, string>; log?: ReturnType<typeof jsonLog>} = {}) {
  const dist = appFolder(t);
  const file = join(dist, '.operator-key');
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_DIST: dist, BOMBYX_DATA: join(dist, '.data'), BOMBYX_WEBRTC: 'off', ...(withKey ? {BOMBYX_OPERATOR_KEY_FILE: file} : {}), ...environment}), {log});
  t.after(() => relay.close());
  const key = withKey ? readFileSync(file, 'utf8').trim() : 'ab'.repeat(32);
  /** A request exactly as given, Host and Origin included. */
  const ask = (path: string, {method = 'GET', body, headers = {}}: Asked = {}): Promise<{status: number; body: Record<string, unknown>}> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest({host: '127.0.0.1', port: relay.port, path: `/api/operator/${path}`, method, headers: {host: 'localhost', authorization: `Bearer ${key}`, ...headers}}, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => resolve({status: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown>}));
      });
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    });
  const act = (path: string, body: unknown, headers: Record<string, string> = {}) => ask(path, {method: 'POST', body, headers});
  const about = async () => (await (await fetch(`${relay.url}/api/relay`)).json()) as {notice: string; paused: boolean};
  return {relay, ask, act, about, key};
}

const acts = ['ban', 'unban', 'drain', 'notice'];
const views = ['overview', 'nodes', 'bans'];

test('without a key there is no such thing: the same answer as for any address that is not there', async (t) => {
  const {ask, act, relay} = await stage(t, {withKey: false});
  const nothing = await (await fetch(`${relay.url}/api/nothing`)).json();
  for (const path of [...views, 'x']) assert.deepEqual(await ask(path), {status: 404, body: nothing}, path);
  const noPost = await fetch(`${relay.url}/api/nothing`, {method: 'POST'});
  for (const path of acts) assert.deepEqual(await act(path, {}), {status: noPost.status, body: await noPost.clone().json()}, path);
});

test('a wrong key opens nothing, five lock the address out, and the log says so without it', async (t) => {
  const lines: string[] = [];
  const {ask, act, key, relay} = await stage(t, {log: jsonLog((line) => lines.push(line)), environment: {BOMBYX_TRUST_PROXY: 'on'}});
  const from = (address: string, authorization: string) => ({'x-forwarded-for': address, authorization});
  let last = 0;
  for (const path of [...views, ...acts]) {
    last += 1;
    const headers = from(`203.0.113.${last}`, `Bearer ${'ab'.repeat(32)}`);
    assert.equal((await (views.includes(path) ? ask(path, {headers}) : act(path, {on: true}, headers))).status, 401, path);
    assert.equal((await ask(`${path}?key=${key}`, {headers: from(`203.0.113.${last}`, '')})).status, 401, 'never in the address');
  }
  assert.equal(relay.hub.oversight.isPaused, false);
  const guess = async (authorization: string) => (await ask('overview', {headers: from('198.51.100.7', authorization)})).status;
  const guesses: number[] = [];
  for (let count = 0; count < 6; count += 1) guesses.push(await guess('Bearer x'));
  assert.deepEqual(guesses, [401, 401, 401, 401, 429, 429]);
  assert.equal(await guess(`Bearer ${key}`), 429);
  assert.equal((await ask('overview', {headers: from('198.51.100.8', `Bearer ${key}`)})).status, 200);
  const all = lines.join('');
  assert.match(all, /operator-refused/);
  assert.match(all, /operator-locked-out/);
  for (const secret of [key, '198.51.100', '203.0.113', 'abab']) assert.ok(!all.includes(secret), secret);
});

test('another origin or host is refused before the key is looked at; unknown addresses, methods and bodies too', async (t) => {
  const {ask, act} = await stage(t);
  assert.equal((await ask('overview', {headers: {origin: 'https://evil.example'}})).status, 403);
  assert.equal((await act('drain', {on: true}, {origin: 'https://evil.example'})).status, 403);
  assert.equal((await ask('overview', {headers: {host: 'evil.example'}})).status, 403);
  assert.equal((await ask('overview', {headers: {origin: 'http://localhost'}})).status, 200);
  for (const path of ['', 'x', 'drain', 'constructor']) assert.equal((await ask(path)).status, 404, path);
  for (const path of ['overview', 'constructor', '']) assert.equal((await act(path, {})).status, 404, path);
  for (const path of ['nodes?page=-1', 'nodes?page=10000', 'nodes?page=x', `nodes?find=${'x'.repeat(65)}`]) assert.equal((await ask(path)).status, 400, path);
  const node = 'cd'.repeat(32);
  const wrong: readonly [string, unknown][] = [
    ['ban', '{'], ['ban', {who: 'somebody', hours: 1, reason: ''}], ['ban', {who: '127.0.0.1', hours: 1, reason: ''}], ['ban', {who: 'unknown', hours: 1, reason: ''}], ['ban', {who: node, hours: 0, reason: ''}],
    ['ban', {who: node, hours: 1e9, reason: ''}], ['ban', {who: node, hours: 1, reason: 'x'.repeat(121)}], ['ban', {who: node, hours: 1, reason: '', extra: 1}], ['unban', {who: node}], ['drain', {on: 'yes'}],
    ['notice', {text: 'x'.repeat(281)}], ['notice', {text: 'two\nlines'}], ['notice', {text: 'turned \u202E round'}], ['notice', {}],
  ];
  for (const [path, body] of wrong) {
    const {status, body: told} = await act(path, body);
    assert.equal(status, 400, JSON.stringify(body));
    assert.match(String(told['sentence']), /\w/);
  }
  assert.equal((await act('notice', {text: 'x'.repeat(100_000)})).status, 413);
});

test('the overview after an answer: nodes, jobs, waits and outcomes; no prompt and no address', async (t) => {
  const {relay, ask} = await stage(t);
  const node = await liveNode(relay.port, {engine: talking('SECRET-ANSWER of the parrot')});
  const client = liveClient(relay.port);
  await askParrot(client, 'SECRET-QUESTION');
  const {status, body} = await ask('overview');
  assert.equal(status, 200);
  // The client has its answer a moment before the node lets go.
  const {idle, busy, ...nodeCounts} = body['nodes'] as Record<string, number>;
  assert.deepEqual([nodeCounts, (idle ?? 0) + (busy ?? 0)], [{here: 1, hidden: 0, closed: 0, paused: 0}, 1]);
  const {running, ...jobs} = body['jobs'] as Record<string, number>;
  assert.deepEqual([jobs, running], [{waiting: 0, clients: 1}, busy]);
  const recent = body['recent'] as {outcomes: Record<string, number>; match: {count: number}; firstFrame: {count: number; p50: number; p95: number}};
  assert.deepEqual({...recent.outcomes, released: 0}, {asked: 1, matched: 1, rematched: 0, released: 0, cancelled: 0, redirected: 0, failed: 0});
  assert.deepEqual([recent.match.count, recent.firstFrame.count], [1, 1]);
  const [model] = body['models'] as {hash: string; id: string; nodes: number; waiting: number; wait: {count: number}}[];
  assert.deepEqual([model?.hash, model?.id, model?.nodes, model?.waiting, model?.wait.count], [parrotHash, 'parrot', 1, 0, 1]);
  assert.deepEqual([body['money'], body['cluster'], body['turn'], body['notice'], body['acts']], [null, null, null, '', []]);
  const {body: nodes} = await ask('nodes');
  const [seen] = nodes['nodes'] as {id: string; failed: number; banned: boolean; link: string}[];
  assert.deepEqual([nodes['total'], nodes['found'], seen?.id, seen?.failed, seen?.banned, seen?.link], [1, 1, node.id, 0, false, 'websocket']);
  const all = JSON.stringify([body, nodes]);
  for (const secret of ['SECRET', '127.0.0.1', '::1']) assert.ok(!all.includes(secret), secret);
  client.close();
});

test('nodes are looked for by key, engine and model, a page at a time', async (t) => {
  const {relay, ask} = await stage(t);
  const all = await Promise.all(Array.from({length: 52}, () => liveNode(relay.port, {engine: talking('x')})));
  const find = async (query: string) => (await ask(`nodes?${query}`)).body as {total: number; found: number; nodes: {id: string}[]};
  const [first, second, third] = [await find('page=0'), await find('page=1'), await find('page=2')];
  assert.deepEqual([first.nodes.length, second.nodes.length, third.nodes.length, first.total], [50, 2, 0, 52]);
  assert.deepEqual(new Set([...first.nodes, ...second.nodes].map(({id}) => id)), new Set(all.map(({id}) => id)));
  const wanted = all[7]?.id ?? '';
  assert.deepEqual((await find(`find=${wanted.slice(0, 20).toUpperCase()}`)).nodes.map(({id}) => id), [wanted]);
  assert.deepEqual([(await find('find=PARROT')).found, (await find('find=cockatoo')).found], [52, 0]);
});

test('a node that is kept out is told and gone, its model is offered by nobody; let in again, it answers', async (t) => {
  const lines: string[] = [];
  const {relay, ask, act} = await stage(t, {log: jsonLog((line) => lines.push(line))});
  const node = await liveNode(relay.port, {engine: talking('x')});
  const client = liveClient(relay.port);
  assert.equal(await askParrot(client, 'before'), 'x');
  assert.equal((await act('ban', {who: node.id.toUpperCase(), hours: 2, reason: 'sells tea'})).status, 200);
  await node.ended;
  await assert.rejects(askParrot(client, 'meanwhile'), (error) => codeOf(error) === 'no-node');
  const {body: {total, bans}} = await ask('bans');
  const [ban] = bans as {key: string; by: string; reason: string; until: number}[];
  assert.deepEqual([total, ban?.key, ban?.by, ban?.reason], [1, node.id, 'operator', 'sells tea']);
  assert.ok(Math.abs((ban?.until ?? 0) - Date.now() - 2 * 3_600_000) < 60_000);
  assert.equal((await act('unban', {who: node.id})).status, 200);
  assert.deepEqual((await ask('bans')).body, {total: 0, bans: []});
  assert.deepEqual(((await ask('overview')).body['acts'] as {act: string}[]).map(({act: done}) => done), ['unban', 'ban']);
  const all = lines.join('');
  assert.match(all, /"operator-ban","kind":"node"/);
  assert.match(all, /operator-unban/);
  assert.ok(!all.includes(node.id) && !all.includes('tea'), 'never who and why');
  client.close();
});

test('an address that is kept out loses its links and gets none; an address may be written in any way', async (t) => {
  const {relay, act} = await stage(t, {environment: {BOMBYX_TRUST_PROXY: 'on'}});
  const open = async (address: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/link`, {headers: {'x-forwarded-for': address}});
    const words: string[] = [];
    const {promise: heard, resolve} = Promise.withResolvers<void>();
    socket.on('message', (data: Buffer) => {
      words.push(decodeMessage(data).kind);
      resolve();
    });
    const closed = once(socket, 'close');
    await once(socket, 'open');
    socket.send(encodeMessage('hello', {role: 'client', agent: 'test', version: spokenVersion}));
    await heard;
    return {socket, words, closed};
  };
  const [theirs, other] = [await open('203.0.113.9'), await open('203.0.113.10')];
  assert.equal((await act('ban', {who: '::ffff:203.0.113.9', hours: 1, reason: ''}, {'x-forwarded-for': '198.51.100.1'})).status, 200);
  await theirs.closed;
  assert.deepEqual(theirs.words, ['welcome', 'banned', 'failed'], 'it is told why');
  assert.equal(other.socket.readyState, WebSocket.OPEN);
  const again = await open('203.0.113.9');
  await again.closed;
  assert.deepEqual(again.words, ['banned', 'failed']);
  assert.equal((await act('unban', {who: '203.0.113.9'}, {'x-forwarded-for': '198.51.100.1'})).status, 200);
  const welcome = await open('203.0.113.9');
  assert.deepEqual(welcome.words, ['welcome']);
  for (const {socket} of [other, welcome]) socket.close();
});

test('drain: what runs goes on, new jobs are refused, readiness says so; switched off, it takes jobs again', async (t) => {
  const lines: string[] = [];
  const {relay, act, about} = await stage(t, {log: jsonLog((line) => lines.push(line))});
  const story = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
  await liveNode(relay.port, {engine: talking(story, 5)});
  const client = liveClient(relay.port);
  const begun = Promise.withResolvers<void>();
  const answer = askParrot(client, 'a story', () => begun.resolve());
  await begun.promise;
  assert.equal((await act('drain', {on: true})).status, 200);
  await assert.rejects(askParrot(client, 'one more'), (error) => codeOf(error) === 'busy');
  assert.equal(await answer, story);
  const ready = async () => (await fetch(`${relay.url}/readyz`)).status;
  assert.deepEqual([await ready(), (await about()).paused], [503, true]);
  assert.equal((await act('drain', {on: false})).status, 200);
  assert.deepEqual([await ready(), (await about()).paused, await askParrot(client, 'again')], [200, false, story]);
  assert.match(lines.join(''), /operator-drain[^]*operator-resume/);
  client.close();
});

test('the notice is told to all in plain words, and taken back; the log says only how long it is', async (t) => {
  const lines: string[] = [];
  const {act, about} = await stage(t, {log: jsonLog((line) => lines.push(line))});
  assert.equal((await about()).notice, '');
  assert.equal((await act('notice', {text: '  Back at <b>noon</b>  '})).status, 200);
  assert.equal((await about()).notice, 'Back at <b>noon</b>');
  assert.equal((await act('notice', {text: ''})).status, 200);
  assert.equal((await about()).notice, '');
  assert.ok(!lines.join('').includes('noon'));
});

test('money: what the books say and what the vault holds', async (t) => {
  const {relay, ask} = await stage(t, {environment: {BOMBYX_NETWORK: 'devnet'}});
  const read = async () => (await ask('overview')).body['money'] as {network: string; owed: string; vault: {balance: string; dailyCap: string} | null};
  let money = await read();
  for (let asked = 0; asked < 50 && money.vault === null; asked += 1) {
    await relay.money?.vault();
    money = await read();
  }
  assert.deepEqual([money.network, money.owed], ['devnet', '0']);
  assert.ok(BigInt(money.vault?.balance ?? 0) > 9_000_000_000n, 'the float of the devnet');
});
