/** Programs of the system that tests start for themselves: where they are, and how one is started and ended. */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {type AddressInfo, createServer} from 'node:net';
import {delimiter, join} from 'node:path';

/** The path of a program; undefined where it is not installed. Debian keeps servers where only root looks. */
export function programAt(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** For a test's `skip`: false where the program is there, else what to install. */
export const without = (name: string, debianPackage = name): string | false => (programAt(name) === undefined ? `${name} is not installed (Debian: ${debianPackage})` : false);

export interface RunningProgram {
  readonly child: ChildProcess;
  /** Ends it and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts a program and waits for a line of its output that matches. Rejects with what it wrote when it ends before, or within `ms`. */
export async function startProgram(name: string, {args, ready, env = {}, ms = 20_000}: {args: readonly string[]; ready: RegExp; env?: Readonly<Record<string, string>>; ms?: number}): Promise<RunningProgram> {
  const path = programAt(name);
  if (path === undefined) throw new Error(`${name} is not installed`);
  const child = spawn(path, args, {env: {...process.env, ...env}, stdio: ['ignore', 'pipe', 'pipe']});
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  const stop = async () => {
    // A process that was stopped by a signal ends only once it goes on.
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await ended;
  };
  let written = '';
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} was not ready in time: ${written}`)), ms);
      const hear = (bytes: Buffer) => {
        written += String(bytes);
        if (!ready.test(written)) return;
        clearTimeout(timer);
        resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('error', reject);
      void ended.then(() => {
        clearTimeout(timer);
        reject(new Error(`${name} ended: ${written}`));
      });
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {child, stop};
}

/** A port of this machine that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
