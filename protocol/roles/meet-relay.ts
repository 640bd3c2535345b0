/** Asks the relay on a link who it is, and holds what it says against the address that we linked to. */
import {randomBytes} from '../bytes.ts';
import {NetworkError} from '../errors.ts';
import {limits} from '../limits.ts';
import {checkRelayRecord, type RelayRecord} from '../relay-record.ts';
import type {ClientLink} from './client-link.ts';
import {within} from './deadline.ts';
import type {Clock} from './ports.ts';

/** Its record, checked. Rejects with `bad-relay`, `stalled`, or with what ended the link. */
export async function meetRelay(link: ClientLink, {clock, address}: {clock: Clock; address?: string | undefined}): Promise<RelayRecord> {
  const nonce = randomBytes(32);
  const job = link.job();
  try {
    job.send('about', {nonce, shown: undefined});
    const answer = await within(job.next(), {clock, ms: limits.stepMs, code: 'stalled'});
    if (answer.kind !== 'about' || answer.shown === undefined) throw new NetworkError('bad-relay', `${answer.kind} instead of a record`);
    return await checkRelayRecord(answer.shown, {nonce, address, now: clock.now()});
  } finally {
    job.close();
  }
}
