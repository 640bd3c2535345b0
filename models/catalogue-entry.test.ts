/** Entries made of folders and of a hub that answers as Hugging Face does. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {Readable} from 'node:stream';
import {after, before, test} from 'node:test';
import {promisify} from 'node:util';
import {chunkBytes, parseCatalogue} from '#protocol/models.ts';
import {entryOf, sumsOf, writeInto} from './catalogue-entry.ts';
import {guessEngine, neededPaths} from './choose-files.ts';
import {repositoryFiles, repositoryOf} from './hugging-face.ts';
import {addressFiles, folderFiles} from './model-files.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const large = Uint8Array.from({length: chunkBytes + 9}, (_, at) => (at * 7 + (at >> 8)) & 255);
const files: Readonly<Record<string, Uint8Array>> = {
  'README.md': Buffer.from('read me'),
  'config.json': Buffer.from('{"max_position_embeddings": 32768}'),
  'onnx/model_q4.onnx': large,
  'onnx/model.onnx': Buffer.from('another'),
  'tokenizer.json': Buffer.from('{}'),
  '.gitattributes': Buffer.from('x'),
};

let folder = '';
let hub: Server;
let hubAddress = '';
const asked: string[] = [];
/** Lies about a file whose path has this in it. */
let lie = 'nothing';

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bombyx-models-'));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'noise', path)), {recursive: true});
    writeFileSync(join(folder, 'noise', path), bytes);
  }
  hub = createServer((request, response) => {
    const url = new URL(request.url ?? '', hubAddress);
    asked.push(url.pathname);
    const entries = Object.entries(files).map(([path, bytes]) => ({type: 'file', oid: 'a', path, size: bytes.length, ...(bytes === large ? {lfs: {oid: sum(bytes), size: bytes.length, pointerSize: 134}} : {})}));
    const resolved = /^\/owner\/noise\/resolve\/[0-9a-f]{40}\/(.*)$/.exec(url.pathname)?.[1];
    if (url.pathname === '/api/models/owner/noise/revision/main') response.end(JSON.stringify({sha: commit, cardData: {license: 'mit', tags: []}}));
    else if (url.pathname === `/api/models/owner/noise/tree/${commit}` && !url.searchParams.has('cursor')) {
      response.setHeader('link', `<${hubAddress}${url.pathname}?recursive=true&cursor=abc>; rel="next"`);
      response.end(JSON.stringify([{type: 'directory', oid: 'b', path: 'onnx', size: 0}, ...entries.slice(0, 2)]));
    } else if (url.pathname === `/api/models/owner/noise/tree/${commit}`) response.end(JSON.stringify(entries.slice(2)));
    else if (resolved !== undefined && files[resolved]) response.end(resolved.includes(lie) ? 'a lie' : files[resolved]);
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  hubAddress = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
});
after(async () => {
  hub.closeAllConnections();
  await new Promise((resolve) => void hub.close(resolve));
  rmSync(folder, {recursive: true});
});

test('sums: parts of any size give the same hashes, whole and by chunk', async () => {
  for (const step of [1_000_003, chunkBytes, chunkBytes * 2]) {
    const parts = async function* (): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < large.length; at += step) yield large.subarray(at, at + step);
    };
    assert.deepEqual(await sumsOf(parts()), {bytes: large.length, sha256: sum(large), chunks: [sum(large.subarray(0, chunkBytes)), sum(large.subarray(chunkBytes))]}, String(step));
  }
});

test('a folder of ONNX: the weights of one type, what stands beside them, and nothing else', async () => {
  const entry = await entryOf(await folderFiles(join(folder, 'noise'), 'mirror/noise'), {id: 'noise', licence: 'MIT', dtype: 'q4'});
  assert.ok(entry.manifest.engine === 'transformers' && entry.manifest.dtype === 'q4' && entry.manifest.source === 'mirror/noise');
  assert.deepEqual(entry.manifest.files.map(({path, bytes, chunks}) => [path, bytes, chunks?.length]), [['config.json', 34, undefined], ['onnx/model_q4.onnx', large.length, 2], ['tokenizer.json', 2, undefined]]);
  assert.deepEqual([entry.contextTokens, entry.downloadBytes, entry.demo], [4096, large.length + 36, false]);
});

test('what nobody says has to be given', async () => {
  const model = await folderFiles(join(folder, 'noise'), 'mirror/noise');
  await assert.rejects(entryOf(model, {id: 'noise', dtype: 'q4'}), /Give --licence/);
  await assert.rejects(entryOf(model, {id: 'noise', licence: 'MIT', dtype: 'fp16'}), /no onnx\/model_fp16\.onnx/);
  await assert.rejects(entryOf({...model, files: [{path: 'tokenizer.json'}]}, {id: 'noise', licence: 'MIT', engine: 'wllama', all: true}), /Give --context/);
  await assert.rejects(entryOf(model, {id: 'no id', licence: 'MIT', dtype: 'q4'}), {code: 'bad-message'});
});

test('engines and files by layout', () => {
  const mlc = ['README.md', 'mlc-chat-config.json', 'params_shard_0.bin', 'params_shard_12.bin', 'tensor-cache.json', 'tokenizer.json', 'model-webgpu.wasm'];
  assert.deepEqual([guessEngine(mlc), neededPaths(mlc, {engine: 'webllm', dtype: 'fp32'})], ['webllm', mlc.slice(1)]);
  const split = ['a-00001-of-00002.gguf', 'a-00002-of-00002.gguf', 'README.md'];
  assert.deepEqual([guessEngine(split), neededPaths(split, {engine: 'wllama', dtype: 'fp32'})], ['wllama', split.slice(0, 2)]);
  assert.throws(() => neededPaths(['a-q4.gguf', 'a-q8.gguf'], {engine: 'wllama', dtype: 'fp32'}), /2 GGUF models.*a-q4\.gguf, a-q8\.gguf/);
  assert.throws(() => guessEngine(['model.safetensors']), /neither ONNX, nor GGUF/);
  const parts = ['onnx/model.onnx', 'onnx/model.onnx_data', 'onnx/model.onnx_data_1', 'onnx/model_q4.onnx', 'config.json'];
  assert.deepEqual(neededPaths(parts, {engine: 'transformers', dtype: 'fp32'}), [...parts.slice(0, 3), 'config.json']);
});

test('a model in parts: each of its own type; speech, images and their processors', () => {
  const parts = ['config.json', 'preprocessor_config.json', 'processor_config.json', 'chat_template.jinja', 'onnx/vision_encoder.onnx', 'onnx/vision_encoder_q4.onnx', 'onnx/embed_tokens_fp16.onnx', 'onnx/decoder_model_merged_q4.onnx', 'onnx/decoder_model_merged_q4.onnx_data', 'README.md'];
  const dtype = {embed_tokens: 'fp16', decoder_model_merged: 'q4'} as const;
  assert.deepEqual(neededPaths(parts, {engine: 'transformers', dtype}), parts.filter((path) => path !== 'README.md' && path !== 'onnx/vision_encoder_q4.onnx'));
  assert.throws(() => neededPaths(parts, {engine: 'transformers', dtype: 'q4'}), /no onnx\/embed_tokens_q4\.onnx/);
  const speech = ['config.json', 'onnx/encoder_model_quantized.onnx', 'onnx/decoder_model_merged_quantized.onnx', 'onnx/decoder_with_past_model_quantized.onnx'];
  assert.deepEqual(neededPaths(speech, {engine: 'transformers', dtype: 'q8'}), speech.slice(0, 3));
});

test("MLC's compiled model from an address of its own, or a word that it is missing", async () => {
  const mlc = {...addressFiles(`https://models.example/mlc/${commit}/`, ['mlc-chat-config.json', 'params_shard_0.bin']), open: async () => Readable.from([Buffer.from('{"context_window_size": 2048}')])};
  const library = `https://libs.example/built/${commit}/v1/model.wasm`;
  await assert.rejects(entryOf(mlc, {id: 'mlc', licence: 'MIT'}), /Give --library/);
  const {manifest, contextTokens} = await entryOf(mlc, {id: 'mlc', licence: 'MIT', library, features: ['shader-f16']});
  assert.ok(manifest.engine === 'webllm');
  assert.deepEqual([manifest.library, manifest.files.at(-1)?.url, manifest.features, contextTokens], ['model.wasm', library, ['shader-f16'], 2048]);
});

test('a repository of the hub: a branch becomes the commit, all pages are read, the licence is taken over', async () => {
  const repository = repositoryOf('https://huggingface.co/owner/noise');
  assert.deepEqual(repository, {name: 'owner/noise', revision: 'main'});
  const entry = await entryOf(await repositoryFiles(repository ?? assert.fail(), hubAddress), {id: 'noise', dtype: 'q4'});
  assert.ok(entry.manifest.engine === 'transformers');
  assert.equal(entry.manifest.source, `https://huggingface.co/owner/noise/resolve/${commit}/`);
  assert.deepEqual(entry.manifest.files.map(({path}) => path), ['config.json', 'onnx/model_q4.onnx', 'tokenizer.json']);
  assert.equal(entry.licence, 'mit');
  assert.ok(!asked.some((path) => path.includes('README')), 'what is not needed is not fetched');
});

test('a hub whose bytes are not those that it lists, or that lacks the repository', async () => {
  lie = 'model_q4';
  await assert.rejects(entryOf(await repositoryFiles({name: 'owner/noise', revision: 'main'}, hubAddress), {id: 'noise', dtype: 'q4'}), /onnx\/model_q4\.onnx is not what its publisher says/);
  lie = 'nothing';
  await assert.rejects(repositoryFiles({name: 'owner/other', revision: 'main'}, hubAddress), /answered 404/);
});

test('addresses that are no repository', () => {
  assert.deepEqual(repositoryOf(`https://huggingface.co/a/b/resolve/${commit}/`), {name: 'a/b', revision: commit});
  for (const other of ['https://models.example/a/b', 'models/tiny', `https://huggingface.co/a/b/resolve/${commit}/onnx/`]) assert.equal(repositoryOf(other), undefined, other);
});

test('the command: prints an entry, or adds it to a catalogue and replaces it there', async () => {
  const run = (...args: string[]) => promisify(execFile)(process.execPath, [join(import.meta.dirname, 'model-manifest.ts'), join(folder, 'noise'), '--licence', 'MIT', '--dtype', 'q4', ...args]);
  const {stdout} = await run('--label', 'Noise');
  const [vectors] = parseCatalogue({models: [JSON.parse((await run('--task', 'embeddings', '--task', 'classify', '--pooling', 'first')).stdout)]});
  assert.deepEqual([vectors?.tasks, vectors?.manifest.engine === 'transformers' && vectors.manifest.pooling], [['embeddings', 'classify'], 'first']);
  assert.equal(parseCatalogue({models: [JSON.parse(stdout)]})[0]?.label, 'Noise');
  const into = join(folder, 'models.json');
  await run('--into', into);
  await run('--into', into, '--id', 'other', '--context', '99');
  await run('--into', into, '--files', 'tokenizer.json', '--engine', 'transformers', '--context', '64');
  const made = parseCatalogue(JSON.parse(readFileSync(into, 'utf8')));
  assert.deepEqual(made.map(({id, contextTokens, downloadBytes}) => [id, contextTokens, downloadBytes]), [['noise', 64, 2], ['other', 99, large.length + 36]]);
  for (const wrong of ['fp7', 'decoder=fp7']) await assert.rejects(run('--dtype', wrong), /--dtype is fp32/);
  await assert.rejects(run('--task', 'sing'), /--task is one of chat/);
});

test('a file that is no catalogue is left as it is', async () => {
  const file = join(folder, 'notes.json');
  writeFileSync(file, '{"models": 1}');
  const entry = await entryOf(await folderFiles(join(folder, 'noise'), 'mirror/noise'), {id: 'noise', licence: 'MIT', dtype: 'q4'});
  await assert.rejects(writeInto(file, entry), {code: 'bad-message'});
  assert.equal(readFileSync(file, 'utf8'), '{"models": 1}');
});

test('the committed entry of the demo model is what the code makes of its files', async () => {
  const root = join(import.meta.dirname, '../public');
  const [demo] = parseCatalogue(JSON.parse(readFileSync(join(root, 'models.json'), 'utf8')));
  assert.deepEqual(await entryOf(await folderFiles(join(root, 'models/tiny'), 'models/tiny'), {id: 'bombyx-tiny', label: 'Bombyx tiny', demo: true, licence: 'Apache-2.0', all: true}), demo);
});
