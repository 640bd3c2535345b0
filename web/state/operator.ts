/** The operator's page: the key that was entered, what the relay said last, and what was seen since. */
import type {Clock} from '#protocol/roles/ports.ts';
import type {Done, Operator, OperatorAct, OperatorView, Sample, Shut, Sight} from './operator-views.ts';
import {store} from './store.ts';

const everyMs = 5000;
/** Ten minutes of looks. */
const mostSamples = 120;

/** How this page speaks to the relay as its operator. None of it rejects. */
export interface OperatorDesk {
  look(key: string, wanted: {readonly find: string; readonly page: number}): Promise<Sight | Shut>;
  act(key: string, act: OperatorAct): Promise<Done>;
}

export interface OperatorOptions {
  readonly desk: OperatorDesk;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Where a key outlasts the loading of this page, in this tab. */
  readonly kept: {get(): string | undefined; set(key: string | undefined): void};
  isVisible(): boolean;
}

const shut: OperatorView = {is: 'shut', why: undefined, busy: false};

export function createOperator({desk, clock, kept, isVisible}: OperatorOptions): Operator {
  const view = store<OperatorView>(shut);
  let key = kept.get();
  let wanted = {find: '', page: 0};
  let looks = 0;

  const look = async () => {
    if (key === undefined) return;
    const [asked, mine] = [key, (looks += 1)];
    const sight = await desk.look(asked, wanted);
    // Another key, or a later look, is what counts.
    if (key !== asked || mine !== looks) return;
    if (typeof sight === 'string') return void missed(sight);
    const samples = view.get().is === 'open' ? (view.get() as OperatorView & {is: 'open'}).samples : [];
    view.set({is: 'open', sight, samples: [...samples, sampleOf(sight)].slice(-mostSamples), stale: false, find: wanted.find});
  };
  const missed = (why: Shut) => {
    const before = view.get();
    // A relay that is away for a moment takes nothing from the screen.
    if (before.is === 'open' && (why === 'offline' || why === 'locked')) return view.set({...before, stale: true});
    if (why === 'wrong') forget();
    return view.set({is: 'shut', why, busy: false});
  };
  const forget = () => {
    key = undefined;
    kept.set(undefined);
  };
  return {
    view,
    enter: async (entered, keep) => {
      key = entered.trim();
      wanted = {find: '', page: 0};
      view.set({is: 'shut', why: undefined, busy: true});
      await look();
      if (keep && view.get().is === 'open') kept.set(key);
    },
    leave: () => {
      forget();
      view.set(shut);
    },
    watch: () => {
      const stop = new AbortController();
      const run = async () => {
        while (!stop.signal.aborted) {
          if (isVisible()) await look();
          await clock.sleep(everyMs, stop.signal).catch(() => {});
        }
      };
      void run();
      return () => stop.abort();
    },
    find: (text) => {
      wanted = {find: text.trim(), page: 0};
      return look();
    },
    turnTo: (page) => {
      wanted = {...wanted, page: Math.max(0, page)};
      return look();
    },
    act: async (act) => {
      if (key === undefined) return 'wrong';
      const done = await desk.act(key, act);
      await look();
      return done;
    },
  };
}

const sampleOf = ({overview: {jobs, nodes}}: Sight): Sample => ({running: jobs.running, waiting: jobs.waiting, idle: nodes.idle});
