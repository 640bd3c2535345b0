/** The opcodes outside Tolk are those of the sources, all of them, and no two are equal where they could meet. */
import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {opcodes} from './opcodes.ts';

const sources = globSync('**/*.tolk', {cwd: import.meta.dirname}).map((path) => readFileSync(new URL(path, import.meta.url), 'utf8'));
const declared = sources.flatMap((source) => [...source.matchAll(/struct \((0x[0-9a-f]{8})\) (\w+)/g)].map(([, code = '', name = '']) => [name, Number(code)] as const));

test('opcodes: every tagged struct of the sources is listed with its number', () => {
  // A bounced payout request is read as `PayoutRefused`: the same message, cut.
  const named = declared.filter(([name]) => name !== 'PayoutRefused');
  assert.deepEqual(Object.fromEntries(named), opcodes);
  assert.equal(new Set(Object.values(opcodes)).size, Object.keys(opcodes).length);
});

test('exit codes: each contract has a hundred of its own', () => {
  const ranges = {channel: 400, vault: 500, 'node-account': 600, bond: 700};
  for (const [folder, from] of Object.entries(ranges)) {
    const source = readFileSync(new URL(`${folder}/errors.tolk`, import.meta.url), 'utf8');
    const codes = [...source.matchAll(/const (ERR_\w+) = (\w+)/g)].map(([, name, code]) => [name, Number(code)] as const);
    assert.ok(codes.length > 0);
    for (const [name, code] of codes) assert.ok(name === 'ERR_UNKNOWN_OPCODE' ? code === 0xffff : code >= from && code < from + 100, `${folder} ${name}`);
  }
});
