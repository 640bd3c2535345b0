/** The settings for money: what they are without a word, and that a wrong one is named. */
import assert from 'node:assert/strict';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {readConfig} from './config.ts';

test('usual caps and folder; sums are coins; a wrong one is named', () => {
  assert.deepEqual(readConfig({}).money, {folder: join(homedir(), '.bombyx', 'gateway'), dailyCap: 1_000_000_000n, priceCap: 20_000_000n});
  const environment = {BOMBYX_GATEWAY_DATA: '/srv/x', BOMBYX_GATEWAY_DAILY_CAP: '0,5', BOMBYX_GATEWAY_PRICE_CAP: '0.000000001'};
  assert.deepEqual(readConfig(environment).money, {folder: '/srv/x', dailyCap: 500_000_000n, priceCap: 1n});
  for (const name of ['BOMBYX_GATEWAY_DAILY_CAP', 'BOMBYX_GATEWAY_PRICE_CAP']) {
    for (const text of ['0', '-1', 'much', '1.0000000001', '']) assert.throws(() => readConfig({[name]: text}), new RegExp(`The gateway did not start: ${name} must be a sum of coins`), text);
  }
});
