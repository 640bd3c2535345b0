/** The real WebLLM in a real browser, as far as it goes without a compiled model: it takes the library from our files, asks nobody else, and says what is wrong with it. */
import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from '@playwright/test';

const root = join(import.meta.dirname, '../..');
const stranger = 'TVMFromAnotherVersion';

const section = (id: number, content: readonly number[]): readonly number[] => [id, content.length, ...content];
const name = (text: string): readonly number[] => [text.length, ...Buffer.from(text)];

/** A module that wants one function from its host that no TVM runtime has. */
const library = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section(1, [1, 0x60, 0, 0]), ...section(2, [1, ...name('env'), ...name(stranger), 0, 0]));

const whole: Readonly<Record<string, string | Uint8Array>> = {
  'mlc-chat-config.json': '{"tokenizer_files":["tokenizer.json"],"context_window_size":64,"quantization":"q4f32_1"}',
  'tensor-cache.json': '{"records":[{"dataPath":"params_shard_0.bin","nbytes":4}]}',
  'params_shard_0.bin': 'abcd',
  'tokenizer.json': '{}',
  'model.wasm': library,
};

/** Runs the test of WebLLM over a folder with these files; gives its exit code and all that it said. */
async function testWebLlm(files: Readonly<Record<string, string | Uint8Array>>): Promise<{code: unknown; said: string}> {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-webllm-'));
  try {
    for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content);
    return await new Promise((resolve) => {
      execFile(process.execPath, [join(root, 'scripts/test-webllm.ts'), folder], {cwd: root}, (error, stdout, stderr) => resolve({code: error?.code ?? 0, said: stdout + stderr}));
    });
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test('a library of another version: the real WebLLM refuses it, and the test says so', async () => {
  const {code, said} = await testWebLlm(whole);
  expect(said).toMatch(/GPU: |Going on with .*swiftshader/);
  expect(said).toMatch(new RegExp(`another version.*LinkError.*${stranger}`));
  expect(code).toBe(2);
});

test('a file that is missing is named before any browser starts', async () => {
  const {'tokenizer.json': _, ...without} = whole;
  const {code, said} = await testWebLlm(without);
  expect(said).toMatch(/tokenizer is missing/);
  expect(said).not.toMatch(/GPU/);
  expect(code).toBe(2);
});
