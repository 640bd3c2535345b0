/** What the figures of a wallet mean for a person. Pure. */
import type {ActivityEntry, RelayMoney, WalletView} from './wallet-views.ts';

type Paying = Pick<WalletView, 'look' | 'granted' | 'priceCap'>;

/** What can still be granted from the open channel, nano-coins; undefined when none is open. */
export function leftOf({look, granted}: Paying): bigint | undefined {
  const channel = look?.channel;
  if (!channel) return undefined;
  const free = channel.finishAt === 0 ? channel.spendable : channel.requested === 0n ? 0n : channel.spendable - channel.requested;
  const left = channel.claimed + free - granted;
  return left > 0n ? left : 0n;
}

/** Whether the deposit is so small that the next answers may stop for want of it. */
export function isLow(paying: Paying): boolean {
  const left = leftOf(paying);
  return left !== undefined && left < paying.priceCap * 2n;
}

/** Whether answers can be paid: by a channel, or by the relay while it gives some away. */
export const canPay = ({money, isOpen, trialLeft}: Pick<WalletView, 'money' | 'isOpen' | 'trialLeft'>): boolean =>
  money !== undefined && (isOpen || (trialLeft ?? money.trial) > 0);

/** What a collection would bring, nano-coins; undefined when the chain was not asked yet. */
export function dueOf({look, earned}: Pick<WalletView, 'look' | 'earned'>): bigint | undefined {
  if (!look) return undefined;
  const due = earned - look.account.claimed;
  return due > 0n ? due : 0n;
}

/** Whether the chain may be asked without a click: the devnet is this relay itself. */
export const isNear = (money: RelayMoney | undefined): boolean => money?.endpoint.startsWith('/') ?? false;

/** A page about what an order did, for people; on the devnet, which has no explorer, its raw transactions. */
export function explorerLink({hash, ticket}: ActivityEntry, money: RelayMoney): string | undefined {
  if (money.name === 'devnet') return `${money.endpoint}/api/v3/transactions?account=${ticket.to}&limit=20`;
  const host = money.name === 'testnet' ? 'testnet.tonviewer.com' : 'tonviewer.com';
  return hash === undefined ? undefined : `https://${host}/transaction/${hash}`;
}
