/** What this browser keeps: keys, settings, paired devices, conversations, and what is worth coins. The only door to IndexedDB. */
import {type DBSchema, deleteDB, type IDBPDatabase, openDB} from 'idb';
import {createSecret, type IdentitySecret} from '#protocol/identity.ts';
import type {VoucherStore} from '#protocol/roles/earnings.ts';
import type {PurseState} from '#protocol/roles/purse.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import type {SignedSum} from '#protocol/voucher.ts';

/** A channel that this browser pays from, and what it must not forget of it. */
export interface KeptChannel extends PurseState {
  readonly channel: TonAddress;
  readonly epoch: bigint;
}

interface Schema extends DBSchema {
  /** By role: `node`, `device`. Key pairs are not extractable; see protocol/identity.ts. */
  secrets: {key: string; value: IdentitySecret};
  settings: {key: string; value: unknown};
  paired: {key: string; value: object & {id: string}};
  conversations: {key: string; value: object & {id: string}};
  /** What became of each order to a wallet. */
  activity: {key: string; value: object & {id: string}};
  /** By network and vault. */
  channels: {key: string; value: KeptChannel};
  /** The newest of each account of this browser's node. */
  vouchers: {key: TonAddress; value: SignedSum};
}
/** The stores that hold records with an id of their own. */
export type RecordStore = 'paired' | 'conversations' | 'activity';

/** The roles that this browser has a key for. `payer` signs the vouchers of its channels, `trial` asks for free answers, at each other relay with another key: nothing ties them to the others. */
export type Role = 'node' | 'device' | 'payer' | 'trial' | `trial ${string}`;

const name = 'bombyx';
/** On the disk when it resolves: a voucher is a promise of coins. */
const durable = {durability: 'strict'} as const;

export interface BrowserStore {
  /** The secret of a role; made at the first call, once even when two tabs ask. */
  secret(role: Role): Promise<IdentitySecret>;
  setting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;
  all(store: RecordStore): Promise<readonly unknown[]>;
  put(store: RecordStore, value: object & {id: string}): Promise<void>;
  /** All of them, or none where there is no room for all. */
  putAll(store: RecordStore, values: readonly (object & {id: string})[]): Promise<void>;
  remove(store: RecordStore, id: string): Promise<void>;
  channel(vault: string): Promise<KeptChannel | undefined>;
  /** Reads, changes and writes in one step, for all tabs. Durable. */
  changeChannel(vault: string, change: (kept: KeptChannel | undefined) => KeptChannel | undefined): Promise<KeptChannel | undefined>;
  readonly vouchers: VoucherStore;
  /** Deletes everything; this store is closed afterwards. */
  erase(): Promise<void>;
}

export async function openStore(): Promise<BrowserStore> {
  const database = await openDB<Schema>(name, 2, {
    upgrade: (created, before) => {
      if (before < 1) {
        created.createObjectStore('secrets');
        created.createObjectStore('settings');
        created.createObjectStore('paired', {keyPath: 'id'});
        created.createObjectStore('conversations', {keyPath: 'id'});
      }
      created.createObjectStore('activity', {keyPath: 'id'});
      created.createObjectStore('channels');
      created.createObjectStore('vouchers');
    },
    // Another tab erases everything, or has a newer layout: let go, so that it can.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  });
  return {
    secret: (role) => loadSecret(database, role),
    setting: (key) => database.get('settings', key),
    putSetting: async (key, value) => void (await database.put('settings', value, key)),
    all: (store) => database.getAll(store),
    put: async (store, value) => void (await database.put(store, value)),
    putAll: async (store, values) => {
      const transaction = database.transaction(store, 'readwrite', durable);
      await Promise.all([...values.map((value) => transaction.store.put(value)), transaction.done]);
    },
    remove: (store, id) => database.delete(store, id),
    channel: (vault) => database.get('channels', vault),
    changeChannel: async (vault, change) => {
      const transaction = database.transaction('channels', 'readwrite', durable);
      const changed = change(await transaction.store.get(vault));
      if (changed) await transaction.store.put(changed, vault);
      else await transaction.store.delete(vault);
      await transaction.done;
      return changed;
    },
    vouchers: {
      load: (account) => database.get('vouchers', account),
      save: async (account, voucher) => {
        const transaction = database.transaction('vouchers', 'readwrite', durable);
        const before = await transaction.store.get(account);
        if (voucher.cumulative > (before?.cumulative ?? 0n)) await transaction.store.put(voucher, account);
        await transaction.done;
      },
    },
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
