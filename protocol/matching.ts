/** The relay's choice: which idle node of the client's set takes a waiting job, and which job goes first. Pure; the simulator runs the same. */
import type {ModelHash, NodeId} from './ids.ts';

/** A node as matching sees it. */
export interface Candidate {
  readonly node: NodeId;
  readonly models: ReadonlySet<ModelHash>;
  readonly free: number;
  /** When it was last bound, ms since 1970; 0 for never. */
  readonly lastBound: number;
}

/** What a waiting job accepts. */
export interface Wanted {
  readonly model: ModelHash;
  readonly nodes: readonly NodeId[];
}

/** The idle acceptable node that was bound longest ago; undefined when none is idle. */
export function pickNode<C extends Candidate>(wanted: Wanted, candidateOf: (node: NodeId) => C | undefined): C | undefined {
  let best: C | undefined;
  for (const node of wanted.nodes) {
    const candidate = candidateOf(node);
    if (!candidate || candidate.free <= 0 || !candidate.models.has(wanted.model)) continue;
    if (!best || candidate.lastBound < best.lastBound) best = candidate;
  }
  return best;
}

/** Whether any node of the set is here and offers the model, idle or not. */
export const anyServes = (wanted: Wanted, candidateOf: (node: NodeId) => Candidate | undefined): boolean =>
  wanted.nodes.some((node) => candidateOf(node)?.models.has(wanted.model) ?? false);
