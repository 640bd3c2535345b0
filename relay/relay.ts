/** The relay's process: reads the environment, starts, and drains when it is told to stop. */
import {formatAmount} from '#protocol/amount.ts';
import {readConfig} from './config.ts';
import {jsonLog} from './log.ts';
import {type RunningRelay, startRelay} from './start-relay.ts';

/** How long running jobs may take after the first signal. */
const drainMs = 60_000;
const log = jsonLog();

try {
  const config = readConfig(process.env);
  if (process.argv.includes('--print-config')) process.stdout.write(`${JSON.stringify(config, (_, value: unknown) => (typeof value === 'bigint' ? formatAmount(value) : value), 2)}\n`);
  else {
    const early = new AbortController();
    const starting = startRelay(config, {log, signal: early.signal});
    stopOnSignal(starting, early);
    const {url, nameBans} = await starting;
    const money = {off: 'all answers are free', devnet: 'a chain of its own, whose coins have no value', testnet: 'testnet', mainnet: 'TON mainnet, real coins'}[config.money?.name ?? 'off'];
    const books = config.cluster?.booksElsewhere ? 'the books are at another relay of the cluster' : money;
    process.on('SIGHUP', () => void nameBans().catch((error: unknown) => log('error', 'bans-not-read', {reason: error instanceof Error ? error.message : String(error)})));
    process.stdout.write(`\nBombyx: the relay and the app are at ${url}\nOpen it in two tabs: share a GPU in one, ask in the other. Money: ${books}. Stop with Ctrl+C.\n\n`);
  }
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const reason = inUse ? 'The port is in use by another program. Stop that program, or start with another port: PORT=8788 npm start' : String(error instanceof Error ? error.message : error);
  log('error', 'start-refused', {code: inUse ? 'port-in-use' : 'refused'});
  process.stderr.write(`${reason}\n`);
  process.exitCode = 1;
}

/** From the first moment on, for a signal may come while the relay starts. A second one ends everything at once. */
function stopOnSignal(starting: Promise<RunningRelay>, early: AbortController): void {
  const stop = async () => {
    early.abort(new Error('Stopped while it waited for the books of its cluster.'));
    process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
    const relay = await starting.catch(() => {});
    await relay?.close(drainMs);
  };
  process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop());
}
