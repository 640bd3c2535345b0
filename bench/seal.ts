/** Job set-up against the bare HPKE library on the same job, in Node.js and in Chromium: what our binding, padding and key care cost. */
import {type Figure, median, rounded} from './figure.ts';
import {inChromium} from './in-chromium.ts';
import {sealRounds} from './seal-rounds.ts';

const rounds = 150;

type Times = Awaited<ReturnType<typeof sealRounds>>;

function figure(where: string, {ours, bare}: Times): Figure {
  const value = median(ours);
  return {bench: 'seal', figure: `job set-up, client + node, ${where}`, value: rounded(value), unit: 'ms', baseline: 'bare @hpke/core, same job', ratio: rounded(median(bare) / value), target: '>=0.9'};
}

export async function measure(): Promise<readonly Figure[]> {
  return [figure('Node.js', await sealRounds(rounds)), figure('Chromium', await inChromium<Times>('seal-rounds.ts', `bench.sealRounds(${rounds})`))];
}
