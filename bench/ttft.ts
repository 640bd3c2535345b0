/** Time to the first token through the network, and through a gateway in front of it, less the engine's own: loopback, the processor. */
import {type BrowserRun, startBrowserRun} from './browser-run.ts';
import {type Figure, median, rounded} from './figure.ts';

const rounds = 15;
const warmUp = 2;
/** A frame leaves with each tick of the node's clock: on average half a tick after the token, at most a whole one. */
const tickMs = 100;

/** One way after the other: where two clients take turns, each waits for the padding of the other's answer. */
async function through(run: BrowserRun, way: 'throughNetwork' | 'throughGateway'): Promise<{added: number; whole: number}> {
  const added: number[] = [];
  const whole: number[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const direct = await run.direct('Hello', 4);
    const network = await run[way]('Hello', 4);
    if (round < 0) continue;
    whole.push(network.firstMs);
    added.push(network.firstMs - direct.firstMs);
  }
  return {added: rounded(median(added)), whole: rounded(median(whole))};
}

export async function measure(): Promise<readonly Figure[]> {
  const run = await startBrowserRun('wasm');
  try {
    const network = await through(run, 'throughNetwork');
    const gateway = await through(run, 'throughGateway');
    return [
      {bench: 'ttft', figure: 'added by the network, frame clock included', value: network.added, unit: 'ms', target: `<=${25 + tickMs}`},
      {bench: 'ttft', figure: 'through the network', value: network.whole, unit: 'ms'},
      {bench: 'ttft', figure: 'added by gateway and network, frame clock included, as OpenAI’s client sees it', value: gateway.added, unit: 'ms', target: `<=${25 + tickMs}`},
      {bench: 'ttft', figure: 'through gateway and network', value: gateway.whole, unit: 'ms'},
    ];
  } finally {
    await run.close();
  }
}
