/** A chain and a ledger in memory, for the tests of the paying roles; keys and vouchers are real. */
import {fromHex, toHex} from '../bytes.ts';
import {NetworkError} from '../errors.ts';
import {createSecret, type Identity, identityOf} from '../identity.ts';
import type {DeviceId, NodeId} from '../ids.ts';
import type {VoucherStore} from '../roles/earnings.ts';
import type {Purse, PurseState} from '../roles/purse.ts';
import type {AccountEntry, Bank, ChannelEntry, ChannelFacts, Ledger, TrialLimits} from '../roles/relay-bank.ts';
import type {TonAddress} from '../ton-address.ts';
import type {SignedSum} from '../voucher.ts';

const address = (digit: string) => `0:${digit.repeat(64)}` as TonAddress;

/** Keeps what a ledger keeps. */
export class MemoryLedger implements Ledger {
  readonly channels = new Map<TonAddress, ChannelEntry>();
  readonly accounts = new Map<TonAddress, AccountEntry>();
  readonly bound = new Map<NodeId, TonAddress>();
  /** Free answers by device, and by day. */
  readonly devices = new Map<DeviceId, number>();
  readonly days = new Map<number, number>();

  channel(channel: TonAddress): ChannelEntry | undefined {
    return this.channels.get(channel);
  }

  account(node: NodeId): AccountEntry | undefined {
    const account = this.bound.get(node);
    return account && this.accounts.get(account);
  }

  saveChannel(entry: ChannelEntry): void {
    this.channels.set(entry.channel, entry);
  }

  bind(node: NodeId, {account, owner}: Omit<AccountEntry, 'owed'>): AccountEntry {
    const entry = this.accounts.get(account) ?? {account, owner, owed: 0n};
    this.accounts.set(account, entry);
    this.bound.set(node, account);
    return entry;
  }

  correct(entry: AccountEntry): void {
    this.accounts.set(entry.account, entry);
  }

  settle(channel: ChannelEntry, account: AccountEntry): void {
    this.channels.set(channel.channel, channel);
    this.accounts.set(account.account, account);
  }

  given(device: DeviceId, day: number): {device: number; day: number} {
    return {device: this.devices.get(device) ?? 0, day: this.days.get(day) ?? 0};
  }

  give(account: AccountEntry, counted?: {device: DeviceId; day: number}): void {
    this.accounts.set(account.account, account);
    if (!counted) return;
    const {device, day} = this.given(counted.device, counted.day);
    this.devices.set(counted.device, device + 1);
    this.days.set(counted.day, day + 1);
  }
}

/** One relay's bank with one vault. */
export class MemoryBank implements Bank {
  readonly terms: Bank['terms'];
  readonly key: Identity<string>;
  readonly ledger = new MemoryLedger();
  readonly trial?: TrialLimits;
  /** What the chain says of each channel. */
  readonly chain = new Map<TonAddress, ChannelFacts>();
  readonly claimed = new Map<TonAddress, bigint>();
  down = false;

  private constructor(key: Identity<string>, {network, perDevice, limits}: {network: number; perDevice: number; limits: TrialLimits | undefined}) {
    this.key = key;
    if (limits) this.trial = limits;
    this.terms = {network, vault: address('a'), relayKey: fromHex(key.id), feePermille: 50, disputeWindow: 86_400, trial: perDevice};
  }

  static async open(network = -3): Promise<MemoryBank> {
    return new MemoryBank(await identityOf(await createSecret()), {network, perDevice: 0, limits: undefined});
  }

  /** A bank that gives free answers too. */
  static async giving(perDevice: number, limits: TrialLimits): Promise<MemoryBank> {
    return new MemoryBank(await identityOf(await createSecret()), {network: -3, perDevice, limits});
  }

  async channel(channel: TonAddress): Promise<ChannelFacts> {
    if (this.down) throw new NetworkError('chain-down', 'told to');
    const facts = this.chain.get(channel);
    if (!facts) throw new NetworkError('bad-voucher', 'no such channel');
    return facts;
  }

  async wallet(proof: Uint8Array): Promise<Omit<AccountEntry, 'owed'>> {
    const owner = `0:${toHex(proof).padStart(64, '0')}` as TonAddress;
    return {owner, account: accountOf(owner)};
  }

  async collected(account: TonAddress): Promise<bigint> {
    return this.claimed.get(account) ?? 0n;
  }

  /** Opens a channel with a deposit; gives the client's purse. */
  async deposit(capacity: bigint, {channel = address('c'), epoch = 46n}: {channel?: TonAddress; epoch?: bigint} = {}): Promise<TestPurse> {
    const key = await identityOf<string>(await createSecret());
    this.chain.set(channel, {epoch, payerKey: key.id, capacity});
    return new TestPurse({channel, epoch, key});
  }

  /** Binds a node without a wallet's proof, as if it had been bound before. */
  bind(node: NodeId): TonAddress {
    const owner = `0:${node}` as TonAddress;
    return this.ledger.bind(node, {owner, account: accountOf(owner)}).account;
  }
}

const accountOf = (owner: TonAddress): TonAddress => `0:${owner.slice(34)}${owner.slice(2, 34)}` as TonAddress;

export class TestPurse implements Purse {
  readonly channel: TonAddress;
  readonly epoch: bigint;
  readonly key: Identity<string>;
  state: PurseState = {granted: 0n, seen: 0n};

  constructor({channel, epoch, key}: Pick<Purse, 'channel' | 'epoch' | 'key'>) {
    this.channel = channel;
    this.epoch = epoch;
    this.key = key;
  }

  async update(change: (state: PurseState) => PurseState): Promise<PurseState> {
    this.state = change(this.state);
    return this.state;
  }
}

export class MemoryVouchers implements VoucherStore {
  readonly newest = new Map<TonAddress, SignedSum>();

  async load(account: TonAddress): Promise<SignedSum | undefined> {
    return this.newest.get(account);
  }

  async save(account: TonAddress, voucher: SignedSum): Promise<void> {
    if (voucher.cumulative > (this.newest.get(account)?.cumulative ?? 0n)) this.newest.set(account, voucher);
  }
}
