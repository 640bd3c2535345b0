/** A model folder as an entry: what is taken of it, and each reason why it is refused. */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {entryOfFolder} from './webllm-folder.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, {recursive: true});
});

const whole: Readonly<Record<string, string>> = {
  'mlc-chat-config.json': '{"tokenizer_files":["tokenizer.json","added_tokens.json"],"context_window_size":32768,"quantization":"q4f16_1"}',
  'tensor-cache.json': '{"records":[{"dataPath":"params_shard_0.bin","nbytes":4}]}',
  'params_shard_0.bin': 'abcd',
  'tokenizer.json': '{}',
  'model-webgpu.wasm': 'wasm',
  'README.md': 'not part of the model',
};

function folderOf(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-mlc-'));
  folders.push(folder);
  for (const [name, content] of Object.entries({...whole, ...changes})) if (content !== undefined) writeFileSync(join(folder, name), content);
  return folder;
}

test('entryOfFolder(): the files of the model with their hashes, its features, a context that is not too long', async () => {
  const {manifest, contextTokens, downloadBytes} = await entryOfFolder(folderOf());
  assert.deepEqual(manifest.files.map(({path}) => path).toSorted(), Object.keys(whole).filter((name) => name !== 'README.md').toSorted());
  assert.deepEqual([manifest.library, manifest.features, contextTokens], ['model-webgpu.wasm', ['shader-f16'], 4096]);
  assert.equal(manifest.files.find(({path}) => path === 'params_shard_0.bin')?.sha256, createHash('sha256').update('abcd').digest('hex'));
  assert.equal(downloadBytes, manifest.files.reduce((sum, {bytes}) => sum + bytes, 0));
});

test('entryOfFolder(): a 32-bit model needs no feature', async () => {
  const {manifest} = await entryOfFolder(folderOf({'mlc-chat-config.json': whole['mlc-chat-config.json']?.replace('q4f16_1', 'q4f32_1')}));
  assert.deepEqual(manifest.features, []);
});

test('entryOfFolder(): says which file is missing, cut or not what it should be', async () => {
  const fails = (changes: Readonly<Record<string, string | undefined>>) => entryOfFolder(folderOf(changes)).then(() => 'nothing', (error: Error) => error.message);
  assert.match(await fails({'mlc-chat-config.json': undefined}), /mlc-chat-config\.json is missing/);
  assert.match(await fails({'mlc-chat-config.json': '{'}), /not what MLC writes/);
  assert.match(await fails({'tensor-cache.json': undefined, 'ndarray-cache.json': '{}'}), /tensor-cache\.json is missing.*before 0\.2\.80/);
  assert.match(await fails({'tensor-cache.json': '{"records":[]}'}), /not what MLC writes/);
  assert.match(await fails({'params_shard_0.bin': undefined}), /params_shard_0\.bin is missing/);
  assert.match(await fails({'params_shard_0.bin': 'abc'}), /3 bytes where tensor-cache\.json says 4/);
  assert.match(await fails({'tokenizer.json': undefined}), /tokenizer is missing/);
  assert.match(await fails({'model-webgpu.wasm': undefined}), /No \.wasm/);
  assert.match(await fails({'other.wasm': 'wasm'}), /Several \.wasm/);
  await assert.rejects(entryOfFolder('/no/such/folder'), /is no folder/);
});
