/** The gateway's guide holds every setting, address, error and event that there is. */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

const root = join(import.meta.dirname, '../..');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const guide = read('docs/gateway.md');
const sources = (folder: string): string => readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => read(folder, name)).join('\n');
const all = (text: string, pattern: RegExp): readonly string[] => [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];

const held: readonly {readonly what: string; readonly found: readonly string[]; readonly least: number}[] = [
  {what: 'setting', found: all(read('relay/gateway/config.ts') + read('relay/gateway/money-config.ts'), /\b(BOMBYX_GATEWAY_[A-Z_]*[A-Z])\b/g), least: 10},
  {what: 'route', found: all(read('sdk/openai/face.ts'), /'(?:GET|POST) (\/v1\/[\w/]+)':/g), least: 6},
  {what: 'event of the log', found: all(sources('relay/gateway'), /\blog\('(?:info|warn|error)', '([a-z-]+)'/g), least: 3},
  {what: 'field that is refused', found: all(read('sdk/openai/fields.ts').split('export const unsupportedWriting')[1] ?? '', /\b([a-z_]+): is/g), least: 6},
  {what: 'code of the door', found: all(sources('relay/gateway'), /(?:code: |, )'([a-z]+_[a-z_]+)'/g).filter((code) => !code.includes('error') && code !== 'incomplete_body'), least: 5},
];

for (const {what, found, least} of held) {
  test(`every ${what} is in the guide`, () => {
    assert.ok(found.length >= least, found.join(', '));
    for (const name of found) assert.ok(guide.includes(name), `${name} is missing in docs/gateway.md`);
  });
}
