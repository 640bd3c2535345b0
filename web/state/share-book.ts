/** The book of what this computer did: the tab whose node runs writes it, all tabs read it, and it outlives them. */
import {type DayRecord, dayId, type JobRecord, mostJobs, readDay, readJob, type Sums, withSums} from './share-sums.ts';
import {type Readable, store} from './store.ts';
import type {JobEntry, ShareView} from './views.ts';

/** Where it is kept. */
export interface BookShelf {
  days(): Promise<readonly unknown[]>;
  jobs(): Promise<readonly unknown[]>;
  /** Also forgets the oldest days above the bound. */
  putDay(day: DayRecord): Promise<void>;
  putJob(job: JobRecord): Promise<void>;
}

export interface BookView {
  readonly days: readonly DayRecord[];
  /** The newest first. */
  readonly jobs: readonly JobRecord[];
}

export interface ShareBook {
  readonly view: Readable<BookView>;
  /** Reads what is kept. */
  look(): Promise<void>;
}

export interface ShareBookControl extends ShareBook {
  /** The share of this tab changed, or a minute went by. */
  note(view: Pick<ShareView, 'status' | 'paused' | 'elsewhere'>): void;
  job(entry: JobEntry): void;
  /** After all that was noted is kept. */
  settled(): Promise<void>;
}

export interface BookOptions {
  readonly shelf: BookShelf;
  now(): number;
  /** Something was written. */
  onWritten(): void;
}

/** Time is written at least so often; a longer gap means that the computer slept. */
const writeMs = 60_000;
const mostGapMs = 3 * writeMs;

type Doing = 'waitMs' | 'workMs';

/** What a node does for its owner now; undefined while it takes no jobs. */
function doingOf({status, paused, elsewhere}: Pick<ShareView, 'status' | 'paused' | 'elsewhere'>): Doing | undefined {
  if (elsewhere || (status.is !== 'ready' && status.is !== 'finishing')) return undefined;
  if (status.jobs > 0) return 'workMs';
  return status.is === 'ready' && paused === undefined ? 'waitMs' : undefined;
}

export function createShareBook({shelf, now, onWritten}: BookOptions): ShareBookControl {
  const view = store<BookView>({days: [], jobs: []});
  let doing: Doing | undefined;
  let since = now();
  let unwritten: Partial<Sums> = {};
  let writtenAt = now();
  let writing: Promise<void> = Promise.resolve();
  const look = async () => {
    const [days, jobs] = await Promise.all([shelf.days(), shelf.jobs()]);
    view.set({days: days.map(readDay).filter((day) => day !== undefined), jobs: jobs.map(readJob).filter((job) => job !== undefined).toSorted((left, right) => (left.id < right.id ? 1 : -1))});
  };
  /** Another tab may have written meanwhile: what is kept is read anew. */
  const write = async (at: Date, sums: Partial<Sums>) => {
    await look();
    const id = dayId(at);
    const day = withSums(view.get().days.find((kept) => kept.id === id) ?? {id, hours: {}}, {hour: at.getHours(), sums});
    await shelf.putDay(day);
    view.patch({days: [...view.get().days.filter((kept) => kept.id !== id), day]});
    onWritten();
  };
  // A browser that keeps nothing still shares.
  const queue = (work: () => Promise<void>) => {
    writing = writing.then(work).catch(() => {});
  };
  /** Counts the time up to now. */
  const tick = () => {
    const at = now();
    const gap = at - since;
    if (doing && gap > 0 && gap <= mostGapMs) unwritten = {...unwritten, [doing]: (unwritten[doing] ?? 0) + gap};
    since = at;
  };
  const flush = (more: Partial<Sums> = {}) => {
    const sums = {...unwritten, ...more};
    unwritten = {};
    writtenAt = now();
    const at = new Date(writtenAt);
    if (Object.keys(sums).length > 0) queue(() => write(at, sums));
  };
  return {
    view,
    look,
    note: (shown) => {
      tick();
      const next = doingOf(shown);
      const stops = doing !== undefined && next === undefined;
      doing = next;
      if (stops || now() - writtenAt >= writeMs) flush();
    },
    job: (entry) => {
      tick();
      const record: JobRecord = {...entry, id: `${String(entry.at).padStart(15, '0')} ${entry.handle}`};
      queue(async () => {
        await shelf.putJob(record);
        view.patch({jobs: [record, ...view.get().jobs].slice(0, mostJobs)});
      });
      flush({...(entry.outcome === 'done' ? {jobs: 1} : {lost: 1}), tokens: entry.tokens, earned: entry.earned});
    },
    settled: () => writing,
  };
}

type Followed = Pick<ShareView, 'status' | 'paused' | 'elsewhere' | 'booked' | 'log'>;

/** Follows the share of this tab: writes for its own node, and reads anew what the tab that leads has written. */
export function keepBook(book: ShareBookControl, share: Readable<Followed>): void {
  let {booked, log: [seen]} = share.get();
  share.subscribe(() => {
    const view = share.get();
    const {log} = view;
    const before = seen;
    seen = log[0];
    book.note(view);
    if (!view.elsewhere) for (const job of log.slice(0, before ? Math.max(0, log.indexOf(before)) : log.length).toReversed()) book.job(job);
    else if (view.booked !== booked) void book.look().catch(() => {});
    booked = view.booked;
  });
}
