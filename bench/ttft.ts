/** Time to the first token through the network, less the engine's own: loopback, the processor. */
import {startBrowserRun} from './browser-run.ts';
import {type Figure, median, rounded} from './figure.ts';

const rounds = 15;
/** A frame leaves with each tick of the node's clock: on average half a tick after the token, at most a whole one. */
const tickMs = 100;

export async function measure(): Promise<readonly Figure[]> {
  const run = await startBrowserRun('wasm');
  try {
    const added: number[] = [];
    const whole: number[] = [];
    for (let round = -2; round < rounds; round += 1) {
      const direct = await run.direct('Hello', 4);
      const network = await run.throughNetwork('Hello', 4);
      if (round < 0) continue;
      whole.push(network.firstMs);
      added.push(network.firstMs - direct.firstMs);
    }
    return [
      {bench: 'ttft', figure: 'added by the network, frame clock included', value: rounded(median(added)), unit: 'ms', target: `<=${25 + tickMs}`},
      {bench: 'ttft', figure: 'through the network', value: rounded(median(whole)), unit: 'ms'},
    ];
  } finally {
    await run.close();
  }
}
