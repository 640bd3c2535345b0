/** The gateway's process: `npm run gateway`, and its commands. */
import {systemClock} from '../clock.ts';
import {jsonLog} from '../log.ts';
import {readConfig} from './config.ts';
import {isMoneyCommand, runMoneyCommand} from './money-commands.ts';
import {processTerminal, runPairCommand} from './pair-command.ts';
import {startGateway} from './start-gateway.ts';
import {usageFor} from './usage.ts';

try {
  const usage = usageFor(process.argv.slice(2));
  if (usage !== undefined) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const config = readConfig(process.env);
  const [command] = process.argv.slice(2);
  if (command === 'pair' || command === 'devices' || command === 'unpair') process.exit(await runPairCommand(config, process.argv.slice(2), processTerminal));
  if (isMoneyCommand(process.argv.slice(2))) process.exit(await runMoneyCommand(process.argv.slice(2), {config: config.money, relay: config.relay, clock: systemClock, write: (line) => process.stdout.write(`${line}\n`)}));
  const gateway = await startGateway(config, {log: jsonLog()});
  const stop = () => void gateway.close();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const key = process.stdout.isTTY ? gateway.key : `in ${gateway.keyFile}`;
  process.stdout.write(`\nBombyx: the gateway is at ${gateway.url}\nKey: ${key}\nRelay: ${config.relay}. Questions leave this machine sealed. Stop with Ctrl+C.\n\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
