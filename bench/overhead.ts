/** Tokens per second through the network against the same engine called directly in the same worker. */
import {startBrowserRun, type Timing} from './browser-run.ts';
import {type Figure, median, rounded} from './figure.ts';

const rounds = 7;
const question = 'Count from 1 to 40.';
const speed = ({tokens, totalMs}: Timing): number => (tokens * 1000) / totalMs;

export async function measure(): Promise<readonly Figure[]> {
  const run = await startBrowserRun();
  try {
    const speeds = {direct: [] as number[], network: [] as number[]};
    for (let round = -1; round < rounds; round += 1) {
      const direct = speed(await run.direct(question, 200));
      const network = speed(await run.throughNetwork(question, 200));
      if (round < 0) continue;
      speeds.direct.push(direct);
      speeds.network.push(network);
    }
    const value = median(speeds.network);
    return [{bench: 'overhead', figure: 'tokens per second to the last word, demo model on the processor', value: rounded(value), unit: 'tokens/s', baseline: 'the engine called directly', ratio: rounded(value / median(speeds.direct)), target: '>=0.97'}];
  } finally {
    await run.close();
  }
}
