/** The real process, told to stop in mid-answer: the answer ends whole, nobody new comes in meanwhile, and it exits by itself with 0. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {test} from 'node:test';
import {WebSocket} from 'ws';
import {codeOf} from '#protocol/errors.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {systemClock} from './clock.ts';
import {askParrot, liveClient, liveNode, talking} from './testing/live-network.ts';
import {startProcess} from './testing/relay-process.ts';

const refusal = async (port: number): Promise<number | undefined> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/link`);
  socket.on('error', () => {});
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, {statusCode?: number}];
  return response.statusCode;
};

test('SIGTERM in mid-answer: the answer ends whole, new work is refused, the process exits with 0', async (t) => {
  const {child, exited, says} = startProcess(t);
  const port = Number((await says('started'))['port']);
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  assert.equal(await status('/readyz'), 200);
  const story = Array.from({length: 200}, (_, index) => `word${index}`).join(' ');
  const node = await liveNode(port, {engine: talking(story, 10)});
  const client = liveClient(port);
  const begun = Promise.withResolvers<void>();
  const answer = askParrot(client, 'a story', () => begun.resolve());
  await begun.promise;
  child.kill('SIGTERM');
  assert.deepEqual([(await says('drain-begun'))['running'], child.exitCode], [1, null]);
  assert.deepEqual([await status('/readyz'), await status('/livez'), await refusal(port)], [503, 200, 503]);
  await assert.rejects(askParrot(client, 'one more'), (error) => ['refused', 'busy'].includes(codeOf(error)));
  assert.equal(await answer, story);
  assert.deepEqual((await says('drain-ended'))['cutOff'], 0);
  await node.ended;
  assert.deepEqual(await exited, [0, null]);
  client.close();
});

test('SIGTERM with nothing to do: it exits with 0 at once; a second signal ends a drain at once', async (t) => {
  const idle = startProcess(t);
  await idle.says('started');
  idle.child.kill('SIGTERM');
  assert.deepEqual(await idle.exited, [0, null]);
  const busy = startProcess(t);
  const port = Number((await busy.says('started'))['port']);
  const begun = Promise.withResolvers<void>();
  const answering = () => {
    begun.resolve();
    return 'on and on and on';
  };
  await liveNode(port, {engine: fakeEngine({clock: systemClock, answer: answering, msPerToken: 20_000})});
  const client = liveClient(port);
  const answer = askParrot(client, 'never ends').catch(() => 'cut off');
  await begun.promise;
  busy.child.kill('SIGTERM');
  await busy.says('drain-begun');
  busy.child.kill('SIGTERM');
  assert.deepEqual(await busy.exited, [143, null]);
  client.close();
  assert.equal(await answer, 'cut off');
});

test('a start that is refused says why to people and to the log, and exits with 1', async (t) => {
  const wrong = startProcess(t, {BOMBYX_WEBRCT: 'off'});
  assert.equal((await wrong.says('start-refused'))['code'], 'refused');
  assert.deepEqual(await wrong.exited, [1, null]);
  assert.match(wrong.lines.join('\n'), /BOMBYX_WEBRCT is not a setting of this relay. See docs\/operate.md/);
  const first = startProcess(t);
  const port = String((await first.says('started'))['port']);
  const second = startProcess(t, {PORT: port});
  assert.equal((await second.says('start-refused'))['code'], 'port-in-use');
  assert.deepEqual(await second.exited, [1, null]);
});
