/** A real NATS server on 127.0.0.1 for tests, on a free port that stays its own when it is ended and started again. */
import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import {startProgram, type RunningProgram} from './programs.ts';

export interface NatsServer {
  readonly url: string;
  readonly process: RunningProgram;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** @param port of an earlier one, to come back there */
export async function startNats({port, token}: {port?: number; token?: string} = {}): Promise<NatsServer> {
  const own = port ?? (await freePort());
  const args = ['--addr', '127.0.0.1', '--port', String(own), ...(token === undefined ? [] : ['--auth', token])];
  return {url: `nats://127.0.0.1:${own}`, process: await startProgram('nats-server', {args, ready: /Server is ready/})};
}
