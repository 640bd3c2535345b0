/** Checks the records of a directory, and remembers those that were in the last one: a question later most are the same bytes. */
import {toHex} from '../bytes.ts';
import {checkRecord, type NodeRecord, requireStanding} from '../node-record.ts';

export class KnownRecords {
  /** By all of their bytes, the signature with them; as many as the last directory had. */
  #known: ReadonlyMap<string, NodeRecord> = new Map();

  /** Those of `signed` that stand at `now` (ms) and whose own key signed them; others are left out. */
  async check(signed: readonly Uint8Array[], now: number): Promise<NodeRecord[]> {
    const results = await Promise.allSettled(signed.map(async (bytes) => {
      const key = toHex(bytes);
      return [key, await this.#record(bytes, {key, now})] as const;
    }));
    const checked = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    this.#known = new Map(checked);
    return checked.map(([, record]) => record);
  }

  async #record(bytes: Uint8Array, {key, now}: {key: string; now: number}): Promise<NodeRecord> {
    const known = this.#known.get(key);
    if (!known) return checkRecord(bytes, now);
    requireStanding(known, now);
    return known;
  }
}
