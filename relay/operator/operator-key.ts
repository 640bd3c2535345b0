/** The operator's key: in a file for its owner alone, made at the first start; who shows it, how often, and which addresses are locked out for guessing. */
import {createHash, timingSafeEqual} from 'node:crypto';
import type {Clock} from '#protocol/roles/ports.ts';
import {AddressLimits, prefixOf} from '../admission.ts';
import {readOrMakeSeed} from '../money/key-files.ts';

/** Requests of one address: the page asks for three things every five seconds. */
const perMinute = 120;
/** So many wrong keys from one address within so long lock it out for as long, ms. */
const mostMisses = 5;
const missedMs = 10 * 60_000;
const lockedMs = 15 * 60_000;
/** Addresses whose misses are remembered; beyond it the oldest are forgotten: the key is too long to be guessed even so. */
const mostAddresses = 1000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @throws Error that names the file when it holds no key, others may read it, or it can not be made */
export function openOperatorKey(path: string): string {
  try {
    return readOrMakeSeed(path).toString('hex');
  } catch (cause) {
    const isSystems = cause instanceof Error && 'code' in cause;
    throw isSystems ? new Error(`The relay did not start: the operator's key can not be kept in ${path}. Name a file that it may write with BOMBYX_OPERATOR_KEY_FILE.`, {cause}) : cause;
  }
}

/** `locked-now`: this wrong key was one too many. */
export type Entrance = 'open' | 'wrong' | 'locked-now' | 'locked' | 'flood';

export class OperatorDoor {
  readonly #wanted: Buffer;
  readonly #clock: Clock;
  readonly #requests: AddressLimits;
  readonly #misses = new Map<string, {times: readonly number[]; lockedUntil: number}>();

  constructor(key: string, clock: Clock) {
    this.#wanted = digest(key);
    this.#clock = clock;
    this.#requests = new AddressLimits({clock, perMinute});
  }

  /** Addresses whose misses are remembered. */
  get size(): number {
    return this.#misses.size;
  }

  /** Whether a request from `address` with this header may come in. Who is locked out is not let in with the right key either. */
  enter(address: string, authorization: string | undefined): Entrance {
    if (!this.#requests.take(address)) return 'flood';
    const now = this.#clock.now();
    const prefix = prefixOf(address);
    const {times = [], lockedUntil = 0} = this.#misses.get(prefix) ?? {};
    if (lockedUntil > now) return 'locked';
    const [, given = ''] = /^Bearer ([\da-f]{64})$/.exec(authorization ?? '') ?? [];
    if (timingSafeEqual(digest(given), this.#wanted)) {
      this.#misses.delete(prefix);
      return 'open';
    }
    const recent = [...times.filter((at) => now - at < missedMs), now];
    const isOver = recent.length >= mostMisses;
    this.#remember(prefix, isOver ? {times: [], lockedUntil: now + lockedMs} : {times: recent, lockedUntil: 0});
    return isOver ? 'locked-now' : 'wrong';
  }

  #remember(prefix: string, misses: {times: readonly number[]; lockedUntil: number}): void {
    // The newest stand last.
    this.#misses.delete(prefix);
    this.#misses.set(prefix, misses);
    if (this.#misses.size > mostAddresses) for (const oldest of this.#misses.keys()) if (this.#misses.delete(oldest)) break;
  }
}
