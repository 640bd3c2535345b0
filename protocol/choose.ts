/** The client's choice: a random set of acceptable nodes, weighted; the relay may bind to none outside it. Pure. */
import type {ModelHash, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import type {NodeRecord} from './node-record.ts';

export interface ChoiceOptions {
  readonly model: ModelHash;
  /** Nodes that are out: they were lost or lied in this conversation. */
  readonly without: ReadonlySet<NodeId>;
  /** Numbers in [0, 1). */
  random(): number;
  /** Size of the set. */
  readonly size?: number;
  /** How much likelier a node is drawn than one of weight 1; speed that this client measured, never what a node claims. */
  weight?(record: NodeRecord): number;
}

/** Up to `size` distinct nodes that offer the model, drawn without replacement (Efraimidis and Spirakis: largest u^(1/w)). */
export function drawSet(records: readonly NodeRecord[], options: ChoiceOptions): NodeId[] {
  const {model, without, random, size = limits.defaultSet, weight = () => 1} = options;
  return records
    .filter((record) => !without.has(record.node) && record.models.some((offered) => offered.model === model))
    .map((record) => ({node: record.node, key: random() ** (1 / Math.max(weight(record), 1e-6))}))
    .toSorted((left, right) => right.key - left.key)
    .slice(0, Math.min(size, limits.maxSet))
    .map(({node}) => node);
}
