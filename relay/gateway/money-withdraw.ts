/** `withdraw`: coins from the channel back to the gateway's wallet, which takes two steps with a window between; and from the wallet to a person. */
import {channelLook} from '#contracts/channel-look.ts';
import {depositFees, sendingFees, ticketFor} from '#contracts/orders.ts';
import type {ChannelLook, Order} from '#contracts/wallet-words.ts';
import {parseAmount} from '#protocol/amount.ts';
import {NetworkError} from '#protocol/errors.ts';
import {parseFriendly, type TonAddress, tonAddress} from '#protocol/ton-address.ts';
import {timeOf} from './money-orders.ts';
import {coinsOf, endEarlier, order, requireNetwork, type Till, validUntil} from './money-till.ts';

/** `text`: a sum, or `all`. Asks, tells when to come again, or finishes what was asked for. Rejects as `deposit` does. */
export async function withdraw(till: Till, text: string | undefined): Promise<void> {
  const {chain, write} = till;
  const amount = text === undefined || text === 'all' ? 0n : parseAmount(text);
  await requireNetwork(till);
  await endEarlier(till);
  const channel = await openChannel(till);
  if (channel.finishAt === 0) {
    await run(till, {is: 'withdraw', channel: channel.channel, amount});
    const asked = await openChannel(till).catch(() => undefined);
    return write(`Asked for ${amount === 0n ? 'all of the channel' : coinsOf(amount)}. From ${asked ? timeOf(asked.finishAt) : 'the end of its window'} on \`gateway withdraw\` brings it to the wallet; until then the relay may claim what it was granted.`);
  }
  if ((await chain.now()) < channel.finishAt) {
    if (text !== undefined && amount !== channel.requested) throw new Error(`Nothing was sent: ${pendingOf(channel)}. Take that back first with \`gateway withdraw cancel\`.`);
    return write(`Nothing was sent: ${pendingOf(channel)}.`);
  }
  await run(till, {is: 'finish', channel: channel.channel});
  write(`The withdrawal is done: its coins come to the gateway's wallet ${till.friendly} within seconds, and \`gateway withdraw --to ADDRESS\` sends them on.`);
}

/** Takes a withdrawal back before it is finished. */
export async function cancelWithdrawal(till: Till): Promise<void> {
  await requireNetwork(till);
  await endEarlier(till);
  const channel = await openChannel(till);
  if (channel.finishAt === 0) return till.write('Nothing was sent: no withdrawal is pending.');
  await run(till, {is: 'cancel', channel: channel.channel});
  till.write('The withdrawal was taken back.');
}

/** All coins of the wallet to a person's; while a channel is open, without the fees of getting coins out of it. Rejects with `bad-address`, too. */
export async function sendOut(till: Till, text: string): Promise<void> {
  const {chain, account, network, owner, payerKey, write} = till;
  await requireNetwork(till);
  const channel = await channelLook(chain, {network, owner, payerKey});
  const to = recipientOf(till, {text, channel});
  const earlier = await endEarlier(till);
  if (earlier?.kind === 'send' && earlier.ticket.to === to) return write('These coins were on their way already, so nothing else was sent.');
  const {balance} = await account(owner);
  const value = channel ? balance - depositFees - sendingFees : balance - sendingFees;
  if (value <= 0n) throw new NetworkError('wallet-empty', `it has ${coinsOf(balance)}${channel ? `, of which ${coinsOf(depositFees)} stay for the fees of a withdrawal from the channel` : ''}`);
  // A wallet that is not deployed yet would send a bounceable message back.
  const bounce = (await account(to)).contract !== undefined;
  const ticket = {from: owner, to, value, queryId: 0n, validUntil: await validUntil(till), payload: '', stateInit: undefined};
  const ended = await order(till, {kind: 'send', amount: channel ? value : 0n, ticket, bounce, everything: !channel});
  if (ended.is === 'failed') throw new Error(`Nothing was sent (${ended.reason}). The coins are in the wallet; try again.`);
  write(`Sent ${channel ? `${coinsOf(value)}; the rest stays for the fees of a withdrawal from the channel` : `all ${coinsOf(balance)}, less fees`}.`);
}

/** @throws NetworkError `bad-address` */
function recipientOf({network: {name, vault}, owner}: Till, {text, channel}: {text: string; channel: ChannelLook | undefined}): TonAddress {
  const to = tonAddress(text);
  if (name === 'mainnet' && !text.includes(':') && parseFriendly(text).testnetOnly) throw new NetworkError('bad-address', 'that address is for the testnet only');
  if (to === owner || to === vault || to === channel?.channel) throw new NetworkError('bad-address', 'that is the gateway\'s own wallet, its channel or the relay\'s vault; name a wallet of yours');
  return to;
}

async function openChannel({network, chain, owner, payerKey}: Till): Promise<ChannelLook> {
  const channel = await channelLook(chain, {network, owner, payerKey});
  if (!channel) throw new Error('No channel to this relay is open, so there is nothing to withdraw. Nothing was sent; what the wallet has leaves it with `gateway withdraw --to ADDRESS`.');
  return channel;
}

const pendingOf = ({requested, finishAt}: ChannelLook): string => `a withdrawal of ${requested === 0n ? 'all' : coinsOf(requested)} is pending and can be finished from ${timeOf(finishAt)} on`;

async function run(till: Till, wanted: Extract<Order, {is: 'withdraw' | 'finish' | 'cancel'}>): Promise<void> {
  const {chain, network, owner} = till;
  const ticket = await ticketFor(wanted, {chain, network, owner, validUntil: await validUntil(till)});
  const ended = await order(till, {kind: wanted.is, amount: wanted.is === 'withdraw' ? wanted.amount : 0n, ticket});
  if (ended.is === 'failed') throw new Error(`The channel did not do it (${ended.reason}). No coin moved but fees; try again.`);
}
