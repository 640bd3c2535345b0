/** A real NATS server on 127.0.0.1 for tests, on a free port that stays its own when it is ended and started again. */
import {join} from 'node:path';
import {freePort, startProgram, type RunningProgram} from './programs.ts';

export interface NatsServer {
  readonly url: string;
  readonly process: RunningProgram;
}

/** With a token, as the file for operators starts one. @param port of an earlier one, to come back there */
export async function startNats({port, token}: {port?: number; token?: string} = {}): Promise<NatsServer> {
  const own = port ?? (await freePort());
  const args = [...(token === undefined ? ['--addr', '127.0.0.1'] : ['-c', join(import.meta.dirname, '../../deploy/nats.conf')]), '--port', String(own)];
  return {url: `nats://127.0.0.1:${own}`, process: await startProgram('nats-server', {args, ready: /Server is ready/, env: {BUS_HOST: '127.0.0.1', BUS_TOKEN: token ?? ''}})};
}
