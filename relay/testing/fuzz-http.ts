/** Wrong HTTP, byte by byte over raw sockets: request lines, paths, headers, bodies, pipelines, upgrades, and requests that stop in the middle. */
import {connect} from 'node:net';
import {utf8} from '#protocol/bytes.ts';
import type {Random} from './random.ts';
import type {Tally} from './tally.ts';

export interface HttpStage {
  readonly random: Random;
  readonly tally: Tally;
  readonly port: number;
}

/** How long an answer may take before we leave; a request that was cut off gets none. */
const patienceMs = 50;

const methods = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PATCH', 'BREW', ''] as const;
const paths = [
  '/', '/livez', '/readyz', '/api/relay', '/api/ticket', '/api/ticket/turn', '/api/settle', '/api/', '/models.json', '/mirror/x', '/mirror/../../package.json', '/assets/../../package.json', '/..', '/../../etc/passwd',
  '/%2e%2e/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/%00', '/%', '/%ff%fe', '//', '///etc/passwd', '/\\..\\package.json', '/.git/config', '*', 'http://localhost/livez', 'http://elsewhere/', 'localhost:1',
  '/signal/peerjs', '/signal/bombyx/id', '/signal/../link', '/link', '/link?x', '/tonconnect-manifest.json', '/wallet.html', '/devnet/', '/__proto__', '/constructor', '', '?', '#', '/a?b=%', '/;/', '/./.', '/index.html/',
] as const;
const origins = ['http://localhost', 'null', 'http://[', 'https://evil.example', 'localhost', ''] as const;

/** One connection with one or several requests. */
export async function fuzzHttp({random, tally, port}: HttpStage): Promise<void> {
  const count = random.chance(0.2) ? 1 + random.below(20) : 1;
  const requests = Array.from({length: count}, () => requestOf(random));
  let bytes: Uint8Array = Buffer.concat(requests);
  if (random.chance(0.25)) bytes = random.mutated(bytes);
  const isCut = random.chance(0.15);
  if (isCut) bytes = bytes.subarray(0, random.below(bytes.length));
  tally.inputs += count;
  const text = await exchange(port, {bytes, ends: random.chance(0.5)});
  for (const status of statusesOf(text)) tally.answered(status);
  if (/root:x:0|"private": true/.test(text)) tally.fault('a file outside of the folder was served');
}

function statusesOf(text: string): string[] {
  if (text === '') return ['000'];
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status = '']) => status);
}

/** What comes back before the other side ends, or falls silent. */
function exchange(port: number, {bytes, ends}: {bytes: Uint8Array; ends: boolean}): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      if (ends) socket.end(bytes);
      else socket.write(bytes);
    });
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on('data', (data) => {
      text += data.toString('latin1');
      if (!ends && text.includes('\r\n\r\n')) socket.setTimeout(2);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
}

function requestOf(random: Random): Uint8Array {
  const method = random.pick(methods);
  const long = random.chance(0.05) ? `/${'a'.repeat(random.length(40_000))}` : undefined;
  const body = random.chance(0.2) ? random.bytes(random.length(2000)) : new Uint8Array();
  const head = [`${method} ${long ?? random.pick(paths)} HTTP/1.${random.chance(0.9) ? 1 : random.below(10)}`, ...headersOf(random, body.length)];
  return Buffer.concat([utf8(`${head.join('\r\n')}\r\n\r\n`), body]);
}

function headersOf(random: Random, bodyLength: number): string[] {
  const headers = random.chance(0.9) ? [`Host: ${random.pick(['localhost', '127.0.0.1:80', 'LOCALHOST:8787', 'localhost:1:2', '[::1]', 'evil.example', 'localhost\u00e4', 'a@localhost'])}`] : [];
  const some: readonly (() => string)[] = [
    () => `Origin: ${random.pick(origins)}`,
    () => `X-Forwarded-For: ${random.pick([random.address(), 'x', '::1', '1.2.3.4, fe80::1%eth0', '[::1]', '1::2::3', '::ffff:1.2.3.4', ','.repeat(50)])}`,
    () => `X-Forwarded-Proto: ${random.pick(['https', 'x', ','])}`,
    () => `Range: bytes=${random.pick(['0-0', '5-', '-5', '9-1', `0-${'9'.repeat(30)}`, 'a-b', '0-1,3-4'])}`,
    () => `If-None-Match: ${random.pick(['*', '"x"', 'W/""', '"'.repeat(99)])}`,
    () => `Accept: ${random.pick(['text/html', '*/*', 'x'.repeat(5000)])}`,
    () => `Content-Length: ${random.pick([String(bodyLength), String(bodyLength), '0', '-1', '99999999999999999999', 'x'])}`,
    () => `Transfer-Encoding: ${random.pick(['chunked', 'gzip, chunked', 'x'])}`,
    () => `Expect: ${random.pick(['100-continue', 'x'])}`,
    () => `Connection: ${random.pick(['close', 'keep-alive', 'Upgrade', 'x'])}`,
    () => `X-Long: ${'x'.repeat(random.length(30_000))}`,
    () => Array.from({length: random.length(3000)}, (_, index) => `H${index}: 1`).join('\r\n') || 'H: 1',
    () => `Host: ${random.pick(['localhost', 'evil.example'])}`,
    () => `${random.pick(['Bad Header', '', ':', 'x\u0001y', '__proto__'])}: 1`,
    () => upgradeOf(random),
  ];
  for (let count = random.below(4); count > 0; count -= 1) headers.push((some[random.below(some.length)] ?? (() => 'X: 1'))());
  return headers;
}

const upgradeOf = (random: Random): string =>
  [
    `Connection: ${random.pick(['Upgrade', 'keep-alive, Upgrade'])}`,
    `Upgrade: ${random.pick(['websocket', 'WebSocket', 'h2c', 'x'])}`,
    `Sec-WebSocket-Key: ${random.pick(['dGhlIHNhbXBsZSBub25jZQ==', 'x', ''])}`,
    `Sec-WebSocket-Version: ${random.pick(['13', '8', '0', 'x'])}`,
    ...(random.chance(0.3) ? [`Sec-WebSocket-Protocol: ${random.pick(['a', ',', 'a,a', '\u0001'])}`] : []),
    ...(random.chance(0.3) ? [`Sec-WebSocket-Extensions: ${random.pick(['permessage-deflate', 'x;=', ';;', 'a=b; c="'])}`] : []),
  ].join('\r\n');
