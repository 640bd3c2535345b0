/** Branches of a conversation: which turns are shown, which stand beside each other, and where the next one goes. Pure. */
import type {Conversation, Turn} from './views.ts';

/** Where a turn stands among those that follow the same turn, from 0. */
export interface Place {
  readonly index: number;
  readonly of: number;
}

/** The turn that each turn follows. */
export function parentsOf(turns: readonly Turn[]): ReadonlyMap<string, string | null> {
  return new Map(turns.map(({id, parent}, index) => [id, parent === undefined ? (turns[index - 1]?.id ?? null) : parent]));
}

/** The turns of the branch that is shown, first to last. */
export function shownTurns({turns, head}: Pick<Conversation, 'turns' | 'head'>): readonly Turn[] {
  const parents = parentsOf(turns);
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const shown = new Set<Turn>();
  let at: Turn | undefined = (head === undefined ? undefined : byId.get(head)) ?? turns.at(-1);
  // Imported turns may follow each other in a ring.
  while (at && !shown.has(at)) {
    shown.add(at);
    at = byId.get(parents.get(at.id) ?? '');
  }
  return [...shown].toReversed();
}

/** Where each shown turn stands among its alternatives. */
export function placesOf(conversation: Pick<Conversation, 'turns' | 'head'>): ReadonlyMap<string, Place> {
  const parents = parentsOf(conversation.turns);
  const beside = Map.groupBy(conversation.turns, ({id}) => parents.get(id));
  return new Map(shownTurns(conversation).map((turn) => {
    const all = beside.get(parents.get(turn.id)) ?? [turn];
    return [turn.id, {index: all.indexOf(turn), of: all.length}];
  }));
}

/** The last turn of the branch that goes through the alternative `step` places after this turn (before it, where negative), along the newest turns; undefined where there is none. */
export function headBeside(conversation: Pick<Conversation, 'turns' | 'head'>, {id, step}: {readonly id: string; readonly step: number}): string | undefined {
  const parents = parentsOf(conversation.turns);
  const beside = besideOf(id, {conversation, parents});
  let at = beside[beside.findIndex((turn) => turn.id === id) + step]?.id;
  let last: string | undefined;
  const seen = new Set<string>();
  while (at !== undefined && !seen.has(at)) {
    last = at;
    seen.add(at);
    at = conversation.turns.findLast((turn) => parents.get(turn.id) === last)?.id;
  }
  return last;
}

const besideOf = (id: string, {conversation, parents}: {readonly conversation: Pick<Conversation, 'turns'>; readonly parents: ReadonlyMap<string, string | null>}): readonly Turn[] =>
  conversation.turns.filter((turn) => parents.get(turn.id) === parents.get(id));
