/**
 * Free answers: the relay pays their nodes itself, with the same vouchers and in the same rhythm as a client would. Who is given one is counted three
 * times: by device for ever, by address and in all for a day. Whoever gangs up, a day costs no more answers than `perDay`, and none more than `ceiling`.
 */
import {NetworkError} from '../errors.ts';
import {isSignedBy} from '../identity.ts';
import type {DeviceId, JobHandle} from '../ids.ts';
import type {Message, Terms} from '../messages.ts';
import {writeStatement} from '../statement.ts';
import {trialProof} from '../trial.ts';
import type {Clock} from './ports.ts';
import type {AccountEntry, Ledger, TrialLimits} from './relay-bank.ts';
import type {Teller} from './relay-link.ts';

export interface RelayTrialOptions {
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'given' | 'give'>;
  readonly limits: TrialLimits;
  /** Free answers of a device. */
  readonly perDevice: number;
}

/** A free answer that was asked for. Until it costs a coin it is not counted, but keeps its place. */
interface Guest {
  readonly device: DeviceId;
  readonly link: Teller;
  counted: boolean;
}

const dayMs = 86_400_000;

export class RelayTrial {
  readonly #options: RelayTrialOptions;
  readonly #devices = new WeakMap<Teller, DeviceId>();
  readonly #guests = new Map<JobHandle, Guest>();
  /** Answers of this day by address, `perDay` at most; here only, for addresses are never written. */
  readonly #byPrefix = new Map<string, number>();
  #day = 0;

  constructor(options: RelayTrialOptions) {
    this.#options = options;
  }

  /** A device proves its key on its link and hears what it has left. Rejects with `refused`. */
  async admit({device, signature, handle}: Message<'trial'>, {client, nonce}: {client: Teller; nonce: Terms['nonce']}): Promise<void> {
    if (!(await isSignedBy(device, {message: writeStatement(trialProof, {nonce}), signature}))) throw new NetworkError('refused', 'not by the device that it names');
    this.#devices.set(client, device);
    client.send('trialed', {left: this.#left(device, {prefix: client.prefix})}, handle);
  }

  /** Keeps a place for a free answer until `end`. @throws NetworkError `refused`, `duplicate`, `busy` for a second one at once, `trial-over` */
  begin(handle: JobHandle, link: Teller): void {
    const device = this.#devices.get(link);
    if (device === undefined) throw new NetworkError('refused', 'no device proved itself on this link');
    if (this.#guests.has(handle)) throw new NetworkError('duplicate', 'this handle is in use');
    const guests = [...this.#guests.values()];
    if (guests.some((guest) => guest.device === device)) throw new NetworkError('busy', 'one free answer at a time');
    const held = guests.filter(({counted}) => !counted);
    if (this.#left(device, {prefix: link.prefix, held}) === 0) throw new NetworkError('trial-over', 'the device, its address or the day has had all');
    this.#guests.set(handle, {device, link, counted: false});
  }

  /** Whether the relay would pay for such an offer. */
  covers(handle: JobHandle, ceiling: bigint): boolean {
    return this.#guests.has(handle) && ceiling <= this.#options.limits.ceiling;
  }

  /** Writes what a node is owed with a part of a free answer; the first part counts the answer. */
  pay(handle: JobHandle, account: AccountEntry): void {
    const {ledger} = this.#options;
    const guest = this.#guests.get(handle);
    if (!guest) throw new NetworkError('internal', 'no such free answer');
    if (guest.counted) return ledger.give(account);
    const {device, link} = guest;
    const day = this.#today();
    ledger.give(account, {device, day});
    guest.counted = true;
    this.#byPrefix.set(link.prefix, (this.#byPrefix.get(link.prefix) ?? 0) + 1);
    link.send('trialed', {left: this.#left(device, {prefix: link.prefix})});
  }

  /** The job is over. */
  end(handle: JobHandle): void {
    this.#guests.delete(handle);
  }

  /** What a device can still be given, while places are held for others. */
  #left(device: DeviceId, {prefix, held = []}: {prefix: string; held?: readonly Guest[]}): number {
    const {ledger, limits, perDevice} = this.#options;
    const given = ledger.given(device, this.#today());
    const forAddress = limits.perAddress - (this.#byPrefix.get(prefix) ?? 0) - held.filter(({link}) => link.prefix === prefix).length;
    return Math.max(0, Math.min(perDevice - given.device, forAddress, limits.perDay - given.day - held.length));
  }

  /** Days since 1970, UTC. With a new one all addresses start over. */
  #today(): number {
    const day = Math.floor(this.#options.clock.now() / dayMs);
    if (day !== this.#day) this.#byPrefix.clear();
    this.#day = day;
    return day;
  }
}
