/** What the gateway's process does: serve, or one of its commands. */
import {mkdirSync} from 'node:fs';
import {systemClock} from '../clock.ts';
import {jsonLog} from '../log.ts';
import {keyFileOf, openBearerKey} from './bearer-key.ts';
import {type GatewayConfig, readConfig} from './config.ts';
import {isMoneyCommand, runMoneyCommand} from './money-commands.ts';
import {isPairCommand, processTerminal, runPairCommand} from './pair-command.ts';
import {startGateway} from './start-gateway.ts';
import {usage} from './usage.ts';

const write = (text: string) => void process.stdout.write(`${text}\n`);

/** Runs a command; without one, the gateway. Gives the exit status; a gateway that serves goes on. Never rejects: why it did not start is written. */
export async function runGateway(args: readonly string[]): Promise<number> {
  try {
    if (args.some((arg) => arg === '--help' || arg === '-h')) write(usage);
    else return await run(args, readConfig(process.env));
    return 0;
  } catch (error) {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const reason = inUse ? 'The port is in use by another program. Stop that program, or start with another port: BOMBYX_GATEWAY_PORT=8791 npm run gateway' : error instanceof Error ? error.message : String(error);
    process.stderr.write(`${reason}\n`);
    return 1;
  }
}

async function run(args: readonly string[], config: GatewayConfig): Promise<number> {
  const [command] = args;
  if (command === undefined) return serve(config);
  if (command === 'key') {
    mkdirSync(config.data, {recursive: true, mode: 0o700});
    write(openBearerKey(keyFileOf(config.data)));
    return 0;
  }
  if (isPairCommand(command)) return runPairCommand(config, args, processTerminal);
  if (isMoneyCommand(args)) return runMoneyCommand(args, {config: config.money, relay: config.relay, clock: systemClock, write});
  process.stderr.write(`There is no command ${command}.\n\n${usage}\n`);
  return 2;
}

async function serve(config: GatewayConfig): Promise<number> {
  const gateway = await startGateway(config, {log: jsonLog()});
  const stop = () => void gateway.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  // Where the output goes to a file, the key is better not in it.
  const key = process.stdout.isTTY ? gateway.key : `in ${keyFileOf(config.data)}`;
  write(`\nBombyx: the gateway is at ${gateway.url}\nKey: ${key}\nRelay: ${config.relay}. Questions leave this machine sealed. Stop with Ctrl+C.\n`);
  return 0;
}
