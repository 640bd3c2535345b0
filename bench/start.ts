/** What a browser must load before the first screen, gzip, and how soon a person sees it and is answered by it. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {budgetsOf} from '../scripts/budgets.ts';
import {type Figure, rounded} from './figure.ts';
import {coldPaint, interactionsWhileSharing} from './start-paint.ts';

const dist = join(import.meta.dirname, '../dist');
const kilobytes = (paths: readonly string[]): number => rounded(paths.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0) / 1000);

/** Of the built app: what the document loads at once, and what has to come before a question can be typed. */
function weights(): readonly Figure[] {
  const [first, whole, chat] = budgetsOf(dist).map(({path}) => kilobytes(path.filter((file) => file.endsWith('.js'))));
  return [
    {bench: 'start', figure: 'JavaScript before / is seen, gzip', value: first ?? Number.NaN, unit: 'KB', target: '<=65'},
    {bench: 'start', figure: 'first-route JavaScript of /: frame, page, state and store, gzip', value: whole ?? Number.NaN, unit: 'KB', target: '<=90'},
    {bench: 'start', figure: 'JavaScript before a question can be typed in /chat, gzip', value: chat ?? Number.NaN, unit: 'KB', target: '<=90'},
    {bench: 'start', figure: 'service worker, gzip', value: kilobytes([join(dist, 'sw.js')]), unit: 'KB', target: '<=8'},
  ];
}

export async function measure(): Promise<readonly Figure[]> {
  const paint = await coldPaint();
  const {count, worst, p98, answers} = await interactionsWhileSharing();
  return [
    ...weights(),
    {bench: 'start', figure: 'largest contentful paint of /, cold profile, median of 7', value: rounded(paint / 1000), unit: 's', target: '<=2'},
    {bench: 'start', figure: `interaction to next paint while the node answers (p98 of ${count}, ${answers} answers meanwhile)`, value: rounded(p98), unit: 'ms', target: '<=150'},
    {bench: 'start', figure: 'interaction to next paint while the node answers, worst', value: rounded(worst), unit: 'ms', target: '<=150'},
  ];
}
