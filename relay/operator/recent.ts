/** How jobs went at this relay in the last minutes: outcomes, refusals and waits, for its operator. No identity is in it. */
import type {ErrorCode} from '#protocol/errors.ts';
import type {ModelHash} from '#protocol/ids.ts';
import type {Clock} from '#protocol/roles/ports.ts';
import type {HubCount} from '#protocol/roles/relay-watch.ts';

export const recentMinutes = 10;
const minuteMs = 60_000;
/** Waits that are remembered; of more, the oldest are forgotten. */
const mostTimes = 2000;

type Outcome = 'asked' | 'matched' | 'rematched' | 'released' | 'cancelled' | 'redirected' | 'failed';

interface Minute {
  readonly number: number;
  readonly outcomes: Map<Outcome, number>;
  readonly failures: Map<ErrorCode, number>;
  readonly refusals: Map<ErrorCode, number>;
}

interface Time {
  readonly at: number;
  readonly ms: number;
  readonly model?: ModelHash;
}

/** Of times in ms; null where none was measured. */
export interface Spread {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface CodeCount {
  readonly code: ErrorCode;
  readonly count: number;
}

export interface RecentJobs {
  readonly minutes: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Most frequent first. */
  readonly failures: readonly CodeCount[];
  readonly refusals: readonly CodeCount[];
  /** From asking to being bound, and to the first frame of the answer. */
  readonly match: Spread;
  readonly firstFrame: Spread;
}

export class Recent {
  readonly #clock: Clock;
  #minutes: Minute[] = [];
  readonly #waits: Time[] = [];
  readonly #firstFrames: Time[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** For the hub. */
  readonly note = (count: HubCount): void => {
    const at = this.#clock.now();
    const {outcomes, failures, refusals} = this.#minuteAt(at);
    if (count.is === 'refused') return add(refusals, count.code);
    if (count.is === 'offered') return undefined;
    if (count.is === 'answering') return push(this.#firstFrames, {at, ms: count.ms});
    if (count.is === 'matched') push(this.#waits, {at, ms: count.ms, model: count.model});
    add(outcomes, count.is === 'ended' ? count.outcome : count.is);
    if (count.is === 'ended' && count.outcome === 'failed') add(failures, count.code);
    return undefined;
  };

  #minuteAt(now: number): Minute {
    const number = Math.floor(now / minuteMs);
    const last = this.#minutes.at(-1);
    if (last?.number === number) return last;
    const minute = {number, outcomes: new Map(), failures: new Map(), refusals: new Map()};
    this.#minutes = [...this.#recent(now), minute];
    return minute;
  }

  #recent(now: number): Minute[] {
    return this.#minutes.filter(({number}) => number > Math.floor(now / minuteMs) - recentMinutes);
  }

  read(): RecentJobs {
    const now = this.#clock.now();
    const minutes = this.#recent(now);
    const outcomes = sumOf(minutes.map((minute) => minute.outcomes));
    const of = (name: Outcome): number => outcomes.get(name) ?? 0;
    return {
      minutes: recentMinutes,
      outcomes: {asked: of('asked'), matched: of('matched'), rematched: of('rematched'), released: of('released'), cancelled: of('cancelled'), redirected: of('redirected'), failed: of('failed')},
      failures: mostOf(minutes.map(({failures}) => failures)),
      refusals: mostOf(minutes.map(({refusals}) => refusals)),
      match: spreadOf(this.#waits, now),
      firstFrame: spreadOf(this.#firstFrames, now),
    };
  }

  /** How long clients waited for a computer, by model. */
  waits(): ReadonlyMap<ModelHash, Spread> {
    const now = this.#clock.now();
    const byModel = Map.groupBy(this.#waits, ({model}) => model);
    return new Map([...byModel].flatMap(([model, times]) => (model === undefined ? [] : [[model, spreadOf(times, now)]])));
  }
}

const add = <K>(sums: Map<K, number>, key: K): void => void sums.set(key, (sums.get(key) ?? 0) + 1);

function push(times: Time[], time: Time): void {
  times.push(time);
  if (times.length > mostTimes) times.shift();
}

function sumOf<K>(parts: readonly ReadonlyMap<K, number>[]): Map<K, number> {
  const sums = new Map<K, number>();
  for (const part of parts) for (const [key, count] of part) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}

const mostOf = (parts: readonly ReadonlyMap<ErrorCode, number>[]): CodeCount[] =>
  [...sumOf(parts)].map(([code, count]) => ({code, count})).toSorted((left, right) => right.count - left.count);

function spreadOf(times: readonly Time[], now: number): Spread {
  const sorted = times.filter(({at}) => now - at <= recentMinutes * minuteMs).map(({ms}) => ms).toSorted((left, right) => left - right);
  const at = (part: number): number | null => sorted[Math.ceil(part * sorted.length) - 1] ?? null;
  return {count: sorted.length, p50: at(0.5), p95: at(0.95)};
}
