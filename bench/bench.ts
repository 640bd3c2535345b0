/** `npm run bench -- NAME...`: runs benchmarks, prints a JSON line per figure, keeps the lines in bench/results/. */
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type Figure, judged} from './figure.ts';

const benches: Readonly<Record<string, () => Promise<{measure(): Promise<readonly Figure[]>}>>> = {
  seal: () => import('./seal.ts'),
  ttft: () => import('./ttft.ts'),
  overhead: () => import('./overhead.ts'),
  batch: () => import('./batch.ts'),
  relay: () => import('./relay.ts'),
  match: () => import('./match.ts'),
  start: () => import('./start.ts'),
  chain: () => import('./chain.ts'),
  download: () => import('./download.ts'),
  gpu: () => import('./gpu.ts'),
  idle: () => import('./idle.ts'),
  work: () => import('./work.ts'),
};

const asked = process.argv.slice(2);
const names = asked.includes('all') || asked.length === 0 ? Object.keys(benches) : asked;
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}, or all.\n`);
  process.exit(2);
}
for (const name of names) {
  const lines = (await (await benches[name]?.())?.measure() ?? []).map((figure) => JSON.stringify(judged(figure)));
  for (const line of lines) process.stdout.write(`${line}\n`);
  writeFileSync(join(import.meta.dirname, 'results', `${name}.jsonl`), `${lines.join('\n')}\n`);
}
