/** What the network offers now, as choices for a person. Pure. */
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {type CatalogueEntry, hashOfModel} from '#protocol/models.ts';
import type {NodeRecord} from '#protocol/node-record.ts';
import type {ModelChoice} from './views.ts';

/** One choice per model that any node offers; real models first, then by number of computers. */
export function modelChoices(records: readonly NodeRecord[], {catalogue, mine}: {catalogue: readonly CatalogueEntry[]; mine: ReadonlySet<NodeId>}): readonly ModelChoice[] {
  const known = new Map(catalogue.map((entry) => [hashOfModel(entry), entry]));
  const choices = new Map<ModelHash, ModelChoice>();
  for (const record of records) {
    for (const {model, name} of record.models) {
      const entry = known.get(model);
      const before = choices.get(model);
      choices.set(model, {
        hash: model,
        label: entry?.label ?? `${name} (not in this app's catalogue)`,
        demo: entry?.demo ?? false,
        nodes: (before?.nodes ?? 0) + 1,
        mine: (before?.mine ?? 0) + (mine.has(record.node) ? 1 : 0),
      });
    }
  }
  return [...choices.values()].toSorted((left, right) => Number(left.demo) - Number(right.demo) || right.nodes - left.nodes);
}
