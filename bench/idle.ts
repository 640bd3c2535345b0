/** What an idle node costs a relay: memory per WebSocket link at ten thousand, and the time of a sweep and of a directory with all of them there. */
import {type ChildProcess, execFileSync, fork} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {type Figure, rounded} from './figure.ts';
import type {IdleReading} from './idle-relay.ts';

const wanted = 10_000;
const processes = 2;
const atFirst = 200;
/** File descriptors that a process needs beside its links. */
const others = 200;

/** Links that a process may hold here; the clients are spread over several, so the relay decides. */
function possible(): number {
  const limit = Number(execFileSync('sh', ['-c', 'ulimit -n'], {encoding: 'utf8'}));
  return Number.isInteger(limit) ? Math.min(wanted, limit - others) : wanted;
}

const start = (file: string, {args = [], execArgv = []}: {args?: readonly string[]; execArgv?: readonly string[]}): ChildProcess =>
  fork(join(import.meta.dirname, file), args, {stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [...execArgv]});

/** The next word of a child. Rejects when it ends instead. */
async function word(child: ChildProcess): Promise<unknown> {
  const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error('a process of the measurement ended early')))])) as [unknown];
  return said;
}

async function reading(relay: ChildProcess): Promise<IdleReading> {
  relay.send('read');
  return (await word(relay)) as IdleReading;
}

/** What V8 keeps for young objects is no cost of a link, but grows with the handshakes of many; so it is measured held at one size, as a relay is started, and as V8 would have it. */
const modes = [
  {name: 'young generation held at 16 MB', flags: ['--min-semi-space-size=16', '--max-semi-space-size=16'], isTarget: false},
  {name: 'as a relay is started', flags: ['--max-semi-space-size=16'], isTarget: true},
  {name: 'with the young generation that V8 grows by itself', flags: [], isTarget: false},
] as const;

export async function measure(): Promise<readonly Figure[]> {
  const lines: Figure[] = [];
  for (const mode of modes) {
    const {few, many} = await readings(mode.flags);
    const kibibytes = (key: 'heap' | 'resident') => rounded((many[key] - few[key]) / (many.nodes - few.nodes) / 1024);
    const at = `with ${many.nodes} idle nodes on WebSocket`;
    lines.push({bench: 'idle', figure: `memory of the process per node ${at}, ${mode.name}`, value: kibibytes('resident'), unit: 'KiB', ...(mode.isTarget ? {target: '<=15'} : {})});
    if (mode !== modes[0]) continue;
    lines.push({bench: 'idle', figure: `of it heap and buffers ${at}`, value: kibibytes('heap'), unit: 'KiB'});
    lines.push({bench: 'idle', figure: `one sweep ${at}`, value: rounded(many.sweepMs), unit: 'ms'}, {bench: 'idle', figure: `one directory ${at}`, value: rounded(many.directoryMs), unit: 'ms'});
  }
  return lines;
}

async function readings(flags: readonly string[]): Promise<{few: IdleReading; many: IdleReading}> {
  const relay = start('idle-relay.ts', {execArgv: ['--expose-gc', ...flags]});
  const children = [relay];
  const nodesAt = async (port: string, number: number) => {
    const child = start('idle-nodes.ts', {args: [port, String(number)]});
    children.push(child);
    await word(child);
  };
  try {
    const port = String(await word(relay));
    // A few first, so that code is compiled and pools are there.
    await nodesAt(port, atFirst);
    const few = await reading(relay);
    await Promise.all(Array.from({length: processes}, () => nodesAt(port, Math.floor((possible() - few.nodes) / processes))));
    return {few, many: await reading(relay)};
  } finally {
    for (const child of children) child.kill();
  }
}
