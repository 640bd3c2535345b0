/** The relay of a soak, in a process of its own: says its port, its memory when asked, and drains when told to. Argument: port. Started with --expose-gc. */
import {setTimeout as sleep} from 'node:timers/promises';
import {readConfig} from '../relay/config.ts';
import {silentLog} from '../relay/log.ts';
import {startRelay} from '../relay/start-relay.ts';

/** After the collector. */
export interface RelayReading {
  /** Bytes of heap and of the buffers that hang on it. */
  readonly heap: number;
  readonly census: {readonly nodes: number; readonly clients: number; readonly jobs: number; readonly waiting: number};
}

const drainMs = 5000;
const relay = await startRelay(readConfig({PORT: process.argv[2] ?? '0', BOMBYX_WEBRTC: 'off', BOMBYX_LINKS_PER_ADDRESS: '100000'}), {log: silentLog});

async function read(): Promise<RelayReading> {
  for (let count = 0; count < 3; count += 1) {
    globalThis.gc?.();
    await sleep(50);
  }
  const {heapUsed, external} = process.memoryUsage();
  return {heap: heapUsed + external, census: relay.hub.census()};
}

process.on('message', (word) => {
  if (word === 'read') void read().then((reading) => process.send?.(reading));
  if (word === 'drain') void relay.close(drainMs).then(() => process.exit());
});
// Whoever measures is gone: nobody would stop us.
process.once('disconnect', () => process.exit());
process.send?.(relay.port);
