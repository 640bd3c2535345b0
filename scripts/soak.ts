/** A soak: a real relay process, nodes and clients over WebSocket, kills without end and restarts of the relay; exits 1 when a rule is broken. */
import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {Random} from '../relay/testing/random.ts';
import {SoakClient} from './soak-client.ts';
import {SoakNode} from './soak-node.ts';
import type {RelayReading} from './soak-relay.ts';
import {SoakTally} from './soak-tally.ts';

const {values} = parseArgs({options: {minutes: {type: 'string', default: '30'}, seed: {type: 'string', default: '1'}, nodes: {type: 'string', default: '500'}, clients: {type: 'string', default: '500'}}});
const [minutes, seed, nodeCount, clientCount] = [Number(values.minutes), Number(values.seed), Number(values.nodes), Number(values.clients)];
/** Two restarts: three lives of a relay, in each of which its memory is read early and late. */
const lives = 3;
const lifeMs = (minutes * 60_000) / lives;
/** A relay's memory may grow by so much from the first third of its life to its end, with as many links at both. */
const [heapShare, heapBytes] = [1.1, 2 * 1024 * 1024];
/** What was asked has ended by then, whatever was cut: three resumes, each after a stall. */
const lastAnswersMs = 90_000;

const random = new Random(seed);
const tally = new SoakTally();

async function startRelay(port: number): Promise<{child: ChildProcess; port: number}> {
  const child = fork(join(import.meta.dirname, 'soak-relay.ts'), [String(port)], {execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
  const [open] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error('the relay did not start')))])) as [number];
  child.once('exit', (code) => code !== 0 && tally.fault(`the relay ended with ${code}`));
  return {child, port: open};
}

async function read(child: ChildProcess): Promise<RelayReading> {
  const reading = once(child, 'message') as Promise<[RelayReading]>;
  child.send('read');
  return (await reading)[0];
}

/** Cuts links and stops questions until the time is over. */
async function harm(ms: number, {nodes, clients}: {nodes: readonly SoakNode[]; clients: readonly SoakClient[]}): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    await sleep(Math.min(random.below(600), end - performance.now()));
    const how = random.below(4);
    if (how <= 1) nodes[random.below(nodes.length)]?.cut();
    else if (how === 2) clients[random.below(clients.length)]?.cut();
    else clients[random.below(clients.length)]?.cancel();
  }
}

/** Waits until nothing is left of what was asked. */
async function quiet(child: ChildProcess): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; await sleep(500)) {
    const {jobs, waiting, clients, nodes} = (await read(child)).census;
    if (jobs + waiting + clients === 0 && nodes === nodeCount) return;
  }
  tally.fault(`left at the relay: ${JSON.stringify((await read(child)).census)}`);
}

async function soak(): Promise<{readonly heap: readonly (readonly [number, number])[]}> {
  let {child, port} = await startRelay(0);
  try {
    const nodes = await Promise.all(Array.from({length: nodeCount}, () => SoakNode.create({tally, random})));
    const serving: Promise<void>[] = [];
    await Promise.all(nodes.map((node) => new Promise<void>((resolve) => serving.push(node.run(port, resolve)))));
    const clients = Array.from({length: clientCount}, () => new SoakClient({port, nodes: nodes.map(({id}) => id), tally, random}));
    const asking = clients.map((client) => client.run());
    const heap: (readonly [number, number])[] = [];
    for (let life = 1; life <= lives; life += 1) {
      await harm(lifeMs / 3, {nodes, clients});
      const early = (await read(child)).heap;
      await harm((lifeMs * 2) / 3, {nodes, clients});
      heap.push([early, (await read(child)).heap]);
      if (life === lives) break;
      child.send('drain');
      await once(child, 'exit');
      ({child} = await startRelay(port));
    }
    for (const client of clients) client.end();
    await Promise.race([Promise.all(asking), sleep(lastAnswersMs, undefined, {ref: false})]);
    if (tally.open > 0) tally.fault(`${tally.open} questions never ended`);
    await quiet(child);
    for (const node of nodes) node.end();
    await Promise.all(serving);
    return {heap};
  } finally {
    child.kill();
  }
}

const {heap} = await soak();
for (const [early, late] of heap) if (late > early * heapShare + heapBytes) tally.fault(`the relay's heap grew from ${early} to ${late} bytes`);
const {asked, done, cancelled, resumed, faults} = tally;
const ok = faults.length === 0 && done > 0;
const figure = `${minutes} minutes, ${nodeCount} nodes, ${clientCount} clients, cuts, ${lives - 1} restarts of the relay: answers that were whole`;
const line = JSON.stringify({bench: 'soak', figure, value: done, unit: 'jobs', seed, asked, cancelled, resumed, errors: Object.fromEntries(tally.errors), heap, faults, ok});
process.stdout.write(`${line}\n`);
writeFileSync(join(import.meta.dirname, '../bench/results/soak.jsonl'), `${line}\n`);
process.exit(ok ? 0 : 1);
