/** How long to wait before trying again: doubling, capped, with jitter, so that a relay that restarts is not met by all at once. Pure. */

const firstMs = 500;
const mostMs = 15_000;

/** Milliseconds before attempt `attempt` (0 is the first retry); `random` in [0, 1). */
export const retryDelay = (attempt: number, random: number): number => Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 10)) * (0.5 + random / 2);
