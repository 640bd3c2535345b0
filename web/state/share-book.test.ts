/** The book of a computer that shares: time, jobs and coins, over reloads and tabs, on a clock that the test moves. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createShareBook, keepBook} from './share-book.ts';
import {type DayRecord, type JobRecord, noSums, sumsOfDay} from './share-sums.ts';
import {store} from './store.ts';
import type {JobEntry, ShareView} from './views.ts';

const noon = new Date(2026, 10, 26, 12).getTime();
type Shown = Pick<ShareView, 'status' | 'paused' | 'elsewhere'>;
const ready = (jobs = 0, fields: Partial<Shown> = {}): Shown => ({status: {is: 'ready', jobs}, paused: undefined, elsewhere: false, ...fields});
const off: Shown = {status: {is: 'off'}, paused: undefined, elsewhere: false};
const entry = (fields: Partial<JobEntry> = {}): JobEntry => ({handle: 'h', at: noon, tokens: 10, milliseconds: 500, outcome: 'done', task: 'chat', earned: 3n, ...fields});

/** One browser: what it keeps, and tabs with it. */
function stage() {
  const days = new Map<string, DayRecord>();
  const jobs = new Map<string, JobRecord>();
  let at = noon;
  let written = 0;
  const shelf = {days: async () => [...days.values()], jobs: async () => [...jobs.values()], putDay: async (day: DayRecord) => void days.set(day.id, day), putJob: async (job: JobRecord) => void jobs.set(job.id, job)};
  const tab = () => createShareBook({shelf, now: () => at, onWritten: () => (written += 1)});
  return {tab, days, jobs, pass: (ms: number) => (at += ms), written: () => written, kept: () => sumsOfDay(days.get('2026-11-26'))};
}

test('time is split into waiting and working; a pause and a sleeping computer count as neither', async () => {
  const {tab, pass, kept, written} = stage();
  const book = tab();
  book.note(ready());
  pass(30_000);
  book.note(ready(1));
  pass(10_000);
  book.note(ready(0, {paused: 'battery'}));
  pass(20_000);
  book.note(ready());
  pass(8 * 3_600_000);
  book.note(ready());
  pass(1000);
  book.note(off);
  await book.settled();
  assert.deepEqual(kept(), {...noSums, waitMs: 31_000, workMs: 10_000});
  assert.ok(written() > 0);
});

test('jobs and what they brought are kept; free ones bring 0; another tab and a reload read the same', async () => {
  const {tab, kept} = stage();
  const book = tab();
  book.note(ready(1));
  book.job(entry({handle: 'one'}));
  book.job(entry({handle: 'two', at: noon + 1, earned: 0n}));
  book.job(entry({handle: 'three', at: noon + 2, outcome: 'failed', tokens: 0, earned: 0n}));
  await book.settled();
  assert.deepEqual(kept(), {...noSums, jobs: 2, lost: 1, tokens: 20, earned: 3n});
  const other = tab();
  await other.look();
  assert.deepEqual(other.view.get().jobs.map(({handle}) => handle), ['three', 'two', 'one'], 'the newest first');
  assert.deepEqual(sumsOfDay(other.view.get().days[0]), kept());
  other.job(entry({handle: 'four', at: noon + 3}));
  await other.settled();
  assert.equal(kept().jobs, 3, 'a tab that leads next goes on where the first one was');
});

test('the tab that only shows another’s node writes nothing', async () => {
  const {tab, pass, days} = stage();
  const book = tab();
  book.note(ready(0, {elsewhere: true}));
  pass(90_000);
  book.note(ready(1, {elsewhere: true}));
  await book.settled();
  assert.equal(days.size, 0);
});

test('keepBook(): a tab that shows another one reads what that one has written', async () => {
  const {tab, pass, kept} = stage();
  const [leading, showing] = [tab(), tab()];
  const lead = store<ShareView>({...off, booked: 0, log: [entry({handle: 'an old one'})]} as unknown as ShareView);
  const shown = store<ShareView>({...off, elsewhere: true, booked: 0, log: []} as unknown as ShareView);
  keepBook(leading, lead);
  keepBook(showing, shown);
  lead.patch({status: {is: 'ready', jobs: 1}});
  pass(5000);
  lead.patch({log: [entry(), ...lead.get().log]});
  await leading.settled();
  assert.deepEqual(kept(), {...noSums, workMs: 5000, jobs: 1, tokens: 10, earned: 3n});
  assert.deepEqual(showing.view.get().jobs, []);
  const seen = new Promise<void>((resolve) => void showing.view.subscribe(resolve));
  shown.patch({booked: 1});
  await seen;
  assert.deepEqual([showing.view.get().jobs.length, sumsOfDay(showing.view.get().days[0])], [1, kept()]);
});

test('a browser that keeps nothing goes on', async () => {
  const fails = async () => {
    throw new Error('no store');
  };
  const book = createShareBook({shelf: {days: fails, jobs: fails, putDay: fails, putJob: fails}, now: () => noon, onWritten: () => assert.fail('nothing was written')});
  book.job(entry());
  await book.settled();
  assert.deepEqual(book.view.get().days, []);
});
