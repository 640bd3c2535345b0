/** The gateway's commands about money: `deposit`, `status`, `withdraw`. Each may run beside a running gateway (gateway-folder.ts says why). */
import type {WalletNetwork} from '#contracts/wallet-words.ts';
import {codeOf, NetworkError, sentenceOf} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import {tonAddress} from '#protocol/ton-address.ts';
import {lockOrders, openKeys} from './gateway-folder.ts';
import type {GatewayMoneyConfig} from './money-config.ts';
import {deposit} from './money-deposit.ts';
import {status} from './money-status.ts';
import {openTill, type Till} from './money-till.ts';
import {cancelWithdrawal, sendOut, withdraw} from './money-withdraw.ts';
import {keepPlace, readPlaces} from './kept-places.ts';
import {askRelayMoney} from './relay-money.ts';

export interface MoneyCommandOptions {
  readonly config: GatewayMoneyConfig;
  /** Address of our relay. */
  readonly relay: string;
  readonly clock: Clock;
  /** One line for the person; without its end. */
  write(line: string): void;
}

export const moneyUsage = [
  'gateway deposit COINS           opens the channel to the relay from the gateway\'s wallet, or adds to it',
  'gateway status                  what wallet and channel hold, what was granted today',
  'gateway withdraw [COINS | all]  asks for coins of the channel; after the window of a day, brings them to the wallet',
  'gateway withdraw cancel         takes that back',
  'gateway withdraw --to ADDRESS   sends the coins of the wallet to yours (not to an exchange that needs a comment)',
  '--vault ADDRESS                 with status and withdraw: at a vault that the relay had before',
] as const;

/** Whether `runMoneyCommand` is for these arguments. */
export const isMoneyCommand = ([name = '']: readonly string[]): boolean => ['deposit', 'status', 'withdraw'].includes(name);

/** Runs one command; gives the exit status of the process: 0 done, 1 not done, 2 not understood. Never rejects: why it was not done is written. */
export async function runMoneyCommand(args: readonly string[], options: MoneyCommandOptions): Promise<0 | 1 | 2> {
  const {write} = options;
  const work = workOf(args, options);
  if (!work) {
    for (const line of moneyUsage) write(line);
    return 2;
  }
  try {
    return await inTill(work, options);
  } catch (error) {
    if (error instanceof NetworkError) write(error.message === error.code ? sentenceOf(error) : `${sentenceOf(error)} (${error.message.slice(error.code.length + 2)})`);
    else write(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

interface Work {
  /** Whether it may send from the wallet. */
  readonly sends: boolean;
  /** Whether it needs the relay: coins come home without it. */
  readonly needsRelay: boolean;
  /** Another vault than the relay has now. */
  readonly vault: string | undefined;
  run(till: Till): Promise<void>;
}

/** Undefined for what is no command. */
function workOf([name, ...given]: readonly string[], options: MoneyCommandOptions): Work | undefined {
  const at = given.indexOf('--vault');
  const vault = at === -1 ? undefined : given[at + 1];
  if (at !== -1 && vault === undefined) return undefined;
  const rest = at === -1 ? given : given.toSpliced(at, 2);
  const [first, second] = rest;
  const home = {sends: true, needsRelay: false, vault};
  if (name === 'status' && rest.length === 0) return {...home, sends: false, run: (till) => status(till, options)};
  if (name === 'deposit' && first !== undefined && rest.length === 1 && at === -1) return {...home, needsRelay: true, run: (till) => deposit(till, first)};
  if (name !== 'withdraw') return undefined;
  if (first === '--to') return second !== undefined && rest.length === 2 ? {...home, run: (till) => sendOut(till, second)} : undefined;
  if (rest.length > 1) return undefined;
  return {...home, run: (till) => (first === 'cancel' ? cancelWithdrawal(till) : withdraw(till, first))};
}

async function inTill(work: Work, {config: {folder}, relay, clock, write}: MoneyCommandOptions): Promise<0 | 1> {
  const keys = await openKeys(folder);
  const unlock = work.sends ? lockOrders(folder) : () => {};
  try {
    const network = await placeOf(work, {folder, relay, write});
    if (!network) {
      write(`${relay} takes no money: its answers are free. Nothing was done.`);
      return work.sends ? 1 : 0;
    }
    if (work.needsRelay) await keepPlace(folder, {relay, network});
    await work.run(openTill({folder, keys, network, clock, write}));
    return 0;
  } finally {
    unlock();
  }
}

/** Where the command works: as the relay says, or as it is kept when the relay is gone. */
async function placeOf({vault, needsRelay}: Work, {folder, relay, write}: {folder: string} & Pick<MoneyCommandOptions, 'relay' | 'write'>): Promise<WalletNetwork | undefined> {
  const kept = readPlaces(folder);
  if (vault !== undefined) {
    const raw = tonAddress(vault);
    const place = kept.findLast(({network}) => network.vault === raw);
    if (!place) throw new Error(`This gateway never deposited at ${raw}. Nothing was sent; \`gateway status\` names the vaults that it knows.`);
    return place.network;
  }
  const before = kept.findLast((place) => place.relay === relay);
  const network = await askRelayMoney(relay).catch((error: unknown) => {
    if (needsRelay || !before || codeOf(error) !== 'offline') throw error;
    write(`${relay} does not answer; this is what it said before.`);
    return before.network;
  });
  for (const {network: other} of kept) if (other.vault !== network?.vault) write(`Another vault that this gateway deposited at, on the ${other.name}: ${other.vault} (add --vault to see it or to withdraw from it).`);
  return network;
}
