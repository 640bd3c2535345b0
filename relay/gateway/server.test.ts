/** The gateway's HTTP edge over raw sockets: who is let in, what is bounded, how an answer ends. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {type TestContext, test} from 'node:test';
import {NetworkError} from '#protocol/errors.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {systemClock} from '../clock.ts';
import {gatewayStage, type GatewayStage} from '../testing/gateway-stage.ts';
import {liveNode, talking} from '../testing/live-network.ts';

const portOf = ({gateway}: GatewayStage): number => Number(new URL(gateway.url).port);

interface Raw {
  readonly socket: Socket;
  /** All that came until the server closed. */
  readonly all: Promise<string>;
  /** Resolves when what came matches. */
  says(pattern: RegExp): Promise<void>;
}

function raw(t: TestContext, stage: GatewayStage, text: string): Raw {
  const socket = connect(portOf(stage), '127.0.0.1');
  t.after(() => socket.destroy());
  socket.on('error', () => {});
  let heard = '';
  socket.on('data', (bytes) => {
    heard += String(bytes);
    socket.emit('heard');
  });
  socket.write(text);
  const all = once(socket, 'close').then(() => heard);
  return {
    socket,
    all,
    says: async (pattern) => {
      while (!pattern.test(heard)) await Promise.race([once(socket, 'heard'), all.then(() => assert.match(heard, pattern))]);
    },
  };
}

const request = ({gateway}: GatewayStage, {method = 'POST', path = '/v1/chat/completions', body = '', headers = {}}: {method?: string; path?: string; body?: string; headers?: Record<string, string>}) => {
  const all = {'host': '127.0.0.1', 'authorization': `Bearer ${gateway.key}`, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), 'connection': 'close', ...headers};
  return `${method} ${path} HTTP/1.1\r\n${Object.entries(all).filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
};
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)) as {error: {code: string; type: string; message: string; param: string | null}};
const question = (stream: boolean, content = 'hello') => JSON.stringify({model: 'parrot', stream, messages: [{role: 'user', content}]});

test('who may come in: the right name, no foreign page, the key', async (t) => {
  const stage = await gatewayStage(t, {BOMBYX_GATEWAY_ORIGINS: 'https://chat.example'});
  const ask = async (headers: Record<string, string>, method = 'GET') => raw(t, stage, request(stage, {method, path: '/v1/models', headers})).all;
  const expected: readonly [Record<string, string>, number, string][] = [
    [{}, 200, ''],
    [{host: 'localhost:1'}, 200, ''],
    [{host: 'evil.example'}, 403, 'wrong_host'],
    [{host: ''}, 400, ''],
    [{origin: 'https://evil.example'}, 403, 'wrong_origin'],
    [{origin: 'null'}, 403, 'wrong_origin'],
    [{origin: 'https://chat.example'}, 200, ''],
    [{authorization: ''}, 401, 'invalid_api_key'],
    [{authorization: 'Bearer '}, 401, 'invalid_api_key'],
    [{authorization: `Bearer ${stage.gateway.key.slice(0, -1)}0x`}, 401, 'invalid_api_key'],
    [{authorization: stage.gateway.key}, 401, 'invalid_api_key'],
  ];
  for (const [headers, status, code] of expected) {
    const answer = await ask(headers);
    assert.equal(statusOf(answer), status, JSON.stringify(headers));
    if (code !== '') assert.equal(bodyOf(answer).error.code, code);
  }
  const allowed = await ask({origin: 'https://chat.example'});
  assert.match(allowed, /access-control-allow-origin: https:\/\/chat\.example/i);
  assert.doesNotMatch(await ask({}), /access-control-allow-origin/i);
  const preflight = await ask({origin: 'https://chat.example', authorization: ''}, 'OPTIONS');
  assert.equal(statusOf(preflight), 204);
  assert.match(preflight, /access-control-allow-headers: authorization, content-type, x-bombyx-level/i);
  assert.equal(statusOf(await ask({origin: 'https://evil.example', authorization: ''}, 'OPTIONS')), 403);
});

test('what is no HTTP, no JSON or too large is refused, and nothing is asked', async (t) => {
  const stage = await gatewayStage(t);
  let asked = 0;
  await liveNode(stage.relay.port, {engine: fakeEngine({clock: systemClock, answer: () => String((asked += 1))})});
  const send = (text: string) => raw(t, stage, text).all;
  assert.equal(statusOf(await send('NONSENSE\r\n\r\n')), 400);
  assert.equal(statusOf(await send(`GET / HTTP/1.1\r\nhost: localhost\r\n${'x-y: '.padEnd(20_000, 'z')}\r\n\r\n`)), 400);
  assert.equal(statusOf(await send(request(stage, {headers: {'content-length': '5', 'transfer-encoding': 'chunked'}}))), 400);
  const cases: readonly [string, number, string | null][] = [
    ['{', 400, null], ['[]', 400, null], ['null', 400, null], ['{}', 400, 'model'],
    ['{"model":"parrot"}', 400, 'messages'],
    ['{"model":"parrot","messages":[]}', 400, 'messages'],
    ['{"model":"parrot","messages":[{"role":"king","content":"x"}]}', 400, 'messages.0.role'],
    ['{"model":"parrot","messages":[{"role":"user","content":"x"}],"temperature":3}', 400, 'temperature'],
    ['{"model":"parrot","messages":[{"role":"user","content":"x"}],"n":99}', 400, 'n'],
    ['{"model":"parrot","messages":[{"role":"user","content":"x"}],"stop":["a","b","c","d","e"]}', 400, 'stop'],
    [JSON.stringify({model: 'parrot', messages: [{role: 'user', content: 'x'}], stop: 'x'.repeat(65)}), 400, 'stop'],
    ['{"model":"parrot","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://elsewhere.example/x.png"}}]}]}', 400, 'model'],
    ['{"model":"parrot","messages":[{"role":"user","content":"x"}],"frequency_penalty":1}', 400, 'frequency_penalty'],
    ['{"model":"parrot","messages":[{"role":"system","content":"x"}]}', 400, 'messages'],
  ];
  for (const [body, status, param] of cases) {
    const answer = await send(request(stage, {body}));
    assert.equal(statusOf(answer), status, body);
    assert.equal(bodyOf(answer).error.param, param, body);
  }
  assert.equal(statusOf(await send(request(stage, {headers: {'content-length': String(5 * 1024 * 1024)}}))), 413);
  const chunked = raw(t, stage, request(stage, {headers: {'content-length': '', 'transfer-encoding': 'chunked'}}));
  const piece = 'x'.repeat(64 * 1024);
  for (let sent = 0; sent < 80 && chunked.socket.writable; sent += 1) chunked.socket.write(`10000\r\n${piece}\r\n`);
  await chunked.says(/^HTTP\/1\.1 413/);
  assert.equal(statusOf(await send(request(stage, {body: question(false, 'y'.repeat(300_000))}))), 413);
  assert.equal(statusOf(await send(request(stage, {method: 'PUT', body: question(false)}))), 405);
  assert.equal(statusOf(await send(request(stage, {path: '/v1/files', body: question(false)}))), 404);
  assert.equal(asked, 0);
});

test('an answer as it comes ends with its reason and [DONE]', async (t) => {
  const stage = await gatewayStage(t);
  await liveNode(stage.relay.port, {engine: talking('one two three')});
  const answer = await raw(t, stage, request(stage, {body: question(true)})).all;
  assert.equal(statusOf(answer), 200);
  assert.match(answer, /content-type: text\/event-stream/i);
  assert.match(answer, /x-bombyx-node: [0-9a-f]{64}/i);
  assert.match(answer, /"finish_reason":"stop".*data: \[DONE\]\n\n/s);
});

test('who leaves in mid-answer ends the job at the node within the same breath', async (t) => {
  const stage = await gatewayStage(t);
  const {promise: stopped, resolve} = Promise.withResolvers<void>();
  const slow = fakeEngine({clock: systemClock, answer: () => 'word '.repeat(4000), msPerToken: 5});
  await liveNode(stage.relay.port, {
    engine: {
      ...slow,
      generate: (job, signal) => {
        signal.addEventListener('abort', () => resolve(), {once: true});
        return slow.generate(job, signal);
      },
    },
  });
  const leaving = raw(t, stage, request(stage, {body: question(true)}));
  await leaving.says(/"content":"word/);
  leaving.socket.destroy();
  await stopped;
  // The place is free again.
  const next = raw(t, stage, request(stage, {body: question(true)}));
  await next.says(/"content":"word/);
});

test('a node that is lost in mid-answer is not seen: another one goes on where it stopped', async (t) => {
  const stage = await gatewayStage(t);
  const words = Array.from({length: 40}, (_, index) => `w${index}`);
  const whole = words.join(' ');
  const {promise: isSecondThere, resolve} = Promise.withResolvers<void>();
  const first = talking(whole);
  await liveNode(stage.relay.port, {
    engine: {
      ...first,
      async *generate() {
        yield {type: 'prompt', tokens: 1};
        yield {type: 'text', text: words.slice(0, 12).join(' '), tokens: 12};
        await isSecondThere;
        throw new NetworkError('engine-failed', 'told to');
      },
    },
  });
  const stream = await stage.openai.chat.completions.create({model: 'parrot', messages: [{role: 'user', content: 'hello'}], stream: true, stream_options: {include_usage: true}});
  let text = '';
  let second: Promise<void> | undefined;
  let nodes: readonly string[] = [];
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? '';
    if (text !== '') second ??= liveNode(stage.relay.port, {engine: talking(whole)}).then(() => resolve());
    if (chunk.usage) ({nodes} = (chunk.usage as unknown as {bombyx: {answers: [{nodes: readonly string[]}]}}).bombyx.answers[0]);
  }
  assert.equal(text, whole);
  assert.equal(nodes.length, 2);
});

test('where nobody can go on, a stream ends with an error event and [DONE]', async (t) => {
  const stage = await gatewayStage(t);
  await liveNode(stage.relay.port, {engine: fakeEngine({clock: systemClock, answer: () => 'a b c d e f', msPerToken: 1, failAfter: 3})});
  const answer = await raw(t, stage, request(stage, {body: question(true)})).all;
  assert.match(answer, /data: \{"error":\{"message":"[^"]+","type":"server_error","param":null,"code":"engine_failed"\}\}\n\ndata: \[DONE\]\n\n/);
  assert.doesNotMatch(answer, /"finish_reason":"stop"/);
});

test('more than sixteen questions at once are told to come back', async (t) => {
  const stage = await gatewayStage(t);
  await liveNode(stage.relay.port, {engine: fakeEngine({clock: systemClock, answer: () => 'word '.repeat(4000), msPerToken: 5})});
  const all = Array.from({length: 16}, () => raw(t, stage, request(stage, {body: question(true)})));
  await all[0]?.says(/"content":"word/);
  await Promise.all(all.slice(1).map(({says}) => says(/: queued position=\d+/)));
  const late = await raw(t, stage, request(stage, {body: question(true)})).all;
  assert.equal(statusOf(late), 429);
  assert.match(late, /retry-after: 1\r\n/i);
});
