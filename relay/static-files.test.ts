/** Files that vanish and readers that leave while a file is served: neither ends the relay. */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
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

test('a file that vanishes while it is served, with a reader that left, ends nothing but the answer', async () => {
  assert.equal(await servedOnce((path) => rmSync(path)), 'cut off');
  assert.equal(await servedOnce((path, response) => (rmSync(path), response.destroy())), 'cut off');
});
