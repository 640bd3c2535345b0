/** The operator's guide and the files for deployment name what there is, and nothing else. */
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {settingNames} from './config.ts';
import {silentLog} from './log.ts';
import {relayMetrics} from './relay-metrics.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const guide = read('docs/operate.md');
const deployment = readdirSync(join(root, 'deploy')).map((name) => [`deploy/${name}`, read(`deploy/${name}`)] as const);
const metricNames = (): readonly string[] => {
  const meters = relayMetrics({hub: () => assert.fail(), log: silentLog, draining: () => false, money: true});
  meters.close();
  meters.onCluster({isUp: true, size: 0, nodes: 0});
  return meters.metrics.names;
};
const foundIn = (text: string, pattern: RegExp): string[] => [...new Set(text.match(pattern) ?? [])];

test('every setting has its place in the table of the guide, and every one that is named exists', () => {
  const [, table = ''] = /## Settings\n([^]*?)\n## /.exec(guide) ?? [];
  for (const name of settingNames) assert.ok(table.includes(`\`${name}\``), `${name} is missing in docs/operate.md`);
  for (const [path, text] of [['docs/operate.md', guide] as const, ...deployment]) {
    for (const name of foundIn(text, /BOMBYX_[A-Z_]*[A-Z]/g)) assert.ok(settingNames.includes(name), `${path} names ${name}`);
  }
});

test('every metric is in the guide, and every one that guide and alerts name exists', () => {
  const names = metricNames();
  for (const name of names) assert.ok(guide.includes(`\`${name}`), `${name} is missing in docs/operate.md`);
  for (const [path, text] of [['docs/operate.md', guide], ['deploy/alerts.yml', read('deploy/alerts.yml')]] as const) {
    for (const name of foundIn(text, /\bbombyx_[a-z_]+/g)) assert.ok(names.includes(name.replace(/_bucket$/, '')), `${path} names ${name}`);
  }
});

test('every alert is in the guide', () => {
  for (const [, alert = ''] of read('deploy/alerts.yml').matchAll(/alert: (\w+)/g)) assert.ok(guide.includes(`\`${alert}\``), alert);
});

test('every event that the relay logs is in the guide', () => {
  const sources = readdirSync(join(root, 'relay'), {recursive: true, encoding: 'utf8'}).filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !/^gateway\b/.test(path));
  const events = sources.flatMap((path) => [...read(join('relay', path)).matchAll(/\blog\('(?:info|warn|error)', '([a-z-]+)'/g)].map(([, event = '']) => event));
  assert.ok(events.length >= 10);
  for (const event of events) assert.ok(guide.includes(`\`${event}\``), `${event} is missing in docs/operate.md`);
});
