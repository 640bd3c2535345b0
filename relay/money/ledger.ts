/** The relay's books in one SQLite file: what channels granted and were charged, what accounts are owed, which answers were free. Each call is on disk when it returns. */
import {chmodSync, mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import {DatabaseSync, type SQLOutputValue} from 'node:sqlite';
import {own} from '#protocol/bytes.ts';
import {NetworkError} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {AccountEntry, ChannelEntry, Ledger} from '#protocol/roles/relay-bank.ts';
import type {TonAddress} from '#protocol/ton-address.ts';
import {trialLedger, trialSchema} from './trial-ledger.ts';

/** A channel whose newest voucher is worth more than was claimed on chain. */
export interface UnclaimedChannel extends ChannelEntry {
  readonly claimed: bigint;
}

export interface RelayLedger extends Ledger {
  unclaimed(): readonly UnclaimedChannel[];
  /** The chain says that so much of this opening was claimed. */
  claimed(channel: TonAddress, {epoch, sum}: {epoch: bigint; sum: bigint}): void;
  /** Sums over everything, nano-coins: for the operator, and for tests of conservation. */
  totals(): {readonly granted: bigint; readonly charged: bigint; readonly claimed: bigint; readonly owed: bigint};
  close(): void;
}

/** SQLite's integers are signed, while sums on the wire go up to 2^64. All coins that will ever exist are 2^62.5 nano-coins: more is no money. */
const mostCoins = (1n << 63n) - 1n;

const schema = `
  CREATE TABLE IF NOT EXISTS books (only INTEGER PRIMARY KEY CHECK (only = 1), network INTEGER NOT NULL, vault TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS channels (
    channel TEXT PRIMARY KEY, epoch INTEGER NOT NULL, payer_key TEXT NOT NULL, capacity INTEGER NOT NULL,
    granted INTEGER NOT NULL, signature BLOB NOT NULL, charged INTEGER NOT NULL, claimed INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS accounts (account TEXT PRIMARY KEY, owner TEXT NOT NULL, owed INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS nodes (node TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts) STRICT, WITHOUT ROWID;
`;

type Row = Record<string, SQLOutputValue>;

const entryOf = (row: Row): ChannelEntry => ({
  channel: row['channel'] as TonAddress,
  epoch: row['epoch'] as bigint,
  payerKey: row['payer_key'] as string,
  capacity: row['capacity'] as bigint,
  granted: row['granted'] as bigint,
  signature: own(row['signature'] as Uint8Array),
  charged: row['charged'] as bigint,
});
const accountOf = (row: Row): AccountEntry => ({account: row['account'] as TonAddress, owner: row['owner'] as TonAddress, owed: row['owed'] as bigint});

/** @throws NetworkError `bad-voucher` */
function requireMoney(...sums: readonly bigint[]): void {
  if (sums.some((sum) => sum < 0n || sum > mostCoins)) throw new NetworkError('bad-voucher', 'a sum beyond all coins that exist');
}

function openFile(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), {recursive: true, mode: 0o700});
  const database = new DatabaseSync(path);
  try {
    if (path !== ':memory:') chmodSync(path, 0o600);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;');
    database.exec(schema);
    database.exec(trialSchema);
    return database;
  } catch (cause) {
    database.close();
    throw new Error(`${path} can not be read as the relay's books. Nothing was changed; put back its copy, or name another folder with BOMBYX_DATA.`, {cause});
  }
}

/**
 * Opens the books of one vault; `:memory:` forgets them at the end. What would write a sum that is no money throws `bad-voucher` and writes nothing.
 * @throws Error when the file holds the books of another vault or network, or no books
 */
export function openLedger(path: string, {network, vault}: {network: number; vault: TonAddress}): RelayLedger {
  const database = openFile(path);
  const prepare = (sql: string) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  };
  prepare('INSERT INTO books VALUES (1, ?, ?) ON CONFLICT DO NOTHING').run(network, vault);
  const books = prepare('SELECT network, vault FROM books').get();
  if (books?.['network'] !== BigInt(network) || books['vault'] !== vault) {
    database.close();
    throw new Error(`${path} holds the books of another vault or network (${String(books?.['vault'])}). Nothing was changed; name another folder with BOMBYX_DATA, or bring back the key and network of these books.`);
  }
  const channelBy = prepare('SELECT * FROM channels WHERE channel = ?');
  const accountBy = prepare('SELECT accounts.* FROM nodes JOIN accounts USING (account) WHERE node = ?');
  const accountAt = prepare('SELECT * FROM accounts WHERE account = ?');
  const putChannel = prepare(`
    INSERT INTO channels (channel, epoch, payer_key, capacity, granted, signature, charged) VALUES (:channel, :epoch, :payerKey, :capacity, :granted, :signature, :charged)
    ON CONFLICT DO UPDATE SET claimed = iif(epoch = excluded.epoch, claimed, 0), epoch = excluded.epoch, payer_key = excluded.payer_key, capacity = excluded.capacity,
      granted = excluded.granted, signature = excluded.signature, charged = excluded.charged`);
  const putAccount = prepare('INSERT INTO accounts VALUES (:account, :owner, :owed) ON CONFLICT DO UPDATE SET owed = max(owed, excluded.owed)');
  const putNode = prepare('INSERT INTO nodes VALUES (:node, :account) ON CONFLICT DO UPDATE SET account = excluded.account');
  const unclaimed = prepare('SELECT * FROM channels WHERE granted > claimed');
  const putClaimed = prepare('UPDATE channels SET claimed = :sum WHERE channel = :channel AND epoch = :epoch AND claimed < :sum');
  const sums = prepare('SELECT granted, charged, claimed, 0 AS owed FROM channels UNION ALL SELECT 0, 0, 0, owed FROM accounts');

  const saveChannel = ({channel, epoch, payerKey, capacity, granted, signature, charged}: ChannelEntry) => {
    requireMoney(epoch, capacity, granted, charged);
    putChannel.run({channel, epoch, payerKey, capacity, granted, signature, charged});
  };
  const saveAccount = ({account, owner, owed}: AccountEntry) => {
    requireMoney(owed);
    putAccount.run({account, owner, owed});
  };
  const together = (work: () => void) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    channel: (channel) => mapped(channelBy.get(channel), entryOf),
    account: (node: NodeId) => mapped(accountBy.get(node), accountOf),
    saveChannel,
    bind: (node, {account, owner}) => {
      together(() => {
        saveAccount({account, owner, owed: 0n});
        putNode.run({node, account});
      });
      return accountOf(accountAt.get(account) ?? {});
    },
    correct: saveAccount,
    settle: (channel, account) => together(() => {
      saveChannel(channel);
      saveAccount(account);
    }),
    ...trialLedger({prepare, together, saveAccount}),
    unclaimed: () => unclaimed.all().map((row) => ({...entryOf(row), claimed: row['claimed'] as bigint})),
    claimed: (channel, {epoch, sum}) => void putClaimed.run({channel, epoch, sum}),
    totals: () => totalsOf(sums.iterate()),
    close: () => database.close(),
  };
}

/** Added here: a client may sign sums whose sum SQLite can't hold. */
function totalsOf(rows: Iterable<Row>): ReturnType<RelayLedger['totals']> {
  const totals = {granted: 0n, charged: 0n, claimed: 0n, owed: 0n};
  for (const row of rows) for (const name of ['granted', 'charged', 'claimed', 'owed'] as const) totals[name] += row[name] as bigint;
  return totals;
}

const mapped = <T>(row: Row | undefined, read: (row: Row) => T): T | undefined => (row ? read(row) : undefined);
