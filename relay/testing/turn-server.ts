/** coturn as tests start it: with the settings of deploy/, on this machine's loopback, where alone it may carry packets. */
import {randomBytes} from 'node:crypto';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type RunningProgram, startProgram} from './programs.ts';

export interface TurnServer {
  /** For `BOMBYX_TURN_URLS`. */
  readonly url: string;
  /** For `BOMBYX_TURN_SECRET_FILE`. */
  readonly secretFile: string;
  readonly secret: string;
  /** It neither hears nor says anything until it is thawed. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Logs and the network are the operator's; a test hears when it is ready and keeps it on loopback. */
const onlyDeployed = /^(no-stdout-log|log-file=.*|listening-port=.*)$/gm;

export async function startTurnServer(): Promise<TurnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-turn-'));
  const port = await freePort();
  const secret = randomBytes(24).toString('hex');
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, `${secret}\n`, {mode: 0o600});
  const deployed = readFileSync(join(import.meta.dirname, '../../deploy/turnserver.conf'), 'utf8').replace(onlyDeployed, '');
  const own = ['realm=localhost', `static-auth-secret=${secret}`, `listening-port=${port}`, 'listening-ip=127.0.0.1', 'relay-ip=127.0.0.1', 'allow-loopback-peers', 'allowed-peer-ip=127.0.0.1', 'log-file=stdout', `pidfile=${join(folder, 'pid')}`, `userdb=${join(folder, 'users')}`];
  writeFileSync(join(folder, 'turnserver.conf'), [deployed, ...own, ''].join('\n'), {mode: 0o600});
  const remove = () => rmSync(folder, {recursive: true, force: true});
  let program: RunningProgram;
  try {
    program = await startProgram('turnserver', {args: ['-c', join(folder, 'turnserver.conf')], ready: /IO method \(admin thread\)/});
  } catch (error) {
    remove();
    throw error;
  }
  return {
    url: `turn:127.0.0.1:${port}?transport=udp`,
    secretFile,
    secret,
    freeze: () => void program.child.kill('SIGSTOP'),
    thaw: () => void program.child.kill('SIGCONT'),
    stop: async () => {
      await program.stop();
      remove();
    },
  };
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const {port} = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
