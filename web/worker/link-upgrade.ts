/** Looks for a better link now and then while a node makes do with a WebSocket: UDP may get through again, or the relay have room for WebRTC. */
import type {Clock, Transport} from '#protocol/roles/ports.ts';

/** An open link to the relay, and where paired devices can signal to this node. */
export interface RelayLink {
  readonly transport: Transport;
  readonly peer: string;
}

export interface UpgradeOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether nothing runs: a change of the link would end it. */
  isIdle(): boolean;
  /** Undefined where there is no better link now. */
  open(): Promise<RelayLink | undefined>;
}

/** The first look, and the longest time between two, ms: each costs a ticket and five seconds of waiting. */
const firstMs = 60_000;
const mostMs = 15 * 60_000;

/** Resolves with an open link once there is one while nothing runs; rejects with the signal's reason. */
export async function betterLink({clock, signal, isIdle, open}: UpgradeOptions): Promise<RelayLink> {
  for (let wait = firstMs; ; wait = Math.min(mostMs, wait * 2)) {
    await clock.sleep(wait, signal);
    // A busy node looks again soon.
    if (!isIdle()) wait = firstMs / 2;
    const link = isIdle() ? await open().catch(() => undefined) : undefined;
    if (!link) continue;
    if (isIdle() && !signal.aborted) return link;
    link.transport.close();
  }
}
