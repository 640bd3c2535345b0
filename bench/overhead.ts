/** Tokens per second through the network against the same engine called directly in the same worker. */
import {startBrowserRun, type Timing} from './browser-run.ts';
import {type Figure, median, rounded} from './figure.ts';

const runs = [
  // Software WebGPU is as slow here as a large model is on a real GPU: a few tokens a second.
  {device: 'webgpu', where: 'WebGPU', rounds: 3, question: 'Count from 1 to 10.'},
  // Nearly a thousand tokens a second: the answer is over in half a second, and the last tick of the clock alone costs a tenth of it.
  {device: 'wasm', where: 'the processor', rounds: 9, question: 'Tell me a long story about a fox.'},
] as const;
const speed = ({tokens, totalMs}: Timing): number => (tokens * 1000) / totalMs;

async function measured({device, where, rounds, question}: (typeof runs)[number]): Promise<Figure> {
  const run = await startBrowserRun(device);
  try {
    const speeds = {direct: [] as number[], network: [] as number[]};
    for (let round = -1; round < rounds; round += 1) {
      const direct = speed(await run.direct(question, 400));
      const network = speed(await run.throughNetwork(question, 400));
      if (round < 0) continue;
      speeds.direct.push(direct);
      speeds.network.push(network);
    }
    const value = median(speeds.network);
    const ratio = rounded(value / median(speeds.direct));
    return {bench: 'overhead', figure: `tokens per second to the last word, demo model on ${where}`, value: rounded(value), unit: 'tokens/s', baseline: 'the engine called directly', ratio, target: '>=0.97'};
  } finally {
    await run.close();
  }
}

export async function measure(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const run of runs) figures.push(await measured(run));
  return figures;
}
