/** What this browser keeps: keys, settings, paired devices, conversations. The only door to IndexedDB. */
import {type DBSchema, deleteDB, type IDBPDatabase, openDB} from 'idb';
import {createSecret, type IdentitySecret} from '#protocol/identity.ts';

interface Schema extends DBSchema {
  /** By role: `node`, `device`. Key pairs are not extractable; see protocol/identity.ts. */
  secrets: {key: string; value: IdentitySecret};
  settings: {key: string; value: unknown};
  paired: {key: string; value: object & {id: string}};
  conversations: {key: string; value: object & {id: string}};
}
/** The stores that hold records with an id of their own. */
export type RecordStore = 'paired' | 'conversations';

const name = 'bombyx';

export interface BrowserStore {
  /** The secret of a role; made at the first call, once even when two tabs ask. */
  secret(role: 'node' | 'device'): Promise<IdentitySecret>;
  setting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;
  all(store: RecordStore): Promise<readonly unknown[]>;
  put(store: RecordStore, value: object & {id: string}): Promise<void>;
  remove(store: RecordStore, id: string): Promise<void>;
  /** Deletes everything; this store is closed afterwards. */
  erase(): Promise<void>;
}

export async function openStore(): Promise<BrowserStore> {
  const database = await openDB<Schema>(name, 1, {
    upgrade: (created) => {
      created.createObjectStore('secrets');
      created.createObjectStore('settings');
      created.createObjectStore('paired', {keyPath: 'id'});
      created.createObjectStore('conversations', {keyPath: 'id'});
    },
    // Another tab erases everything: let go, so that it can.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  });
  return {
    secret: (role) => loadSecret(database, role),
    setting: (key) => database.get('settings', key),
    putSetting: async (key, value) => void (await database.put('settings', value, key)),
    all: (store) => database.getAll(store),
    put: async (store, value) => void (await database.put(store, value)),
    remove: (store, id) => database.delete(store, id),
    erase: async () => {
      database.close();
      await deleteDB(name);
    },
  };
}

async function loadSecret(database: IDBPDatabase<Schema>, role: string): Promise<IdentitySecret> {
  const known = await database.get('secrets', role);
  if (known) return known;
  const fresh = await createSecret();
  const transaction = database.transaction('secrets', 'readwrite');
  const first = await transaction.store.get(role);
  if (!first) await transaction.store.put(fresh, role);
  await transaction.done;
  return first ?? fresh;
}
