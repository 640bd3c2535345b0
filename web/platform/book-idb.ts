/** Where the book of what this computer did is kept: a database of its own, bounded, so that years of sharing do not fill a disk. */
import {type DBSchema, deleteDB, type IDBPDatabase, openDB} from 'idb';

type Kept = object & {readonly id: string};

interface Schema extends DBSchema {
  days: {key: string; value: Kept};
  jobs: {key: string; value: Kept};
}

const name = 'bombyx-book';

export interface BookStore {
  days(): Promise<readonly unknown[]>;
  jobs(): Promise<readonly unknown[]>;
  putDay(day: Kept): Promise<void>;
  putJob(job: Kept): Promise<void>;
}

/** Opened at the first use; what a private window refuses rejects then. */
export function openBook({mostDays, mostJobs}: {readonly mostDays: number; readonly mostJobs: number}): BookStore {
  let opening: Promise<IDBPDatabase<Schema>> | undefined;
  const open = () =>
    (opening ??= openDB<Schema>(name, 1, {
      upgrade: (created) => {
        created.createObjectStore('days', {keyPath: 'id'});
        created.createObjectStore('jobs', {keyPath: 'id'});
      },
      // Another tab erases it.
      blocking: (_from, _to, event) => {
        (event.target as IDBDatabase).close();
        opening = undefined;
      },
    }));
  /** The oldest ids are the lowest. */
  const put = async (store: 'days' | 'jobs', {value, most}: {value: Kept; most: number}) => {
    const transaction = (await open()).transaction(store, 'readwrite');
    await transaction.store.put(value);
    const keys = await transaction.store.getAllKeys();
    for (const key of keys.slice(0, Math.max(0, keys.length - most))) await transaction.store.delete(key);
    await transaction.done;
  };
  return {
    days: async () => (await open()).getAll('days'),
    jobs: async () => (await open()).getAll('jobs'),
    putDay: (value) => put('days', {value, most: mostDays}),
    putJob: (value) => put('jobs', {value, most: mostJobs}),
  };
}

/** Tabs that have it open let go of it. */
export const eraseBook = (): Promise<void> => deleteDB(name);
