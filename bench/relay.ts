/** Forwarding through the relay with all its quotas on, against a bare `ws` forwarder in a process of the same kind. */
import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {WebSocket} from 'ws';
import {type Figure, median, rounded} from './figure.ts';
import {openPairs} from './relay-pairs.ts';

const pairs = 40;
/** Frames that each pair keeps in flight. */
const window = 4;
const seconds = 2;
const rounds = 3;

/** Frames per second that arrive over all pairs, closed loop, for two seconds. */
async function framesPerSecond(ends: readonly {send(): void; onFrame(listener: () => void): void}[]): Promise<number> {
  let count = 0;
  let running = true;
  for (const end of ends) {
    end.onFrame(() => {
      count += 1;
      if (running) end.send();
    });
    for (let index = 0; index < window; index += 1) end.send();
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  count = 0;
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const perSecond = (count * 1000) / (performance.now() - start);
  running = false;
  return perSecond;
}

async function server(kind: 'relay' | 'bare'): Promise<{child: ChildProcess; port: number}> {
  const child = fork(join(import.meta.dirname, 'relay-server.ts'), [kind], {execArgv: ['--max-semi-space-size=16'], stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
  const [port] = (await once(child, 'message')) as [number];
  return {child, port};
}

/** Pairs of sockets on the bare forwarder: what one sends the other gets. */
async function barePairs(port: number, bytes: number) {
  const open = async (path: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${path}`, {perMessageDeflate: false});
    await once(socket, 'open');
    return socket;
  };
  const frame = new Uint8Array(bytes + 18);
  return Promise.all(
    Array.from({length: pairs}, async (_, index) => {
      const receiver = await open(`${index}/in`);
      const sender = await open(`${index}/out`);
      return {send: () => sender.send(frame), onFrame: (listener: () => void) => void receiver.on('message', listener)};
    }),
  );
}

async function rate(kind: 'relay' | 'bare', bytes: number): Promise<number> {
  const {child, port} = await server(kind);
  try {
    return await framesPerSecond(kind === 'bare' ? await barePairs(port, bytes) : await openPairs({port, pairs, bytes}));
  } finally {
    child.kill();
  }
}

export async function measure(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const bytes of [64, 256]) {
    const rates = {relay: [] as number[], bare: [] as number[]};
    for (let round = 0; round < rounds; round += 1) {
      rates.bare.push(await rate('bare', bytes));
      rates.relay.push(await rate('relay', bytes));
    }
    const value = median(rates.relay);
    figures.push({bench: 'relay', figure: `forward ${bytes} B, quotas on, generator on the other core`, value: rounded(value), unit: 'frames/s', baseline: 'bare ws forwarding', ratio: rounded(value / median(rates.bare)), target: '>=0.8'});
  }
  return figures;
}
