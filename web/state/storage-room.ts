/** How much this browser keeps for the app, how much it allows, and whether it may clear it by itself. */
import {type Readable, store} from './store.ts';

/** The parts of a browser's storage that say so; not every browser has all of them. */
export interface StoragePort {
  estimate?(): Promise<{readonly usage?: number; readonly quota?: number}>;
  persisted?(): Promise<boolean>;
  persist?(): Promise<boolean>;
}

export interface StorageView {
  /** Undefined where the browser does not say. */
  readonly room: {readonly usedBytes: number; readonly quotaBytes: number} | undefined;
  /** Whether the browser promised to clear nothing by itself; undefined where it does not say. */
  readonly kept: boolean | undefined;
  /** The person asked, and the browser did not agree. */
  readonly refused: boolean;
}

export interface StorageRoom {
  readonly view: Readable<StorageView>;
  look(): Promise<void>;
  /** Asks the browser to clear nothing by itself. */
  keep(): Promise<void>;
}

export function createStorageRoom(port: StoragePort): StorageRoom {
  const view = store<StorageView>({room: undefined, kept: undefined, refused: false});
  const look = async () => {
    const {usage, quota} = (await port.estimate?.().catch(() => undefined)) ?? {};
    const room = usage === undefined || quota === undefined || quota <= 0 ? undefined : {usedBytes: usage, quotaBytes: quota};
    view.patch({room, kept: await port.persisted?.().catch(() => undefined)});
  };
  return {
    view,
    look,
    keep: async () => {
      const kept = (await port.persist?.().catch(() => false)) ?? false;
      view.patch({kept, refused: !kept});
      await look();
    },
  };
}
