/** Conversations by how long ago they were used, in days of this device's own clock and zone. Pure. */
import type {Conversation} from './views.ts';

export type Age = 'pinned' | 'today' | 'yesterday' | 'week' | 'older';

export interface AgeGroup {
  readonly age: Age;
  /** Newest first. */
  readonly conversations: readonly Conversation[];
}

const ages = ['pinned', 'today', 'yesterday', 'week', 'older'] as const satisfies readonly Age[];

/** Groups that have something in them, newest first. */
export function groupByAge(conversations: readonly Conversation[], now: number): readonly AgeGroup[] {
  const groups = Object.groupBy(conversations.toSorted((left, right) => right.updated - left.updated), (conversation) => ageOf(conversation, now));
  return ages.flatMap((age) => (groups[age] ? [{age, conversations: groups[age]}] : []));
}

function ageOf({pinned, updated}: Conversation, now: number): Age {
  if (pinned === true) return 'pinned';
  if (updated >= startOfDay(now, 0)) return 'today';
  if (updated >= startOfDay(now, 1)) return 'yesterday';
  return updated >= startOfDay(now, 7) ? 'week' : 'older';
}

/** Midnight so many days ago; not so many times 24 hours, for clocks are put forward and back. */
function startOfDay(now: number, daysAgo: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo).getTime();
}
