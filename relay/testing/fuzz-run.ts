/** A run of the fuzzer: a real relay on real sockets, a hub with money behind data channels, honest jobs in between, and what must hold at the end. */
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {setTimeout as sleep} from 'node:timers/promises';
import {createSecret, identityOf} from '#protocol/identity.ts';
import {type DeviceId, freshHandle} from '#protocol/ids.ts';
import {Hub} from '#protocol/roles/relay.ts';
import {systemClock} from '../clock.ts';
import {readConfig} from '../config.ts';
import type {Log} from '../log.ts';
import {type RunningRelay, startRelay} from '../start-relay.ts';
import {fuzzBank} from './fuzz-bank.ts';
import {dialChannel} from './fuzz-channel.ts';
import {fuzzHttp} from './fuzz-http.ts';
import {fuzzLink, type LinkStage} from './fuzz-links.ts';
import {fuzzSignals} from './fuzz-signals.ts';
import {HonestPair} from './honest-pair.ts';
import {Random} from './random.ts';
import {dialRelay, freshNode, offerOf} from './raw-end.ts';
import {Tally} from './tally.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** Whether one more attack is to be made. */
  goOn(attacks: number): boolean;
}

export interface FuzzResult {
  readonly seed: number;
  readonly attacks: number;
  readonly inputs: number;
  readonly honestJobs: number;
  /** Bytes of heap after the collector, after the first tenth of all and at the end. */
  readonly heap: {readonly early: number; readonly late: number};
  readonly refusals: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** An honest job is asked for after so many attacks. */
const attacksPerJob = 20;
/** The heap is first read after so many: code is compiled and pools are filled by then. */
const warmUp = 200;
/** How much the heap may have grown between, whatever came in. */
const heapRoom = 12 * 1024 * 1024;

export async function fuzz({seed, goOn}: FuzzOptions): Promise<FuzzResult> {
  const tally = new Tally();
  const stopWatching = watchProcess(tally);
  const log: Log = (level, event) => (level === 'error' ? tally.fault(`logged ${event}`) : undefined);
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_TRUST_PROXY: 'on', BOMBYX_LINKS_PER_ADDRESS: '200'}), {log});
  const hub = new Hub({name: 'fuzz', clock: systemClock, bank: await fuzzBank(), strangersMeet: true, allowSignalling: () => {}});
  const heap = {early: 0, late: 0};
  let attacks = 0;
  try {
    const {attack, pairs} = await prepare({relay, hub, tally, random: new Random(seed)});
    for (; goOn(attacks) && tally.faults.length === 0; attacks += 1) {
      if (attacks === warmUp) heap.early = await collectedHeap();
      await attack().catch((error: unknown) => tally.fault(`an attack got stuck: ${String(error)}`));
      if (attacks % attacksPerJob === 0) for (const pair of pairs) await honestJob(pair, tally);
    }
    await settled([relay.hub, hub], tally);
    for (const pair of pairs) await honestJob(pair, tally);
    heap.late = await collectedHeap();
    if (heap.early > 0 && heap.late - heap.early > heapRoom) tally.fault(`the heap grew by ${heap.late - heap.early} bytes`);
    for (const pair of pairs) pair.close();
  } finally {
    await hub.drain(0);
    await relay.close();
    stopWatching();
  }
  const {inputs, honestJobs, faults} = tally;
  return {seed, attacks, inputs, honestJobs, heap, refusals: Object.fromEntries(tally.refusals), answers: Object.fromEntries(tally.answers), faults};
}

async function prepare({relay, hub, tally, random}: {relay: RunningRelay; hub: Hub; tally: Tally; random: Random}) {
  const {port} = relay;
  const dial = (address: string) => dialRelay(port, address);
  const pairs = [await HonestPair.open(dial), await HonestPair.open(dialChannel(hub, undefined))] as const;
  const identity = await freshNode();
  const offers = [await offerOf(identity, {handle: freshHandle(), ceiling: 0n}), await offerOf(identity, {handle: freshHandle(), ceiling: 900n})] as const;
  const devices = [await identityOf<DeviceId>(await createSecret()), await identityOf<DeviceId>(await createSecret())] as const;
  const stageOf = (pair: HonestPair): Omit<LinkStage, 'dial'> => ({random, tally, offers, devices, nodes: [pair.node], handles: [freshHandle()]});
  const sockets: LinkStage = {...stageOf(pairs[0]), dial};
  const channels: LinkStage = {...stageOf(pairs[1]), dial: dialChannel(hub, random)};
  const signals = {random, tally, port, peers: ['relay'] as [string, ...string[]]};
  const kinds = [() => fuzzLink(sockets), () => fuzzLink(sockets), () => fuzzLink(channels), () => fuzzLink(channels), () => fuzzHttp({random, tally, port}), () => fuzzSignals(signals)] as const;
  return {pairs, attack: () => random.pick(kinds)()};
}

async function honestJob(pair: HonestPair, tally: Tally): Promise<void> {
  try {
    await pair.job();
    tally.honestJobs += 1;
  } catch (error) {
    tally.fault(`an honest job failed: ${String(error)}`);
  }
}

/** Waits until only the honest are left. */
async function settled(hubs: readonly Hub[], tally: Tally): Promise<void> {
  const honest = JSON.stringify({nodes: 1, clients: 1, jobs: 0, waiting: 0});
  const states = () => hubs.map((hub) => JSON.stringify(hub.census()));
  for (let tries = 0; tries < 600; tries += 1) {
    if (states().every((state) => state === honest)) return;
    for (const hub of hubs) hub.sweep();
    await sleep(50);
  }
  tally.fault(`somebody or something is left: ${states().join(' ')}`);
}

/** Heap and what hangs on it after full collections. */
async function collectedHeap(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let count = 0; count < 3; count += 1) {
    collect();
    await sleep(20);
  }
  const {heapUsed, external} = process.memoryUsage();
  return heapUsed + external;
}

/** Whatever nobody caught is a fault. */
function watchProcess(tally: Tally): () => void {
  const onError = (error: unknown) => tally.fault(`not caught: ${error instanceof Error ? error.stack : String(error)}`);
  process.on('uncaughtException', onError).on('unhandledRejection', onError);
  return () => void process.off('uncaughtException', onError).off('unhandledRejection', onError);
}
