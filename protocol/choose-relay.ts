/** Which of a person's relays a question goes to, by how each did lately and by who is there. Pure. */
import {limits} from './limits.ts';
import {retryDelay} from './retry.ts';

/** How a relay did lately, as this side saw it; times in ms since 1970. */
export interface RelayHealth {
  /** Since it was last reached. */
  readonly failures: number;
  /** When it was first not reached; undefined while it is. */
  readonly lostAt: number | undefined;
  /** It is left alone until then. */
  readonly restsUntil: number;
  /** When it failed last, though it may be there again. */
  readonly failedAt: number;
  /** What it told of a wait, and until when that is believed. */
  readonly waitMs: number;
  readonly waitUntil: number;
}

/** Nothing is known, so nothing bad. */
export const freshHealth: RelayHealth = {failures: 0, lostAt: undefined, restsUntil: 0, failedAt: Number.NEGATIVE_INFINITY, waitMs: 0, waitUntil: 0};

/** How long a failure is held against a relay that is there again, and how long a told wait is believed. */
const rememberedMs = 60_000;
/** Waits within one such step are alike. */
const waitStepMs = 10_000;

export const afterFailure = (health: RelayHealth, {now, random}: {now: number; random: number}): RelayHealth => ({
  ...health,
  failures: health.failures + 1,
  lostAt: health.lostAt ?? now,
  restsUntil: now + retryDelay(health.failures, random),
  failedAt: now,
});

export const afterSuccess = (health: RelayHealth): RelayHealth => (health.failures === 0 ? health : {...health, failures: 0, lostAt: undefined, restsUntil: 0});

/** It said that a question has to wait about so long; 0 where it does not know. */
export const afterWait = (health: RelayHealth, {now, waitMs}: {now: number; waitMs: number}): RelayHealth => ({...health, waitMs, waitUntil: now + rememberedMs});

/** It said that all are busy: the longest wait there is. */
export const afterBusy = (health: RelayHealth, now: number): RelayHealth => afterWait(health, {now, waitMs: limits.queueMs});

/** A relay, as one question finds it. */
export interface RelayStanding {
  readonly health: RelayHealth;
  /** Computers there that may answer this question. */
  readonly nodes: number;
  /** Whether the one is among them that answered this conversation before. */
  readonly hasPreferred: boolean;
  /** What the cheapest of them asks for a thousand tokens, nano-coins. */
  readonly price: bigint;
}

/** From 4 on twice as many computers are no reason to leave the relay that is first in the list. */
const crowd = ({nodes}: RelayStanding): number => Math.min(2, Math.floor(Math.log2(Math.max(1, nodes))));

/** Standings in the order in which they are to be tried: of equals the one that is first in the list. Those without a computer are left out. */
export function rankRelays<S extends RelayStanding>(standings: readonly S[], now: number): readonly S[] {
  const wait = ({health}: S): number => (now < health.waitUntil ? Math.floor(health.waitMs / waitStepMs) : 0);
  const shaky = ({health}: S): number => (now - health.failedAt < rememberedMs ? 1 : 0);
  const keys: readonly ((standing: S) => number)[] = [
    ({hasPreferred}) => (hasPreferred ? 0 : 1),
    wait,
    shaky,
  ];
  const compare = (left: S, right: S): number => {
    for (const key of keys) if (key(left) !== key(right)) return key(left) - key(right);
    if (left.price !== right.price) return left.price < right.price ? -1 : 1;
    return crowd(right) - crowd(left);
  };
  return standings.filter(({nodes}) => nodes > 0).toSorted(compare);
}
