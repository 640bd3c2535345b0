/** The last mutation run is of these contracts and these tests, and killed every mutant. */
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {inputsHash, type MutationResult, resultFile} from './mutants.ts';

test('every mutant of the contracts was killed by the tests as they are now', () => {
  const result = JSON.parse(readFileSync(resultFile, 'utf8')) as MutationResult;
  assert.equal(result.inputs, inputsHash(), 'contracts or their tests have changed: run `node_modules/.bin/node contracts/mutants.ts`');
  assert.deepEqual(result.alive, []);
  assert.ok(result.mutants > 50);
});
