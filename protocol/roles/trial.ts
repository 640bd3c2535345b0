/** Free answers on one link: the relay pays their nodes, up to so many for this device. */
import {NetworkError} from '../errors.ts';
import type {Identity} from '../identity.ts';
import type {DeviceId} from '../ids.ts';
import {limits} from '../limits.ts';
import {writeStatement} from '../statement.ts';
import {trialProof} from '../trial.ts';
import type {ClientLink} from './client-link.ts';
import {within} from './deadline.ts';
import type {Payer, Payment} from './payer.ts';
import type {Clock} from './ports.ts';

export interface TrialOptions {
  readonly device: Identity<DeviceId>;
  readonly clock: Clock;
  /** Hears how many are left, each time that the relay says so. */
  onLeft(left: number): void;
}

/** Nobody here has anything to count: the relay does. */
const nothingToPay: Payment = {cover: async () => {}, end: async () => {}};

export class Trial implements Payer {
  readonly kind = 'trial';
  readonly pays = false;
  readonly #link: ClientLink;
  readonly #options: TrialOptions;
  #left = 0;

  constructor(link: ClientLink, options: TrialOptions) {
    this.#link = link;
    this.#options = options;
    link.onTrialed = (left) => this.#told(left);
  }

  /** Whether one is left. Where we know of none the relay is asked: each day it gives anew to an address. Rejects with `refused`, `stalled`. */
  async isOpen(): Promise<boolean> {
    if (this.#left === 0) await this.#ask();
    return this.#left > 0;
  }

  async start(): Promise<Payment> {
    return nothingToPay;
  }

  async #ask(): Promise<void> {
    const {device, clock} = this.#options;
    const {terms} = this.#link;
    if (!terms) throw new NetworkError('refused', 'this relay has no terms');
    const job = this.#link.job();
    try {
      job.send('trial', {device: device.id, signature: await device.sign(writeStatement(trialProof, {nonce: terms.nonce}))});
      const trialed = await within(job.next(), {clock, ms: limits.stepMs, code: 'stalled'});
      if (trialed.kind === 'failed') throw new NetworkError(trialed.code, 'said the relay');
      if (trialed.kind !== 'trialed') throw new NetworkError('bad-message', `${trialed.kind} instead of trialed`);
      this.#told(trialed.left);
    } finally {
      job.close();
    }
  }

  #told(left: number): void {
    this.#left = left;
    this.#options.onLeft(left);
  }
}
