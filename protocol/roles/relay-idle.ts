/** Tells a node why it has no job: once it has been so for a moment, when the reason is another than it was told, and never one that is busy. */
import type {IdleReason} from '../matching.ts';
import type {Body} from '../messages.ts';
import type {RelayLink} from './relay-link.ts';

/** A node hears no reason sooner than this after another, ms: what changes back meanwhile is never told. */
const leastMs = 5000;

interface Told {
  readonly why: Body<'idle'>;
  readonly at: number;
}

export class IdleWords<N extends {readonly link: RelayLink}> {
  /** Nodes about which something happened. Nobody looks at the others, so idle nodes cost nothing. */
  readonly #due = new Set<N>();
  readonly #told = new WeakMap<N, Told>();

  /** Something happened that may have changed why a node has no job. */
  touch(node: N): void {
    this.#due.add(node);
  }

  /** A node is gone. */
  forget(node: N): void {
    this.#due.delete(node);
  }

  /** Tells those whose reason is another than they know. Call it about once a second. */
  sweep(now: number, whyIdle: (node: N) => IdleReason): void {
    for (const node of this.#due) {
      const why = tellable(whyIdle(node));
      const told = this.#told.get(node);
      if (why && told && !isSame(why, told.why) && now - told.at < leastMs) continue;
      this.#due.delete(node);
      if (!why || (told && isSame(why, told.why))) continue;
      this.#told.set(node, {why, at: now});
      node.link.send('idle', why);
    }
  }
}

/** Undefined for what the node knows by itself: that it is busy, or took itself out. */
function tellable(idle: IdleReason): Body<'idle'> | undefined {
  if (idle.reason === 'busy' || idle.reason === 'closed') return undefined;
  return idle.reason === 'paused' ? {...idle, until: Math.ceil(idle.until / 1000)} : {reason: idle.reason};
}

const isSame = (left: Body<'idle'>, right: Body<'idle'>): boolean =>
  left.reason === right.reason && (left.reason !== 'paused' || right.reason !== 'paused' || (left.until === right.until && left.trouble === right.trouble));
