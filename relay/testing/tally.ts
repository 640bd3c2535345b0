/** What a run of the fuzzer counts, and what it holds to be wrong. */
import type {ErrorCode} from '#protocol/errors.ts';

/** What HTTP may answer to anything. `000`: nothing before the end, as for a request that was cut off. */
const statuses: ReadonlySet<string> = new Set(['000', '100', '101', '200', '206', '304', '400', '401', '403', '404', '405', '408', '413', '414', '416', '417', '426', '429', '431', '503']);

export class Tally {
  inputs = 0;
  honestJobs = 0;
  readonly refusals = new Map<string, number>();
  readonly answers = new Map<string, number>();
  /** Everything that must not be. */
  readonly faults: string[] = [];

  refused(code: ErrorCode): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }

  answered(status: string): void {
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    if (!statuses.has(status)) this.fault(`HTTP answered ${status}`);
  }

  fault(what: string): void {
    if (this.faults.length < 20) this.faults.push(what);
  }
}
