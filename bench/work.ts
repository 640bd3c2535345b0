/** How long a proof of work for a free answer takes, in Node.js and in a page, how long it holds the page at a time, and what checking one costs the relay. */
import {randomBytes} from '#protocol/bytes.ts';
import {freshHandle} from '#protocol/ids.ts';
import {isSolution} from '#protocol/work.ts';
import {type Figure, rounded} from './figure.ts';
import {inChromium} from './in-chromium.ts';
import {workRounds, type WorkTimes} from './work-rounds.ts';

/** Luck spreads as far as the mean itself, so that of 100 is right within a tenth or so, that of 30 within a fifth. */
const stages = [{bits: 16, rounds: 100}, {bits: 20, rounds: 30}] as const;
const checks = 20_000;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function figures({bits, rounds, where, times}: {bits: number; rounds: number; where: string; times: WorkTimes}): Figure[] {
  const at = `${bits} bits, ${where}`;
  return [
    {bench: 'work', figure: `one proof, mean of ${rounds}, ${at}`, value: rounded(mean(times.proofs)), unit: 'ms'},
    {bench: 'work', figure: `one proof, longest of ${rounds}, ${at}`, value: rounded(Math.max(...times.proofs)), unit: 'ms'},
    {bench: 'work', figure: `longest time without a pause, ${at}`, value: rounded(times.longestSlice), unit: 'ms'},
  ];
}

function checking(): Figure {
  const puzzle = {bits: 20, nonce: randomBytes(32), handle: freshHandle()};
  const start = performance.now();
  for (let number = 0; number < checks; number += 1) isSolution(puzzle, BigInt(number));
  return {bench: 'work', figure: 'checking one proof', value: rounded(((performance.now() - start) * 1000) / checks), unit: 'us'};
}

export async function measure(): Promise<readonly Figure[]> {
  const lines: Figure[] = [];
  for (const {bits, rounds} of stages) {
    lines.push(...figures({bits, rounds, where: 'Node.js', times: await workRounds({bits, rounds})}));
    lines.push(...figures({bits, rounds, where: 'Chromium', times: await inChromium<WorkTimes>('work-rounds.ts', `bench.workRounds({bits: ${bits}, rounds: ${rounds}})`)}));
  }
  return [...lines, checking()];
}
