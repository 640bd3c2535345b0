/** Guards the guards: plants what the house forbids into a copy of the tree and sees each plant caught by its own rule. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {after, before, test} from 'node:test';

const root = join(import.meta.dirname, '..');
const folders = ['protocol', 'sdk', 'contracts', 'relay', 'web', 'sw', 'bench', 'scripts', 'models'];
const files = ['package.json', 'tsconfig.base.json', 'tsconfig.json', 'tsconfig.test.json', '.dependency-cruiser.js', 'vite.config.ts', 'playwright.config.ts'];

interface Trespass {
  readonly what: string;
  /** A new file with one forbidden line. */
  readonly file: string;
  readonly line: string;
  /** The rule of the arrows, or the type check (`TS`). */
  readonly caughtBy: string;
}

/** What the relay may never reach, file by file: a file that was renamed would slip out of the wall, and is missed here. */
const opening = ['seal', 'hpke', 'response', 'job', 'answer', 'roles/client', 'roles/client-link', 'roles/client-lane', 'roles/ask', 'roles/attempt', 'roles/dial'].concat(
  ['roles/direct', 'roles/node', 'roles/node-run', 'roles/node-jobs', 'roles/node-lane', 'roles/pacing'],
);

const trespasses: readonly Trespass[] = [
  {what: 'protocol: fetch', file: 'protocol/planted-01.ts', line: "export const x = () => fetch('x');", caughtBy: 'TS'},
  {what: 'protocol: document', file: 'protocol/planted-02.ts', line: 'export const x = () => document.title;', caughtBy: 'TS'},
  {what: 'protocol: process', file: 'protocol/planted-03.ts', line: 'export const x = () => process.pid;', caughtBy: 'TS'},
  {what: 'protocol: a timer', file: 'protocol/planted-04.ts', line: 'export const x = () => setTimeout(() => {}, 1);', caughtBy: 'TS'},
  {what: 'an enum', file: 'protocol/planted-05.ts', line: 'export enum E {A}', caughtBy: 'TS'},
  {what: 'relay: document', file: 'relay/planted-06.ts', line: 'export const x = () => document.title;', caughtBy: 'TS'},
  {what: 'worker: document', file: 'web/worker/planted-07.ts', line: 'export const x = () => document.title;', caughtBy: 'TS'},
  {what: 'worker: process', file: 'web/worker/planted-72.ts', line: 'export const x = () => process.pid;', caughtBy: 'TS'},
  {what: 'platform: document', file: 'web/platform/planted-08.ts', line: 'export const x = () => document.title;', caughtBy: 'TS'},
  {what: 'protocol -> node:fs', file: 'protocol/planted-10.ts', line: "import {readFileSync} from 'node:fs'; export const x = readFileSync;", caughtBy: 'protocol'},
  {what: 'protocol -> web', file: 'protocol/planted-11.ts', line: "export {store} from '../web/state/store.ts';", caughtBy: 'protocol'},
  {what: 'protocol -> lit', file: 'protocol/planted-12.ts', line: "export {html} from 'lit';", caughtBy: 'protocol'},
  {what: 'words -> roles', file: 'protocol/planted-13.ts', line: "export type {Engine} from './roles/engine.ts';", caughtBy: 'protocol-words'},
  {what: 'relay -> seal', file: 'relay/planted-14.ts', line: "export {JobKey} from '#protocol/seal.ts';", caughtBy: 'relay-is-blind'},
  {what: 'relay -> node role -> seal', file: 'relay/planted-15.ts', line: "export {serve} from '#protocol/roles/node.ts';", caughtBy: 'relay-is-blind'},
  {what: 'relay -> client', file: 'relay/planted-16.ts', line: "export {Client} from '#protocol/roles/client.ts';", caughtBy: 'relay-is-blind'},
  {what: 'relay -> stage of its tests -> node role', file: 'relay/planted-live.ts', line: "export {liveNode} from './testing/live-network.ts';", caughtBy: 'relay-is-blind'},
  {what: 'relay -> the client with OpenAI’s face', file: 'relay/planted-73.ts', line: "export {openAiFace} from '#sdk/openai/face.ts';", caughtBy: 'relay-is-blind'},
  {what: 'relay -> gateway', file: 'relay/planted-74.ts', line: "export {openBearerKey} from './gateway/bearer-key.ts';", caughtBy: 'relay'},
  {what: 'sdk: process', file: 'sdk/planted-75.ts', line: 'export const x = () => process.pid;', caughtBy: 'TS'},
  {what: 'sdk: document', file: 'sdk/planted-76.ts', line: 'export const x = () => document.title;', caughtBy: 'TS'},
  {what: 'sdk -> web', file: 'sdk/planted-77.ts', line: "export {store} from '../web/state/store.ts';", caughtBy: 'sdk'},
  {what: 'sdk -> lit', file: 'sdk/planted-78.ts', line: "export {html} from 'lit';", caughtBy: 'sdk'},
  {what: 'the schema check beside its door', file: 'sdk/openai/planned-schema.ts', line: "export {Validator} from '@cfworker/json-schema';", caughtBy: 'door:@cfworker/json-schema'},
  {what: 'gateway -> devnet', file: 'relay/gateway/planted-79.ts', line: "export {startDevnet} from '../devnet/devnet.ts';", caughtBy: 'gateway'},
  {what: 'page -> the rest of the sdk', file: 'web/page/planted-80.ts', line: "export {openAiFace} from '#sdk/openai/face.ts';", caughtBy: 'web-page'},
  {what: 'hub -> response', file: 'protocol/roles/relay-planted-17.ts', line: "export {FrameOpener} from '../response.ts';", caughtBy: 'hub-is-blind'},
  {what: 'relay -> lit', file: 'relay/planted-18.ts', line: "export {html} from 'lit';", caughtBy: 'relay'},
  {what: 'relay -> web', file: 'relay/planted-19.ts', line: "export {store} from '../web/state/store.ts';", caughtBy: 'relay'},
  {what: 'page -> worker by value', file: 'web/page/planted-20.ts', line: "export {probeGpu} from '../worker/gpu.ts';", caughtBy: 'worker-by-type'},
  {what: 'element -> idb', file: 'web/app/planted-21.ts', line: "export {openDB} from 'idb';", caughtBy: 'door:idb'},
  {what: 'element -> platform', file: 'web/app/planted-22.ts', line: "export {openStore} from '../platform/store-idb.ts';", caughtBy: 'web-app'},
  {what: 'element -> comlink', file: 'web/app/planted-23.ts', line: "export {wrap} from 'comlink';", caughtBy: 'door:comlink'},
  {what: 'state -> platform', file: 'web/state/planted-24.ts', line: "export {openStore} from '../platform/store-idb.ts';", caughtBy: 'web-state'},
  {what: 'state -> app', file: 'web/state/planted-25.ts', line: "export {texts} from '../app/texts.ts';", caughtBy: 'web-state'},
  {what: 'worker -> page', file: 'web/worker/planted-26.ts', line: "export {openPeer} from '../page/peer.ts';", caughtBy: 'web-worker'},
  {what: 'platform -> page', file: 'web/platform/planted-27.ts', line: "export {openPeer} from '../page/peer.ts';", caughtBy: 'web-platform'},
  {what: 'service worker -> web', file: 'sw/planted-28.ts', line: "export {store} from '../web/state/store.ts';", caughtBy: 'sw'},
  {what: 'service worker -> comlink', file: 'sw/planted-29.ts', line: "export {wrap} from 'comlink';", caughtBy: 'door:comlink'},
  {what: 'production -> twins', file: 'relay/planted-30.ts', line: "export {memoryLink} from '#protocol/testing/memory-link.ts';", caughtBy: 'no-test-code'},
  {what: 'production -> tools', file: 'relay/planted-31.ts', line: "export {median} from '../bench/figure.ts';", caughtBy: 'tools-are-roots'},
  {what: 'contracts -> relay', file: 'contracts/planted-60.ts', line: "export {readConfig} from '../relay/config.ts';", caughtBy: 'contracts'},
  {what: 'production -> chain of the tests', file: 'contracts/planted-61.ts', line: "export {Stage} from './testing/stage.ts';", caughtBy: 'no-test-code'},
  {what: 'devnet -> relay', file: 'relay/devnet/planted-63.ts', line: "export {readConfig} from '../config.ts';", caughtBy: 'relay-devnet'},
  {what: 'TON beside its door', file: 'web/page/planted-62.ts', line: "export {Address} from '@ton/core';", caughtBy: 'door:@ton'},
  {what: 'TON beside its door in the gateway', file: 'relay/gateway/planted-82.ts', line: "export {Address} from '@ton/core';", caughtBy: 'door:@ton'},
  {what: 'devnet -> gateway', file: 'relay/devnet/planted-83.ts', line: "export {openGatewayMoney} from '../gateway/gateway-money.ts';", caughtBy: 'relay-devnet'},
  {what: 'page -> wallet by value', file: 'web/page/planted-64.ts', line: "export {createDesk} from '../wallet/desk.ts';", caughtBy: 'wallet-by-type'},
  {what: 'wallet -> state', file: 'web/wallet/planted-65.ts', line: "export {store} from '../state/store.ts';", caughtBy: 'web-wallet'},
  {what: 'TON Connect beside its door', file: 'web/wallet/planted-66.ts', line: "export {TonConnectUI} from '@tonconnect/ui';", caughtBy: 'door:@tonconnect'},
  {what: 'Buffer beside its door', file: 'web/page/planted-67.ts', line: "export {Buffer} from 'buffer/';", caughtBy: 'door:buffer'},
  {what: 'wallet -> chain of its tests', file: 'web/wallet/planted-68.ts', line: "export {WalletStage} from './testing/stage.ts';", caughtBy: 'no-test-code'},
  {what: 'worker -> its suite', file: 'web/worker/planted-69.ts', line: "export {engineCases} from './testing/engine-suite.ts';", caughtBy: 'no-test-code'},
  {what: 'MP3 decoder beside its door', file: 'relay/gateway/planted-mp3.ts', line: "export {MPEGDecoder} from 'mpg123-decoder';", caughtBy: 'door:mpg123-decoder'},
  {what: 'Opus decoder beside its door', file: 'relay/gateway/planted-opus.ts', line: "export {OpusDecoder} from 'opus-decoder';", caughtBy: 'door:opus-decoder'},
  {what: 'PDF reader beside its door', file: 'web/page/planted-81.ts', line: "export {getDocument} from 'pdfjs-dist';", caughtBy: 'door:pdfjs-dist'},
  {what: 'wllama beside its door', file: 'web/worker/planted-70.ts', line: "export {Wllama} from '@wllama/wllama/esm/index.js';", caughtBy: 'door:@wllama/wllama'},
  {what: 'Jinja beside its door', file: 'web/worker/planted-71.ts', line: "export {Template} from '@huggingface/jinja';", caughtBy: 'door:@huggingface/jinja'},
  {what: 'a cycle', file: 'protocol/planted-32.ts', line: "export {x} from './planted-33.ts';", caughtBy: 'no-cycles'},
  {what: 'HPKE beside its door', file: 'protocol/planted-34.ts', line: "export {CipherSuite} from '@hpke/core';", caughtBy: 'door:@hpke'},
  {what: 'engine beside its door', file: 'web/page/planted-35.ts', line: "export {AutoTokenizer} from '@huggingface/transformers';", caughtBy: 'door:@huggingface/transformers'},
  {what: 'PeerServer beside its door', file: 'relay/planted-36.ts', line: "export {PeerServer} from 'peer';", caughtBy: 'door:peer'},
  {what: 'express beside its door', file: 'relay/planted-37.ts', line: "export {default as e} from 'express';", caughtBy: 'door:express'},
  {what: 'the bus beside its door', file: 'relay/planted-99.ts', line: "export {connect} from '@nats-io/transport-node';", caughtBy: 'door:@nats-io'},
  {what: 'WebRTC beside its door', file: 'relay/planted-38.ts', line: "export {PeerConnection} from 'node-datachannel';", caughtBy: 'door:node-datachannel'},
  {what: 'WebLLM beside its door', file: 'web/worker/planted-39.ts', line: "export {MLCEngine} from '@mlc-ai/web-llm';", caughtBy: 'door:@mlc-ai/web-llm'},
  {what: 'an ONNX file beside its door', file: 'web/planted-40.ts', line: "import x from 'onnxruntime-web/a.wasm?url'; export {x};", caughtBy: 'door:onnxruntime-web'},
  {what: 'PeerJS beside its door', file: 'web/platform/planted-41.ts', line: "export {Peer} from 'peerjs';", caughtBy: 'door:peerjs'},
  {what: 'ws beside its door', file: 'web/page/planted-42.ts', line: "export {WebSocket} from 'ws';", caughtBy: 'door:ws'},
  {what: 'lit beside its door', file: 'web/page/planted-43.ts', line: "export {html} from 'lit';", caughtBy: 'door:lit'},
  {what: 'KaTeX beside its door', file: 'web/app/planted-104.ts', line: "export {render} from 'katex';", caughtBy: 'door:katex'},
  {what: 'the QR encoder beside its door', file: 'web/app/planted-uqr.ts', line: "export {encode} from 'uqr';", caughtBy: 'door:uqr'},
  {what: 'a relay that could open a pairing', file: 'relay/planted-pairing.ts', line: "export {openWord} from '#protocol/pairing-words.ts';", caughtBy: 'relay-is-blind'},
  {what: 'workbox beside its door', file: 'web/page/planted-44.ts', line: "export {Workbox} from 'workbox-window';", caughtBy: 'door:workbox-window'},
  {what: 'page -> relay', file: 'web/page/planted-45.ts', line: "export {readConfig} from '../../relay/config.ts';", caughtBy: 'web-page'},
  {what: 'worker -> state, by type', file: 'web/worker/planted-46.ts', line: "export type * from '../state/views.ts';", caughtBy: 'web-worker'},
  {what: 'demo -> twins', file: 'scripts/planted-47.ts', line: "export {memoryLink} from '#protocol/testing/memory-link.ts';", caughtBy: 'no-test-code'},
  {what: 'bench -> demo', file: 'bench/planted-48.ts', line: "import '../scripts/demo.ts';", caughtBy: 'tools-apart'},
  ...opening.map((name, index) => ({what: `relay -> ${name}`, file: `relay/planted-blind-${index}.ts`, line: `import '#protocol/${name}.ts';`, caughtBy: 'relay-is-blind'})),
];

/** Planted behind existing lines: these rules are about one file. */
const appended: readonly Trespass[] = [
  {what: 'spawner -> engine by value', file: 'web/page/node-worker.ts', line: "export {probeGpu} from '../worker/gpu.ts';", caughtBy: 'worker-by-address'},
];

/** The other half of the planted cycle; the rule names one of the two. */
const otherHalf = {file: 'protocol/planted-33.ts', line: "import * as other from './planted-32.ts'; export const x: unknown = other;"};

let copy = '';
let arrows: Map<string, Set<string>>;
let types = '';
let modules = 0;
let clean: string[] = [];
let rules: string[] = [];

/** Runs a tool in the copy; its exit code does not matter, what it prints does. */
const run = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'node_modules', program), ...args], {cwd: copy, maxBuffer: 2 ** 27}, (_, stdout) => resolve(stdout));
  });

interface Report {
  readonly summary: {
    readonly violations: readonly {readonly from: string; readonly rule: {readonly name: string}}[];
    readonly totalCruised: number;
    readonly ruleSetUsed: {readonly forbidden: readonly {readonly name: string}[]};
  };
}

const cruise = async (): Promise<Report['summary']> =>
  (JSON.parse(await run('dependency-cruiser/bin/dependency-cruiser.mjs', [...folders, '--config', '.dependency-cruiser.js', '--output-type', 'json'])) as Report).summary;

/** Not what tools left behind. */
const isSource = (path: string): boolean => !/[\\/](\.types|__pycache__|data)$/.test(path);

before(async () => {
  copy = mkdtempSync(join(tmpdir(), 'bombyx-trespasses-'));
  for (const folder of folders) cpSync(join(root, folder), join(copy, folder), {recursive: true, filter: isSource});
  for (const file of files) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const untouched = await cruise();
  modules = untouched.totalCruised;
  rules = untouched.ruleSetUsed.forbidden.map(({name}) => name);
  clean = untouched.violations.map(({from, rule}) => `${rule.name}: ${from}`);
  for (const {file, line} of [...trespasses, otherHalf]) {
    mkdirSync(dirname(join(copy, file)), {recursive: true});
    writeFileSync(join(copy, file), `${line}\n`);
  }
  for (const {file, line} of appended) appendFileSync(join(copy, file), `${line}\n`);
  const {violations} = await cruise();
  arrows = new Map();
  for (const {from, rule} of violations) arrows.set(from, (arrows.get(from) ?? new Set()).add(rule.name));
  types = await run('typescript/bin/tsc', ['-b']);
});
after(() => rmSync(copy, {recursive: true, force: true}));

test('the tree as it is has no violation, and the tool has seen all of it', () => {
  assert.deepEqual(clean, []);
  assert.ok(modules > 120, `only ${modules} modules were looked at`);
});

test('every rule has a trespass that it catches', () => {
  const tried = new Set([...trespasses, ...appended].map(({caughtBy}) => caughtBy));
  assert.deepEqual(rules.filter((rule) => !tried.has(rule)), []);
});

test('the page has the worker as an address: the arrows cannot tell `?worker&url` from a value', () => {
  const imports = readFileSync(join(root, 'web/page/node-worker.ts'), 'utf8').matchAll(/^import (?!type )[^;]*from '(\.\.\/worker\/[^']*)'/gm);
  assert.deepEqual([...imports].map(([, path]) => path), ['../worker/worker.ts?worker&url']);
});

for (const {what, file, caughtBy} of [...trespasses, ...appended]) {
  test(`caught: ${what}`, () => {
    if (caughtBy === 'TS') assert.match(types, new RegExp(`${basename(file)}.*error TS\\d+`));
    else assert.ok(arrows.get(file)?.has(caughtBy), `${file}: ${[...(arrows.get(file) ?? ['nothing'])].join(', ')}`);
  });
}
