/** `status`: what the gateway has, granted and may spend. It only reads, so it works beside a running gateway. */
import {channelLook} from '#contracts/channel-look.ts';
import type {ChannelLook} from '#contracts/wallet-words.ts';
import {formatAmount} from '#protocol/amount.ts';
import {codeOf} from '#protocol/errors.ts';
import type {GatewayMoneyConfig} from './money-config.ts';
import {nameOf, coinsOf, type Till} from './money-till.ts';
import {timeOf} from './money-orders.ts';
import {dayOf, type KeptChannel, readPurseBook, spentOn} from './purse-file.ts';

export async function status(till: Till, {config, relay}: {config: GatewayMoneyConfig; relay: string}): Promise<void> {
  const {network, clock, friendly, book, write} = till;
  const purse = readPurseBook(config.folder, network.name);
  const today = spentOn(dayOf(clock.now()), purse);
  write(`Relay:        ${relay}, which works with the ${network.name}`);
  write(`Wallet:       ${friendly}`);
  await tellChain(till, purse.channels.get(network.vault));
  write(`Today:        ${formatAmount(today.spent)} of ${coinsOf(config.dailyCap)} granted (UTC day ${today.day})`);
  write(`Per question: at most ${coinsOf(config.priceCap)}`);
  const {open} = book;
  if (open) write(`On its way:   ${nameOf(open)}, not found on the chain yet; the next deposit or withdrawal looks for it first`);
}

async function tellChain({network, chain, account, owner, payerKey, write}: Till, kept: KeptChannel | undefined): Promise<void> {
  try {
    const {balance} = await account(owner);
    const channel = await channelLook(chain, {network, owner, payerKey});
    write(`In it:        ${coinsOf(balance)}`);
    if (!channel) return write('Channel:      none is open; `gateway deposit <coins>` opens one');
    for (const line of linesOf(channel, kept?.epoch === channel.epoch ? kept.granted : channel.claimed)) write(line);
  } catch (error) {
    if (codeOf(error) !== 'chain-down') throw error;
    write('The chain can not be reached now, so what wallet and channel hold is not known.');
    if (kept) write(`Channel:      ${kept.channel}, ${coinsOf(kept.granted)} granted in all`);
  }
}

function linesOf({channel, claimed, spendable, finishAt, requested}: ChannelLook, granted: bigint): readonly string[] {
  const due = granted > claimed ? granted - claimed : 0n;
  const free = spendable > due ? spendable - due : 0n;
  return [
    `Channel:      ${channel}`,
    `Spendable:    ${coinsOf(free)}`,
    `Granted:      ${coinsOf(granted)} in all, of which the relay has claimed ${formatAmount(claimed)}`,
    `Withdrawal:   ${finishAt === 0 ? 'none' : `${requested === 0n ? 'all' : coinsOf(requested)}, can be finished from ${timeOf(finishAt)} on`}`,
  ];
}
