/** Orders to the wallet: each is kept before the wallet sees it, and followed on the chain until it is known what became of it. */
import {codeOf, type ErrorCode} from '#protocol/errors.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Order, Outcome, WalletDesk} from '../wallet/words.ts';
import type {ActivityEntry, RelayMoney} from './wallet-views.ts';

export interface OrdersOptions {
  readonly desk: WalletDesk;
  readonly clock: Clock;
  newId(): string;
  /** Keeps an entry and shows it. Durable when it resolves. */
  keep(entry: ActivityEntry): Promise<void>;
}

/** Between two looks at the chain, and after how long a person looks again by hand. */
const lookMs = 1500;
const patienceMs = 15 * 60_000;

/** After these nothing was sent, for certain. */
const certain: ReadonlySet<ErrorCode> = new Set(['cancelled', 'bad-wallet', 'expired']);

export interface NewOrder {
  readonly owner: ActivityEntry['ticket']['from'];
  readonly order: Order;
  readonly amount: bigint;
}

/** Has the wallet sign an order. Rejects with the reason when it was not signed; the entry says so too. */
export async function place({desk, clock, keep, newId}: OrdersOptions, {money, order, owner, amount}: NewOrder & {money: RelayMoney}): Promise<ActivityEntry> {
  const ticket = await desk.prepare(money, {owner, order});
  const asked: ActivityEntry = {id: newId(), kind: order.is, amount, at: clock.now(), network: money.name, state: 'signing', reason: undefined, ticket, external: undefined, hash: undefined};
  await keep(asked);
  try {
    const signed: ActivityEntry = {...asked, state: 'pending', external: await desk.sign(money, ticket)};
    await keep(signed);
    return signed;
  } catch (error) {
    const code = codeOf(error);
    const reason = code === 'expired' ? 'expired' : 'cancelled';
    const ended: ActivityEntry = certain.has(code) ? {...asked, state: 'failed', reason} : {...asked, state: 'unknown'};
    await keep(ended);
    if (ended.state === 'failed') throw error;
    return ended;
  }
}

/** Looks until it is known what became of an entry, or for a quarter of an hour; gives the entry as it then is. It never sends anything. */
export async function follow({desk, clock, keep}: OrdersOptions, {money, entry}: {money: RelayMoney; entry: ActivityEntry}): Promise<ActivityEntry> {
  let shown = entry;
  for (const end = clock.now() + patienceMs; ; await clock.sleep(lookMs)) {
    const outcome = await desk.follow(money, {ticket: entry.ticket, external: entry.external}).catch(() => undefined);
    const next = after(shown, outcome, clock.now() < end);
    if (next.state !== shown.state) await keep(next);
    shown = next;
    if (isSettled(shown) || clock.now() >= end) return shown;
  }
}

/** Whether nothing more will become of an entry. */
export const isSettled = ({state}: ActivityEntry): boolean => state === 'confirmed' || state === 'failed';

function after(entry: ActivityEntry, outcome: Outcome | undefined, patient: boolean): ActivityEntry {
  if (outcome?.is === 'confirmed') return {...entry, state: 'confirmed', hash: outcome.hash};
  if (outcome?.is === 'failed') return {...entry, state: 'failed', reason: outcome.reason, hash: outcome.hash};
  const waits = outcome !== undefined && entry.external !== undefined && patient;
  return {...entry, state: waits ? 'pending' : 'unknown'};
}
