/** What a soak counts, and the rules that it holds the network to. */
import type {ErrorCode} from '#protocol/errors.ts';
import type {JobHandle} from '#protocol/ids.ts';

/** Ends that a client may answer by asking again; any other is a fault. */
const retryable: ReadonlySet<ErrorCode> = new Set(['busy', 'no-node', 'node-lost', 'stalled', 'refused', 'expired', 'link-closed', 'offline']);

export class SoakTally {
  asked = 0;
  done = 0;
  cancelled = 0;
  resumed = 0;
  readonly errors = new Map<ErrorCode, number>();
  readonly faults: string[] = [];
  readonly #receipts = new Set<JobHandle>();
  readonly #computed = new Set<JobHandle>();

  /** Jobs that have not ended. */
  get open(): number {
    return this.asked - this.done - this.cancelled - [...this.errors.values()].reduce((sum, count) => sum + count, 0);
  }

  fault(what: string): void {
    if (this.faults.length < 20) this.faults.push(what);
  }

  /** A node says that it has computed a job to its end. */
  computed(handle: JobHandle): void {
    if (this.#computed.has(handle)) this.fault('a job was computed twice');
    this.#computed.add(handle);
  }

  receipt(handle: JobHandle): void {
    if (this.#receipts.has(handle)) this.fault('a receipt came twice');
    this.#receipts.add(handle);
  }

  failed(code: ErrorCode): void {
    this.errors.set(code, (this.errors.get(code) ?? 0) + 1);
    if (!retryable.has(code)) this.fault(`a question ended with ${code}`);
  }
}
