/** `deposit`: opens the gateway's channel to its relay's vault from the gateway's wallet, or adds to it. */
import {channelLook} from '#contracts/channel-look.ts';
import {depositFees, sendingFees, ticketFor} from '#contracts/orders.ts';
import {parseAmount} from '#protocol/amount.ts';
import {NetworkError} from '#protocol/errors.ts';
import {coinsOf, endEarlier, order, requireNetwork, type Till, validUntil} from './money-till.ts';
import {askFaucet} from './relay-money.ts';

/** The most that the devnet's faucet gives at once, nano-coins. */
const mostDrip = 100_000_000_000n;

/** Rejects with `bad-amount`, `wallet-empty`, `wallet-silent`, `chain-down`, and with an Error where the chain did not do it. */
export async function deposit(till: Till, text: string): Promise<void> {
  const {network, chain, owner, payerKey, write} = till;
  const amount = parseAmount(text);
  await requireNetwork(till);
  const earlier = await endEarlier(till);
  if (earlier?.kind === 'deposit' && earlier.amount === amount) {
    write('This deposit was on its way already, so nothing else was sent.');
    return tellChannel(till);
  }
  const open = await channelLook(chain, {network, owner, payerKey});
  if (open && open.finishAt > 0 && open.requested === 0n) {
    throw new Error('All of the channel is being withdrawn, and this deposit would leave with it. Nothing was sent; finish that with `gateway withdraw`, or take it back with `gateway withdraw cancel`.');
  }
  await fill(till, amount);
  const ticket = await ticketFor({is: 'deposit', amount, payerKey}, {chain, network, owner, validUntil: await validUntil(till)});
  const ended = await order(till, {kind: 'deposit', amount, ticket});
  if (ended.is === 'failed') throw new Error(`The deposit did not happen (${ended.reason}). Its coins are in the wallet, less fees; try again.`);
  write(`${open ? 'Added' : 'Opened a channel with'} ${coinsOf(amount)}.`);
  await tellChannel(till);
}

/** Sees that the wallet has enough; on the devnet it gets it. Rejects with `wallet-empty`. */
async function fill({network, account, owner, friendly, write}: Till, amount: bigint): Promise<void> {
  const {balance} = await account(owner);
  if (balance >= amount + depositFees) return;
  // The wallet pays a little rent when coins come.
  const missing = amount + depositFees + sendingFees - balance;
  if (network.name !== 'devnet') {
    const takes = `a deposit of ${coinsOf(amount)} takes ${coinsOf(amount + depositFees)} with fees, and the gateway's wallet has ${coinsOf(balance)}`;
    throw new NetworkError('wallet-empty', `${takes}: send at least ${coinsOf(missing)} on the ${network.name} to ${friendly} and run this again`);
  }
  const drip = missing < mostDrip ? missing : mostDrip;
  await askFaucet(network, {to: owner, amount: drip});
  write(`The wallet had ${coinsOf(balance)}; the devnet's faucet gave it ${coinsOf(drip)}, which are worth nothing elsewhere.`);
}

async function tellChannel({network, chain, owner, payerKey, write}: Till): Promise<void> {
  const channel = await channelLook(chain, {network, owner, payerKey}).catch(() => undefined);
  if (channel) write(`The channel holds ${coinsOf(channel.spendable)} now. A running gateway sees it by itself.`);
}
