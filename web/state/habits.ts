/** What a person who shares may switch on: notices of the system, a number on the app's icon, a screen that stays awake, and a start with the app. */
import {type Readable, store} from './store.ts';
import type {ShareView} from './views.ts';

export type Habit = 'notify' | 'badge' | 'awake' | 'autostart';
export type NoticeKind = 'first-job' | 'failed' | 'update';

/** The parts of a browser that this needs; undefined where it has none. */
export interface HabitPorts {
  readonly notices: {
    /** Asks the person; only ever after a click. */
    allow(): Promise<boolean>;
    allowed(): boolean;
    /** Whether the person sees the page anyway. */
    inView(): boolean;
    show(kind: NoticeKind): void;
  } | undefined;
  readonly badge: {set(jobs: number): Promise<void>; clear(): Promise<void>} | undefined;
  readonly screen: {
    /** Keeps the screen awake until what comes back is called. */
    hold(): Promise<() => void>;
    /** The page is shown again: the browser let go of the screen meanwhile. */
    onShown(listener: () => void): void;
  } | undefined;
  /** Tells the other tabs, and hears them. */
  readonly tabs: {tell(): void; hear(listener: () => void): void};
}

export interface HabitsView {
  readonly chosen: Readonly<Record<Habit, boolean>>;
  /** What this browser can do. */
  readonly possible: Readonly<Record<Habit, boolean>>;
  /** The person, or the browser for them, said no to notices. */
  readonly refused: boolean;
}

export interface Habits {
  readonly view: Readable<HabitsView>;
  choose(habit: Habit, on: boolean): Promise<void>;
}

export interface HabitsOptions {
  readonly ports: HabitPorts;
  load(): Promise<unknown>;
  keep(chosen: HabitsView['chosen']): Promise<void>;
  readonly share: Readable<Pick<ShareView, 'status' | 'elsewhere' | 'jobsDone'>>;
  readonly shell: Readable<{readonly updateReady: boolean}>;
  /** Jobs that were done today. */
  readonly today: Readable<object>;
  jobsToday(): number;
}

const none: HabitsView['chosen'] = {notify: false, badge: false, awake: false, autostart: false};

/** What was kept; what can't be read is off. */
export function readHabits(kept: unknown): HabitsView['chosen'] {
  if (typeof kept !== 'object' || kept === null) return none;
  const {notify, badge, awake, autostart} = kept as Record<string, unknown>;
  return {notify: notify === true, badge: badge === true, awake: awake === true, autostart: autostart === true};
}

const runs = ({status, elsewhere}: Pick<ShareView, 'status' | 'elsewhere'>): boolean => !elsewhere && status.is !== 'off' && status.is !== 'failed';

export async function createHabits({ports, load, keep, share, shell, today, jobsToday}: HabitsOptions): Promise<Habits> {
  const {notices, badge, screen, tabs} = ports;
  const possible = {notify: notices !== undefined, badge: badge !== undefined, awake: screen !== undefined, autostart: true};
  const view = store<HabitsView>({chosen: readHabits(await load()), possible, refused: false});
  const wakeful = screen && stayAwake(screen, () => view.get().chosen.awake && runs(share.get()));
  const count = () => {
    if (badge) void (view.get().chosen.badge ? badge.set(jobsToday()) : badge.clear()).catch(() => {});
  };
  const apply = () => {
    wakeful?.settle();
    count();
  };
  if (notices) tellOf({share, shell}, (kind) => view.get().chosen.notify && notices.allowed() && !notices.inView() && notices.show(kind));
  share.subscribe(() => wakeful?.settle());
  today.subscribe(count);
  tabs.hear(() => {
    void load().then((kept) => {
      view.patch({chosen: readHabits(kept)});
      apply();
    }, () => {});
  });
  apply();
  return {
    view,
    choose: async (habit, on) => {
      const refused = habit === 'notify' && on && !(await notices?.allow());
      const chosen = {...view.get().chosen, [habit]: on && !refused && possible[habit]};
      view.patch({chosen, refused});
      apply();
      await keep(chosen);
      tabs.tell();
    },
  };
}

/** Holds the screen while it is wanted. Browsers let go of it when the page is hidden. */
function stayAwake(screen: HabitPorts['screen'] & object, wanted: () => boolean) {
  let held: Promise<(() => void) | undefined> | undefined;
  const settle = () => {
    if (wanted()) held ??= screen.hold().catch(() => undefined);
    else {
      void held?.then((release) => release?.());
      held = undefined;
    }
  };
  screen.onShown(() => {
    held = undefined;
    settle();
  });
  return {settle};
}

/** What is worth a notice: the first job of this visit, an end that nobody wished for, and an update while this tab shares. */
function tellOf({share, shell}: Pick<HabitsOptions, 'share' | 'shell'>, say: (kind: NoticeKind) => void): void {
  let {jobsDone: done, status: {is}} = share.get();
  let {updateReady} = shell.get();
  share.subscribe(() => {
    const {jobsDone, status, elsewhere} = share.get();
    if (!elsewhere && done === 0 && jobsDone > 0) say('first-job');
    if (!elsewhere && is !== 'failed' && status.is === 'failed') say('failed');
    done = jobsDone;
    ({is} = status);
  });
  shell.subscribe(() => {
    const ready = shell.get().updateReady;
    if (ready && !updateReady && runs(share.get())) say('update');
    updateReady = ready;
  });
}
