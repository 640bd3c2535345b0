/** Settings of the free trial. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {test} from 'node:test';
import {readConfig} from './config.ts';

const trialOf = (environment: Record<string, string>) => readConfig({BOMBYX_NETWORK: 'devnet', ...environment}).money?.trial;

test('readConfig(): no trial unless it is set, and 0 is off', () => {
  assert.equal(trialOf({}), undefined);
  assert.equal(trialOf({BOMBYX_TRIAL: '0', BOMBYX_TRIAL_PER_DAY: '7'}), undefined);
});

test('readConfig(): a trial comes with limits, each of which can be set', () => {
  assert.deepEqual(trialOf({BOMBYX_TRIAL: '5'}), {perDevice: 5, perAddress: 20, perDay: 500, ceiling: 20_000_000n});
  assert.deepEqual(trialOf({BOMBYX_TRIAL: '1', BOMBYX_TRIAL_PER_ADDRESS: '2', BOMBYX_TRIAL_PER_DAY: '3', BOMBYX_TRIAL_CEILING: '0.5'}), {perDevice: 1, perAddress: 2, perDay: 3, ceiling: 500_000_000n});
});

test('readConfig(): names the limit that is wrong', () => {
  const refused = (key: string, value: string, reason: RegExp) => assert.throws(() => trialOf({BOMBYX_TRIAL: '5', [key]: value}), reason);
  refused('BOMBYX_TRIAL', '1001', /BOMBYX_TRIAL must be at most 1000/);
  refused('BOMBYX_TRIAL', '-1', /BOMBYX_TRIAL must be a whole number/);
  refused('BOMBYX_TRIAL_PER_ADDRESS', '0', /BOMBYX_TRIAL_PER_ADDRESS must be at least 1/);
  refused('BOMBYX_TRIAL_PER_DAY', '1.5', /BOMBYX_TRIAL_PER_DAY must be a whole number/);
  for (const value of ['0', '-1', 'much', '', '1e3', '0.0000000001', '99999999999']) refused('BOMBYX_TRIAL_CEILING', value, /BOMBYX_TRIAL_CEILING must be a sum of coins/);
});

test('--print-config: shows the ceiling in coins', () => {
  const shown = execFileSync(process.execPath, [join(import.meta.dirname, 'relay.ts'), '--print-config'], {
    env: {PATH: process.env['PATH'], BOMBYX_NETWORK: 'devnet', BOMBYX_TRIAL: '2', BOMBYX_TRIAL_CEILING: '0,25'},
    encoding: 'utf8',
  });
  const {money} = JSON.parse(shown) as {money: {trial: unknown}};
  assert.deepEqual(money.trial, {perDevice: 2, perAddress: 20, perDay: 500, ceiling: '0.25'});
});
