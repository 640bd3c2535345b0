import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {isSignedBy} from '#protocol/identity.ts';
import {identityOfSeed, readOrMakeSeed, readSecret, readSeed} from './key-files.ts';

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  t.after(() => rmSync(folder, {recursive: true}));
  return folder;
}

test('the first start makes a key that only its owner can read; every later start finds the same', async (t) => {
  const path = join(folderOf(t), 'deep', 'vault-key');
  const seed = readOrMakeSeed(path);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(join(path, '..')).mode & 0o777, 0o700);
  assert.deepEqual(readOrMakeSeed(path), seed);
  assert.deepEqual(readSeed(path), seed);
  const [first, second] = [await identityOfSeed(seed), await identityOfSeed(readSeed(path))];
  assert.equal(first.id, second.id);
  const message = Uint8Array.of(1, 2, 3);
  assert.ok(await isSignedBy(second.id, {message, signature: await first.sign(message)}));
  assert.notDeepEqual(readOrMakeSeed(join(path, '..', 'another')), seed);
});

test('the identity of a seed is that of RFC 8032, its first vector', async () => {
  const {id, sign} = await identityOfSeed(Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'));
  assert.equal(id, 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  assert.match(Buffer.from(await sign(new Uint8Array())).toString('hex'), /^e5564300c360ac729086e2cc806e828a/);
});

test('a key of ours that others can read is refused; one that the operator names is the operator\'s care', (t) => {
  const path = join(folderOf(t), 'vault-key');
  const seed = readOrMakeSeed(path);
  for (const mode of [0o640, 0o604, 0o622]) {
    chmodSync(path, mode);
    assert.throws(() => readOrMakeSeed(path), /vault-key can be read by others. Nothing was started; run: chmod 600/);
  }
  assert.deepEqual(readSeed(path), seed);
});

test('what is no key is refused, named, and left as it is', (t) => {
  const path = join(folderOf(t), 'vault-key');
  for (const text of ['', 'nonsense', 'ab'.repeat(31), 'ab'.repeat(33), `${'ab'.repeat(31)}zz`]) {
    writeFileSync(path, text, {mode: 0o600});
    for (const read of [readOrMakeSeed, readSeed]) assert.throws(() => read(path), /vault-key holds no key: it must be 64 hex digits. Nothing was changed/);
    assert.equal(readFileSync(path, 'utf8'), text);
  }
  writeFileSync(path, `  ${'AB'.repeat(32)}\n`);
  assert.deepEqual(readSeed(path), Buffer.alloc(32, 0xab), 'as people write it');
});

test('a file that is not there says so', (t) => {
  const path = join(folderOf(t), 'missing');
  for (const read of [readSeed, readSecret]) assert.throws(() => read(path), /missing can not be read. Nothing was started; check the path/);
});
