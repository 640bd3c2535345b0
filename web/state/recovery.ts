/** What to do when the node in this tab was lost: start again, later each time, on a tier lower after two losses, and give up after five. Pure. */
import type {ErrorCode} from '#protocol/errors.ts';
import {retryDelay} from '#protocol/retry.ts';

/** After these a fresh worker may do better. */
export const recoverable: ReadonlySet<ErrorCode> = new Set(['gpu-lost', 'engine-failed', 'stalled']);

/** Losses longer ago are forgotten, ms. */
const memoryMs = 15 * 60_000;
const lossesOfTier = 2;
const mostLosses = 5;

export interface Recovery {
  readonly waitMs: number;
  /** Whether the GPU should be left alone from now on. */
  readonly lower: boolean;
}

/** @param losses when they were, ms, the newest last; `random` in [0, 1). Undefined: give up. */
export function recoveryAfter(losses: readonly number[], {now, random}: {now: number; random: number}): Recovery | undefined {
  const recent = losses.filter((at) => now - at < memoryMs).length;
  if (recent > mostLosses) return undefined;
  return {waitMs: retryDelay(Math.max(0, recent - 1), random), lower: recent > lossesOfTier};
}
