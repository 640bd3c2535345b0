/** The part of the books that counts free answers: by device for ever, in all by day. No address is in it. */
import type {StatementSync} from 'node:sqlite';
import type {AccountEntry, Ledger} from '#protocol/roles/relay-bank.ts';

export const trialSchema = `
  CREATE TABLE IF NOT EXISTS trial_devices (device TEXT PRIMARY KEY, answers INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS trial_days (day INTEGER PRIMARY KEY, answers INTEGER NOT NULL) STRICT;
`;

export interface OpenBooks {
  prepare(sql: string): StatementSync;
  /** All of the work is written, or nothing. */
  together(work: () => void): void;
  saveAccount(account: AccountEntry): void;
}

export function trialLedger({prepare, together, saveAccount}: OpenBooks): Pick<Ledger, 'given' | 'give'> {
  const given = prepare('SELECT coalesce((SELECT answers FROM trial_devices WHERE device = ?), 0) AS device, coalesce((SELECT answers FROM trial_days WHERE day = ?), 0) AS day');
  const countDevice = prepare('INSERT INTO trial_devices VALUES (?, 1) ON CONFLICT DO UPDATE SET answers = answers + 1');
  const countDay = prepare('INSERT INTO trial_days VALUES (?, 1) ON CONFLICT DO UPDATE SET answers = answers + 1');
  return {
    given: (device, day) => {
      const row = given.get(device, day);
      return {device: Number(row?.['device']), day: Number(row?.['day'])};
    },
    give: (account, counted) => together(() => {
      saveAccount(account);
      if (!counted) return;
      countDevice.run(counted.device);
      countDay.run(counted.day);
    }),
  };
}
