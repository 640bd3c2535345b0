/** A short run of the fuzzer; `node relay/testing/fuzz.ts` is the long one. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fuzz} from './testing/fuzz-run.ts';

const attacks = 500;

test('startRelay(): wrong frames, HTTP, tickets, signals and pieces do no harm, and honest jobs beside them end well', async () => {
  const result = await fuzz({seed: 7, goOn: (done) => done < attacks});
  assert.deepEqual(result.faults, []);
  assert.ok(result.attacks === attacks && result.honestJobs >= attacks / 10 && result.inputs > attacks, JSON.stringify(result));
});
