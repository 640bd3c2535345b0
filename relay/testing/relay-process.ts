/** A relay as an operator starts it: `relay/relay.ts` in a process of its own, with ears for its log. */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import type {TestContext} from 'node:test';
import {Queue} from '#protocol/queue.ts';
import {appFolder} from './live-network.ts';

export type LogLine = Readonly<Record<string, unknown>>;

export interface RelayProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<[number | null, string | null]>;
  /** The next line of the log of this event. Rejects when the process ends before. */
  says(event: string): Promise<LogLine>;
  /** All that it wrote on standard error. */
  readonly lines: readonly string[];
}

export function startProcess(t: TestContext, environment: Record<string, string> = {}): RelayProcess {
  const env = {PATH: process.env['PATH'] ?? '', PORT: '0', BOMBYX_DIST: appFolder(t), ...environment};
  const child = spawn(process.execPath, [join(import.meta.dirname, '../relay.ts')], {env, stdio: ['ignore', 'ignore', 'pipe']});
  t.after(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const lines: string[] = [];
  const heard = new Map<string, Queue<LogLine>>();
  const of = (event: string) => {
    const known = heard.get(event) ?? new Queue<LogLine>();
    heard.set(event, known);
    return known;
  };
  createInterface({input: child.stderr}).on('line', (line) => {
    lines.push(line);
    if (!line.startsWith('{')) return;
    const parsed = JSON.parse(line) as LogLine;
    of(String(parsed['event'])).push(parsed);
  });
  const says = async (event: string): Promise<LogLine> => {
    const line = await Promise.race([of(event).next(), exited]);
    if (!line || Array.isArray(line)) throw new Error(`it ended before ${event}: ${lines.join('\n')}`);
    return line as LogLine;
  };
  return {child, exited, says, lines};
}
