/** What the page of tasks shows and what a person can do there: the contract between its elements and the state behind them. */
import type {Bytes} from '#protocol/bytes.ts';
import type {ErrorCode} from '#protocol/errors.ts';
import type {ModelHash} from '#protocol/ids.ts';
import type {JobOf} from '#protocol/job.ts';
import type {ItemOf, ItemTask} from '#protocol/result.ts';
import type {Task} from '#protocol/task.ts';
import type {OwnModel} from './own-device-views.ts';
import type {Readable} from './store.ts';
import type {ChatView, Level, ModelChoice, Stage, Turn, Wait} from './views.ts';

/** Tasks that have a place on the page, in their order; talking has a page of its own. */
export const taskKinds = ['image-text', 'transcription', 'video', 'embeddings', 'classify'] as const satisfies readonly Task[];
export type TaskKind = (typeof taskKinds)[number];

/** A picture as it will travel: scaled, a JPEG that says nothing of place and camera. */
export interface Picture {
  readonly bytes: Bytes;
  readonly width: number;
  readonly height: number;
}

/** A sound, cut into pieces that fit a job each. */
export interface Sound {
  readonly milliseconds: number;
  readonly pieces: readonly {readonly startMs: number; readonly audio: Bytes}[];
}

/** Frames that were taken out of a film, in the order of their times. */
export interface Film {
  readonly milliseconds: number;
  readonly frames: readonly {readonly atMs: number; readonly image: Bytes}[];
}

/** Which medium a task reads. */
export interface MediaOf {
  readonly 'image-text': Picture;
  readonly transcription: Sound;
  readonly video: Film;
  readonly classify: Picture;
}
export type MediaKind = keyof MediaOf;

/** A file that a person gave, on its way to what a job can carry. */
export type Prepared<T> =
  | {readonly is: 'none'}
  | {readonly is: 'preparing'; readonly name: string; /** 0..1 */ readonly part: number}
  | {readonly is: 'ready'; readonly name: string; readonly value: T}
  | {readonly is: 'failed'; readonly name: string; readonly code: ErrorCode};

export const frameCounts = [4, 8, 16] as const;
export const filmAsks = ['caption', 'summary', 'search'] as const satisfies readonly JobOf<'video'>['ask'][];

/** What a person writes and chooses beside the file; lists are one entry a line. */
export interface InputOf {
  readonly 'image-text': {readonly question: string};
  /** As in ISO 639-1; empty: the model finds out. */
  readonly transcription: {readonly language: string};
  readonly video: {readonly count: (typeof frameCounts)[number]; readonly ask: (typeof filmAsks)[number]; readonly query: string};
  readonly embeddings: {readonly texts: string; readonly question: string};
  readonly classify: {readonly subject: 'text' | 'image'; readonly text: string; readonly labels: string};
}

/** What came of a task, as far as it came, beside what was asked. */
export interface ResultOf<K extends TaskKind> {
  readonly task: K;
  readonly input: InputOf[K];
  readonly media: K extends MediaKind ? MediaOf[K] | undefined : undefined;
  readonly items: readonly (K extends ItemTask ? ItemOf<K> : never)[];
  /** The text, where the answer is one, how it ended, and how it came to be: of all jobs together. */
  readonly turn: Turn;
  readonly jobs: {readonly done: number; readonly all: number};
}
export type TaskResult = {[K in TaskKind]: ResultOf<K>}[TaskKind];

export interface TasksView {
  readonly relay: ChatView['relay'];
  /** Models that some computer offers now, for any task. */
  readonly models: readonly ModelChoice[];
  readonly chosen: {readonly [K in TaskKind]?: ModelHash};
  readonly level: Level;
  /** What is asked never leaves this person's devices. */
  readonly sensitive: boolean;
  /** Of this device itself. */
  readonly chosenHere: {readonly [K in TaskKind]?: ModelHash};
  /** The task that is shown. */
  readonly kind: TaskKind;
  readonly inputs: InputOf;
  readonly media: {readonly [K in MediaKind]: Prepared<MediaOf[K]>};
  readonly stage: Stage;
  /** Of the stage `waiting`. */
  readonly wait: Wait | undefined;
  /** The task that is being worked on. */
  readonly running: TaskKind | undefined;
  /** The last result of each task; kept as long as the page is loaded, never stored. */
  readonly results: {readonly [K in TaskKind]?: ResultOf<K>};
}

/** What keeps a task from being asked. */
export type Lack = 'picture' | 'sound' | 'film' | 'query' | 'texts' | 'text' | 'labels';

export interface Tasks {
  readonly view: Readable<TasksView>;
  show(kind: TaskKind): void;
  /** Changes what is written and chosen; another count of frames takes them anew. */
  change<K extends TaskKind>(kind: K, fields: Partial<InputOf[K]>): void;
  /** Makes a file ready; resolves in any case, how it went is in the view. */
  take(kind: MediaKind, file: File): Promise<void>;
  /** Forgets the file. */
  drop(kind: MediaKind): void;
  chooseModel(hash: ModelHash): void;
  chooseLevel(level: Level): void;
  setSensitive(sensitive: boolean): void;
  /** The model of this device that the shown task would go to. */
  own(): OwnModel | undefined;
  /** The most that the shown task would cost now, nano-coins, all its jobs together; 0 where it is free. */
  quote(): bigint;
  /** Asks what is shown; resolves when the answer has ended in any way. */
  run(): Promise<void>;
  stop(): void;
}
