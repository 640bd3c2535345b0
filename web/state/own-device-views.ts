/** What is shown of models that answer on this device itself: the contract between the elements and the state behind them. */
import type {ErrorCode} from '#protocol/errors.ts';
import type {ModelHash} from '#protocol/ids.ts';
import type {Task} from '#protocol/task.ts';
import type {Readable} from './store.ts';
import type {Download} from './views.ts';

/** A model that fits this device. */
export interface OwnModel {
  readonly hash: ModelHash;
  readonly label: string;
  readonly demo: boolean;
  readonly tasks: readonly Task[];
  readonly downloadBytes: number;
  /** It comes with the app, or all of it was kept here. */
  readonly isHere: boolean;
}

export type OwnStatus =
  | {readonly is: 'off'}
  | {readonly is: 'loading'; readonly model: ModelHash; /** 0..1 */ readonly part: number; readonly what: string; readonly download?: Download}
  | {readonly is: 'ready'; readonly model: ModelHash}
  | {readonly is: 'failed'; readonly model: ModelHash; readonly code: ErrorCode};

export interface OwnDeviceView {
  /** Fit for this device; real models first. */
  readonly models: readonly OwnModel[];
  /** For talking. */
  readonly chosen: ModelHash | undefined;
  readonly status: OwnStatus;
  /** The one that this tab shares: it answers here too, and no other can meanwhile. */
  readonly shared: ModelHash | undefined;
  /** Whether another tab of this browser shares a model, which takes room of its own. */
  readonly sharedElsewhere: boolean;
}

export interface OwnDevice {
  readonly view: Readable<OwnDeviceView>;
  choose(model: ModelHash): void;
  /** Loads a model, and downloads it first where it is not here: only ever called by a person's click. What fails is in the view. */
  get(model: ModelHash, how?: {readonly evenIfMetered: boolean}): Promise<void>;
  /** Ends the loading. */
  cancel(): void;
  /** Frees what the loaded model takes; a running answer ends. */
  unload(): void;
}
