/** The built library as a package: one file that imports nothing, declarations that fit the clients they are for, and a guide whose first lines run. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {promisify} from 'node:util';
import ts from 'typescript';
import {liveNode, talking} from '../relay/testing/live-network.ts';
import {openRelay} from '../relay/testing/open-relay.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('it is one file that imports nothing, now or later', async () => {
  const imports = (code: string) => ts.preProcessFile(code, true, true).importedFiles.map(({fileName}) => fileName);
  assert.deepEqual(imports(`await import('a'); require('b'); export * from 'c';`), ['a', 'b', 'c']);
  assert.deepEqual(imports(read('dist-sdk/bombyx.js')), []);
  assert.deepEqual(Object.keys((await import(join(root, 'dist-sdk/bombyx.js'))) as object).toSorted(), ['createSecret', 'openBombyx']);
});

const program = `
import {createOpenAICompatible} from '@ai-sdk/openai-compatible';
import OpenAI from 'openai';
import {type Bombyx, type BombyxModel, type BombyxOptions, createSecret, openBombyx} from 'bombyx/sdk';

const options: BombyxOptions = {relay: 'https://relay.example.org', level: 'mine', mine: [], priceCap: 0n, delivery: 'quiet', secret: await createSecret()};
const bombyx: Bombyx = openBombyx(options);
export const openai = new OpenAI({baseURL: bombyx.baseURL, apiKey: 'none', fetch: bombyx.fetch});
export const ai = createOpenAICompatible({name: 'bombyx', baseURL: bombyx.baseURL, fetch: bombyx.fetch});
export const models: readonly BombyxModel[] = await bombyx.models();
globalThis.fetch = bombyx.fetch;
bombyx.close();
`;

/** What a compiler says of a program that takes the package. */
function complaints(text: string, host: Pick<ts.CompilerOptions, 'lib' | 'types'>): readonly string[] {
  mkdirSync(join(root, 'test-results'), {recursive: true});
  const folder = mkdtempSync(join(root, 'test-results/package-'));
  try {
    const file = join(folder, 'program.ts');
    writeFileSync(file, text);
    const options: ts.CompilerOptions = {...host, strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler};
    return ts.getPreEmitDiagnostics(ts.createProgram([file], options)).map(({messageText}) => ts.flattenDiagnosticMessageText(messageText, ' '));
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test('its declarations fit the clients, in a page and in Node.js, and say what is wrong', () => {
  assert.deepEqual(complaints(program, {lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: []}), []);
  assert.deepEqual(complaints(program, {lib: ['lib.es2024.d.ts'], types: ['node']}), []);
  const [complaint, ...more] = complaints(program.replace("level: 'mine'", "level: 'all'"), {lib: ['lib.es2024.d.ts', 'lib.dom.d.ts'], types: []});
  assert.match(complaint ?? '', /"all"/);
  assert.deepEqual(more, []);
});

test('the first lines of the guide run', async (t) => {
  const relay = await openRelay(t);
  await liveNode(relay.port, {engine: talking('Good day to you')});
  const [, start = ''] = /```js\n([^]*?)```/.exec(read('docs/sdk.md')) ?? [];
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', start.replace('https://relay.example.org', relay.url)], {cwd: root});
  assert.equal(stdout, 'Good day to you\n');
});
