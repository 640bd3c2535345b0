/** The wallet as the page knows it: who is connected, what is deposited and earned, and the orders on their way. */
import {parseAmount} from '#protocol/amount.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {VoucherStore} from '#protocol/roles/earnings.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {PurseState} from '#protocol/roles/purse.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import type {ChainLook, ChannelLook, ConnectedWallet, Order, WalletDesk} from '../wallet/words.ts';
import {store} from './store.ts';
import {follow, isSettled, place, type OrdersOptions} from './wallet-orders.ts';
import {dueOf, isNear} from './wallet-sums.ts';
import type {ActivityEntry, RelayMoney, Wallet, WalletView} from './wallet-views.ts';

/** A channel as this browser keeps it. */
export type KeptChannel = PurseState & {readonly channel: TonAddress; readonly epoch: bigint};

/** The part of the browser's store that the wallet needs. */
export interface WalletStore {
  setting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;
  all(store: 'activity'): Promise<readonly unknown[]>;
  put(store: 'activity', value: ActivityEntry): Promise<void>;
  remove(store: 'activity', id: string): Promise<void>;
  channel(vault: string): Promise<KeptChannel | undefined>;
  changeChannel(vault: string, change: (kept: KeptChannel | undefined) => KeptChannel | undefined): Promise<KeptChannel | undefined>;
  readonly vouchers: VoucherStore;
}

export interface WalletOptions {
  readonly kept: WalletStore;
  readonly desk: WalletDesk;
  readonly clock: Clock;
  readonly node: NodeId;
  /** Hex: the session key that signs for this browser's channels. */
  readonly payerKey: string;
  newId(): string;
  /** Has the relay bring what it was granted to its vault. Rejects with `chain-down`. */
  settle(): Promise<void>;
  /** On the devnet. */
  faucet(to: TonAddress): Promise<void>;
  /** The channel holds another sum than before. */
  onDeposit(): void;
  /** The node's owner has collected so much in all. */
  onCollected(collected: bigint): void;
}

/** Where this browser's node is paid. */
export interface Payee {
  readonly account: TonAddress;
  /** A fresh proof of the wallet's; undefined when it is too old to be shown again. */
  readonly proof: Uint8Array<ArrayBuffer> | undefined;
}

export interface WalletControl extends Wallet {
  /** The relay said what it knows of money. */
  setMoney(money: RelayMoney | undefined): Promise<void>;
  setGranted(granted: bigint): void;
  setEarned(earned: bigint): void;
  setTrialLeft(left: number): void;
  payee(): Payee | undefined;
}

/** What is kept of a connection. */
interface Connection {
  readonly wallet: ConnectedWallet;
  readonly account: TonAddress;
  readonly proof: Uint8Array<ArrayBuffer> | undefined;
  readonly provedAt: number;
}

/** 0.02 coins. */
const usualPriceCap = 20_000_000n;
/** A relay takes a proof for a day (contracts/wallet-proof.ts); this leaves it an hour. */
const proofMs = 23 * 3600_000;
/** Entries that are shown and kept. */
const activityLength = 200;

/** One vault on one network, as a key of what is kept. */
export const vaultKey = ({network, vault}: Pick<RelayMoney, 'network' | 'vault'>): string => `${network} ${vault}`;

export async function createWallet(options: WalletOptions): Promise<WalletControl> {
  const {kept, desk, clock} = options;
  const entries = ((await kept.all('activity')) as readonly ActivityEntry[]).toSorted((left, right) => right.at - left.at);
  const activity = entries.slice(0, activityLength);
  for (const old of entries.slice(activityLength)) await kept.remove('activity', old.id);
  const view = store<WalletView>({
    money: undefined,
    wallet: undefined,
    doing: undefined,
    look: undefined,
    lookedAt: undefined,
    others: undefined,
    isOpen: false,
    granted: 0n,
    earned: 0n,
    // Whoever left while the wallet was asked does not know what became of it.
    activity: activity.map((entry) => (isSettled(entry) ? entry : {...entry, state: 'unknown'})),
    priceCap: ((await kept.setting('price-cap')) as bigint | undefined) ?? usualPriceCap,
    trialLeft: undefined,
  });
  let connection: Connection | undefined;
  const following = new Set<string>();

  const money = (): RelayMoney => {
    const known = view.get().money;
    if (!known) throw new NetworkError('unfunded', 'this relay takes no money');
    return known;
  };
  const connected = (): Connection => {
    if (!connection) throw new NetworkError('bad-wallet', 'no wallet is connected');
    return connection;
  };
  const connectionKey = () => `wallet ${vaultKey(money())}`;
  const keep = async (entry: ActivityEntry) => {
    await kept.put('activity', entry);
    const others = view.get().activity.filter(({id}) => id !== entry.id);
    view.patch({activity: [entry, ...others].toSorted((left, right) => right.at - left.at).slice(0, activityLength)});
  };
  const orders: OrdersOptions = {desk, clock, keep, newId: options.newId};

  /** One thing at a time: a second click does nothing. */
  const alone = async (doing: WalletView['doing'], work: () => Promise<void>) => {
    if (view.get().doing !== undefined) return;
    view.patch({doing});
    try {
      await work();
    } finally {
      view.patch({doing: undefined});
    }
  };

  const take = async (look: ChainLook) => {
    const channel = await kept.changeChannel(vaultKey(money()), (known) => adopted(known, look.channel));
    const before = view.get().look;
    view.patch({look, lookedAt: clock.now(), isOpen: channel !== undefined, granted: channel?.granted ?? 0n});
    options.onCollected(look.account.claimed);
    if (before?.channel?.spendable !== look.channel?.spendable) options.onDeposit();
  };
  const look = async () => take(await desk.look(money(), {owner: connected().wallet.address, payerKey: options.payerKey}));

  const findOthers = async () => {
    const all = await desk.channels(money(), connected().wallet.address);
    view.patch({others: all.filter(({channel}) => channel !== view.get().look?.channel?.channel)});
  };

  const watch = async (entry: ActivityEntry) => {
    if (following.has(entry.id)) return;
    following.add(entry.id);
    const ended = await follow(orders, {money: money(), entry}).finally(() => following.delete(entry.id));
    if (ended.state !== 'confirmed' || !connection) return;
    await look().catch(() => {});
    if (view.get().others) await findOthers().catch(() => {});
  };

  const order = async (wanted: Order, amount: bigint, first: () => Promise<void> = async () => {}) => {
    let placed: ActivityEntry | undefined;
    await alone(wanted.is, async () => {
      await first();
      placed = await place(orders, {money: money(), owner: connected().wallet.address, order: wanted, amount});
    });
    if (!placed) return;
    void watch(placed);
    if (placed.state === 'unknown') throw new NetworkError('wallet-silent');
  };
  const openChannel = (): ChannelLook => {
    const channel = view.get().look?.channel;
    if (!channel) throw new NetworkError('unfunded', 'no channel is open');
    return channel;
  };

  const restore = async () => {
    connection = (await kept.setting(connectionKey())) as Connection | undefined;
    const channel = await kept.channel(vaultKey(money()));
    const voucher = connection && (await kept.vouchers.load(connection.account));
    view.patch({wallet: connection?.wallet, isOpen: channel !== undefined, granted: channel?.granted ?? 0n, earned: voucher?.cumulative ?? 0n});
    if (!connection || !isNear(view.get().money)) return;
    await look().catch(() => {});
    for (const entry of view.get().activity) if (!isSettled(entry)) void watch(entry);
  };

  return {
    view,
    setMoney: async (known) => {
      view.patch({money: known});
      if (known) await restore();
    },
    setGranted: (granted) => view.patch({granted}),
    setEarned: (earned) => view.patch({earned}),
    setTrialLeft: (trialLeft) => view.patch({trialLeft}),
    payee: () => connection && {account: connection.account, proof: clock.now() - connection.provedAt < proofMs ? connection.proof : undefined},
    connect: () =>
      alone('connecting', async () => {
        const {wallet, proof} = await desk.connect(money(), {payload: `bombyx-node:${options.node}`});
        connection = {wallet, proof, provedAt: clock.now(), account: await desk.account(money(), wallet.address)};
        await kept.putSetting(connectionKey(), connection);
        const voucher = await kept.vouchers.load(connection.account);
        view.patch({wallet, look: undefined, others: undefined, earned: voucher?.cumulative ?? 0n});
        await look();
      }),
    disconnect: () =>
      alone('connecting', async () => {
        await desk.disconnect(money());
        await kept.putSetting(connectionKey(), undefined);
        connection = undefined;
        view.patch({wallet: undefined, look: undefined, lookedAt: undefined, others: undefined, earned: 0n});
      }),
    deposit: async (text) => {
      const amount = parseAmount(text);
      await order({is: 'deposit', amount, payerKey: options.payerKey}, amount);
    },
    withdraw: async (text) => {
      const amount = text.trim() === '' ? 0n : parseAmount(text);
      const {channel, spendable} = openChannel();
      if (amount > spendable) throw new NetworkError('bad-amount', 'more than the channel holds');
      await order({is: 'withdraw', channel, amount}, amount);
    },
    finishWithdrawal: () => order({is: 'finish', channel: openChannel().channel}, openChannel().requested),
    cancelWithdrawal: () => order({is: 'cancel', channel: openChannel().channel}, 0n),
    findOthers: () => alone('looking', findOthers),
    takeOther: ({channel, spendable, finishAt}) => (finishAt === 0 ? order({is: 'withdraw', channel, amount: 0n}, 0n) : order({is: 'finish', channel}, spendable)),
    collect: async () => {
      const voucher = await kept.vouchers.load(connected().account);
      const due = dueOf(view.get()) ?? 0n;
      if (!voucher || due === 0n) throw new NetworkError('bad-amount', 'nothing to collect');
      await order({is: 'collect', voucher}, due, options.settle);
    },
    refresh: () => alone('looking', look),
    check: async (id) => {
      const entry = view.get().activity.find((each) => each.id === id);
      if (entry && !isSettled(entry)) await watch(entry);
    },
    faucet: async () => {
      await options.faucet(connected().wallet.address);
      await look();
    },
    setPriceCap: async (text) => {
      const priceCap = parseAmount(text);
      await kept.putSetting('price-cap', priceCap);
      view.patch({priceCap});
    },
  };
}

/** What is kept of a channel after the chain said how it is: another opening begins at what was claimed. */
function adopted(known: KeptChannel | undefined, channel: ChannelLook | undefined): KeptChannel | undefined {
  if (!channel) return undefined;
  if (known?.channel === channel.channel && known.epoch === channel.epoch) return known;
  return {channel: channel.channel, epoch: channel.epoch, granted: channel.claimed, seen: channel.claimed};
}
