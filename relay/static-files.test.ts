/** Files that vanish and readers that leave while a file is served: neither ends the relay. */
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type ServerResponse} from 'node:http';
import {type AddressInfo, connect, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {serveStatic} from './static-files.ts';

/** Serves a folder with one file; `meanwhile` happens between finding the file and reading it. */
async function servedOnce(meanwhile: (path: string, response: ServerResponse) => void): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-static-'));
  const path = join(folder, 'page.js');
  writeFileSync(path, 'export {};');
  let served: Promise<unknown> = Promise.resolve();
  const server = createServer((request, response) => {
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) => {
      if (name === 'accept-ranges') meanwhile(path, response);
      return setHeader(name, value);
    };
    served = serveStatic(folder, {request, response});
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page.js`).then((response) => response.text(), () => 'cut off');
  await served;
  // What a stream reports late comes on a later turn; an error that nobody hears fails the test.
  await new Promise((resolve) => void setImmediate(resolve));
  await new Promise((resolve) => void server.close(resolve));
  rmSync(folder, {recursive: true, force: true});
  return answer;
}

test('a file is served', async () => {
  assert.equal(await servedOnce(() => undefined), 'export {};');
});

const openFiles = '/proc/self/fd';

test('readers that leave at any moment leave no file open', {skip: existsSync(openFiles) ? false : 'this system does not list open files'}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-static-'));
  writeFileSync(join(folder, 'large.js'), Buffer.alloc(8_000_000));
  writeFileSync(join(folder, 'small.js'), Buffer.alloc(3000));
  const served: Promise<unknown>[] = [];
  const server = createServer((request, response) => void served.push(serveStatic(folder, {request, response})));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const before = readdirSync(openFiles).length;
  const leave: readonly ((socket: Socket) => void)[] = [(socket) => socket.destroy(), (socket) => setImmediate(() => socket.destroy()), (socket) => socket.once('data', () => socket.destroy())];
  for (let round = 0; round < 60; round += 1) {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(`GET /${round % 2 === 0 ? 'large' : 'small'}.js HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    leave[round % 3]?.(socket);
    await once(socket, 'close');
  }
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
  await Promise.all(served);
  assert.ok(readdirSync(openFiles).length <= before, `${readdirSync(openFiles).length} files are open, ${before} were`);
  rmSync(folder, {recursive: true});
});

test('a file that vanishes while it is served, with a reader that left, ends nothing but the answer', async () => {
  assert.equal(await servedOnce((path) => rmSync(path)), 'cut off');
  assert.equal(await servedOnce((path, response) => (rmSync(path), response.destroy())), 'cut off');
});
