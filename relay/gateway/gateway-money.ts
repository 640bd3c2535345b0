/** How a running gateway pays: from its channel to its relay's vault, up to a cap for each day; or with free answers that the relay gives. */
import {Chain} from '#contracts/chain.ts';
import {channelLook} from '#contracts/channel-look.ts';
import {rawOf} from '#contracts/places.ts';
import {WalletV5} from '#contracts/wallet-v5.ts';
import type {ChannelLook, WalletNetwork} from '#contracts/wallet-words.ts';
import {codeOf, type ErrorCode, NetworkError} from '#protocol/errors.ts';
import type {Identity} from '#protocol/identity.ts';
import type {DeviceId} from '#protocol/ids.ts';
import type {Terms} from '#protocol/messages.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Purse} from '#protocol/roles/purse.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import type {Log} from '../log.ts';
import {type GatewayKeys, lockGateway, openKeys} from './gateway-folder.ts';
import type {GatewayMoneyConfig} from './money-config.ts';
import {PurseFile} from './purse-file.ts';
import {askRelayMoney} from './relay-money.ts';

export interface GatewayMoneyOptions {
  readonly config: GatewayMoneyConfig;
  /** Address of our relay, such as `https://relay.example.org`. */
  readonly relay: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface GatewayMoney {
  /** For `ClientOptions`. */
  purse(terms: Terms, relay: string): Promise<Purse | undefined>;
  readonly trial: Identity<DeviceId>;
  trialAt(relay: string): Promise<Identity<DeviceId>>;
  /** Of each question, nano-coins. */
  readonly priceCap: bigint;
  /** After a question failed: whether the chain has another deposit than before. Then `Client.forgetPayments()`, and asking again may help. Never rejects. */
  hasNewDeposit(error: unknown): Promise<boolean>;
  /** The error that says why: an answer that no one paid for because the day's cap was reached says so. */
  explain(error: unknown): unknown;
  /** Resolves when all is on disk; frees the folder. */
  close(): Promise<void>;
}

/** Between two looks at the chain, ms: a question that can't be paid may be asked again and again. */
const lookEveryMs = 10_000;
/** Failures that a deposit may end. */
const moneyCodes: ReadonlySet<ErrorCode> = new Set(['unfunded', 'unpaid', 'bad-voucher']);

/** @throws Error that says what to do when the key is readable by others, the purse is damaged, or another gateway uses the folder */
export async function openGatewayMoney(options: GatewayMoneyOptions): Promise<GatewayMoney> {
  const {config: {folder, priceCap}, relay} = options;
  const keys = await openKeys(folder);
  const unlock = lockGateway(folder);
  try {
    const money = new RunningMoney(options, keys);
    return {
      purse: (terms, at) => money.purse(terms, at),
      trial: await keys.trialAt(relay),
      trialAt: (at) => keys.trialAt(at),
      priceCap,
      hasNewDeposit: (error) => money.hasNewDeposit(error),
      explain: (error) => money.explain(error),
      close: async () => {
        await money.settled();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Our relay's vault, and our purse for it. */
interface Place {
  readonly network: WalletNetwork;
  readonly file: PurseFile;
}

class RunningMoney {
  readonly #options: GatewayMoneyOptions;
  readonly #keys: GatewayKeys;
  readonly #files = new Map<WalletNetwork['name'], PurseFile>();
  #place: Place | undefined;
  #askedAt = -Infinity;
  #asking: Promise<void> | undefined;
  /** What the chain said of our channel last; undefined before it said anything. */
  #sight: {readonly channel: ChannelLook | undefined} | undefined;
  #lookedAt = -Infinity;
  #looking: Promise<void> | undefined;

  constructor(options: GatewayMoneyOptions, keys: GatewayKeys) {
    this.#options = options;
    this.#keys = keys;
    // All of them now: a damaged one is no surprise for later.
    for (const name of ['devnet', 'testnet', 'mainnet'] as const) {
      this.#files.set(name, new PurseFile(options.config.folder, {network: name, dailyCap: options.config.dailyCap, now: () => options.clock.now()}));
    }
  }

  async purse({network, vault}: Terms, relay: string): Promise<Purse | undefined> {
    // The channel is with our own relay: another one that names its vault would be shown it.
    if (relay !== '') return undefined;
    const isIts = (place: Place | undefined) => place?.network.network === network && place.network.vault === vault;
    if (!isIts(this.#place)) await this.#ask();
    const place = this.#place;
    if (!place || !isIts(place)) return undefined;
    // What the chain said once stands until something fails: then `hasNewDeposit` looks again.
    if (!this.#sight?.channel) await this.#look(place);
    const known = place.file.channel(vault);
    // Where the chain is silent, what was deposited goes on working; where it says that the channel is gone, nothing does.
    const isGone = this.#sight !== undefined && this.#sight.channel === undefined;
    return known && !isGone ? this.#purseOf(place, known) : undefined;
  }

  /** Whether the channel changed since the last look. */
  async hasNewDeposit(error: unknown): Promise<boolean> {
    if (!this.#place || !moneyCodes.has(codeOf(error))) return false;
    const before = this.#sight?.channel;
    await this.#look(this.#place);
    const after = this.#sight?.channel;
    return after?.epoch !== before?.epoch || totalOf(after) > totalOf(before);
  }

  explain(error: unknown): unknown {
    const code = codeOf(error);
    if (!this.#place || this.#place.file.rest > 0n || (code !== 'unpaid' && code !== 'unfunded')) return error;
    return new NetworkError('unfunded', this.#place.file.capText, {cause: error});
  }

  async settled(): Promise<void> {
    await Promise.allSettled([this.#asking, this.#looking]);
    await Promise.all([...this.#files.values()].map((file) => file.settled()));
  }

  #purseOf({file, network: {vault}}: Place, {channel, epoch}: {channel: TonAddress; epoch: bigint}): Purse {
    return {
      channel,
      epoch,
      key: this.#keys.payer,
      update: (change, {shown = false} = {shown: false}) => file.update(vault, {channel, epoch, change, shown}),
      bound: () => {
        const now = file.channel(vault);
        return now?.channel === channel && now.epoch === epoch ? {most: now.granted + file.rest, why: file.capText} : {most: 0n, why: 'the channel was closed'};
      },
    };
  }

  /** Asks the relay which vault it has, at most once in a while. */
  async #ask(): Promise<void> {
    const {relay, clock, log} = this.#options;
    if (this.#asking) return this.#asking;
    if (clock.now() - this.#askedAt < lookEveryMs) return;
    this.#askedAt = clock.now();
    this.#asking = askRelayMoney(relay)
      .then((network) => {
        const file = network && this.#files.get(network.name);
        this.#place = network && file && {network, file};
        [this.#sight, this.#lookedAt] = [undefined, -Infinity];
      })
      .catch((error: unknown) => log('warn', 'money-unknown', {code: codeOf(error)}))
      .finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** Looks at the chain, at most once in a while, and keeps what it says of our channel. */
  async #look({network, file}: Place): Promise<void> {
    const {clock, log} = this.#options;
    if (this.#looking) return this.#looking;
    if (clock.now() - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = clock.now();
    const owner = rawOf(new WalletV5({seed: this.#keys.walletSeed, network: network.network}).address);
    const chain = new Chain({endpoint: network.endpoint, clock});
    this.#looking = channelLook(chain, {network, owner, payerKey: this.#keys.payer.id})
      .then(async (channel) => {
        if (channel) await file.adopt(network.vault, channel);
        this.#sight = {channel};
      })
      .catch((error: unknown) => log('warn', 'chain-unknown', {code: codeOf(error)}))
      .finally(() => (this.#looking = undefined));
    return this.#looking;
  }
}

/** All that was ever in an opening: deposits, less what was withdrawn. */
const totalOf = (look: ChannelLook | undefined): bigint => (look ? look.claimed + look.spendable : 0n);
