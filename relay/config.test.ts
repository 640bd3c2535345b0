/** Tests of the configuration. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readConfig} from './config.ts';

test('readConfig(): defaults bind loopback and answer only for local names', () => {
  const config = readConfig({PATH: '/usr/bin'});
  assert.deepEqual([config.host, config.port, config.webrtc], ['127.0.0.1', 8787, true]);
  assert.deepEqual(config.allowedHosts, ['localhost', '127.0.0.1', '[::1]']);
  assert.ok(Object.isFrozen(config));
});

test('readConfig(): the mirror has a short name too', () => {
  assert.equal(readConfig({}).mirror, undefined);
  assert.equal(readConfig({MODEL_MIRROR: '/srv/models'}).mirror, '/srv/models');
  assert.equal(readConfig({BOMBYX_MODEL_MIRROR: '/srv/models/'}).mirror, '/srv/models');
});

test('readConfig(): names the key that is wrong', () => {
  assert.throws(() => readConfig({PORT: 'x'}), /PORT must be a whole number/);
  assert.throws(() => readConfig({PORT: '70000'}), /PORT must be at most 65535/);
  assert.throws(() => readConfig({BOMBYX_WEBRTC: 'yes'}), /BOMBYX_WEBRTC must be on or off/);
});

test('readConfig(): refuses a key of ours that it does not know', () => {
  assert.throws(() => readConfig({BOMBYX_WEBRCT: 'off'}), /BOMBYX_WEBRCT is not a setting/);
});
