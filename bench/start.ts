/** What a browser must load before the first screen, gzip: the built page's scripts, and the service worker. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {type Figure, rounded} from './figure.ts';

const dist = join(import.meta.dirname, '../dist');
const kilobytes = (paths: readonly string[]): number => rounded(paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0) / 1000);

export async function measure(): Promise<readonly Figure[]> {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
  return [
    {bench: 'start', figure: 'first-route JavaScript, gzip', value: kilobytes(scripts), unit: 'KB', target: '<=90'},
    {bench: 'start', figure: 'service worker, gzip', value: kilobytes(['sw.js']), unit: 'KB', target: '<=8'},
  ];
}
