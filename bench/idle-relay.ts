/** The measured process of `idle`: a relay whose parent asks for its memory and for the time of a sweep. Started with --expose-gc. */
import {setTimeout as sleep} from 'node:timers/promises';
import {decodeMessage, encodeMessage} from '#protocol/codec.ts';
import {memoryLink} from '#protocol/testing/memory-link.ts';
import {spokenVersion} from '#protocol/version.ts';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';
import {median} from './figure.ts';

export interface IdleReading {
  readonly nodes: number;
  /** Bytes after the collector: JavaScript's heap and the buffers that hang on it, and all that the process holds. */
  readonly heap: number;
  readonly resident: number;
  /** Milliseconds of one sweep, and of one directory from asking to frame; the middle of many. */
  readonly sweepMs: number;
  readonly directoryMs: number;
}

const rounds = 50;
const relay = await startRelay(readConfig({PORT: '0', BOMBYX_WEBRTC: 'off', BOMBYX_LINKS_PER_ADDRESS: '100000', BOMBYX_MAX_LINKS: '100000'}), {log: silentLog, frameRate: {burst: 1e9, perSecond: 1e9}});

async function read(): Promise<IdleReading> {
  for (let count = 0; count < 5; count += 1) {
    globalThis.gc?.();
    await sleep(100);
  }
  const {heapUsed, external, rss} = process.memoryUsage();
  return {nodes: relay.hub.census().nodes, heap: heapUsed + external, resident: rss, sweepMs: await timed(async () => relay.hub.sweep()), directoryMs: await directoryMs()};
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** Over a link without a socket, so that the relay's work alone is timed. */
async function directoryMs(): Promise<number> {
  const [relayEnd, link] = memoryLink();
  void relay.hub.accept(relayEnd);
  const frames = link.frames[Symbol.asyncIterator]();
  const until = async (number: number) => {
    for (;;) {
      const {value, done} = await frames.next();
      if (done || value[1] === number) return value;
    }
  };
  link.send(encodeMessage('hello', {role: 'client', agent: 'bench', version: spokenVersion}));
  await until(0x04);
  const list = encodeMessage('list', {});
  const ms = await timed(() => {
    link.send(list);
    return until(0x11);
  });
  link.send(list);
  const frame = await until(0x11);
  if (frame) decodeMessage(frame);
  link.close();
  return ms;
}

process.on('message', (word) => {
  if (word === 'read') void read().then((reading) => process.send?.(reading));
});
process.send?.(relay.port);
