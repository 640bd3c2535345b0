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

test('readConfig(): a contact is a mail address or the address of a page', () => {
  assert.equal(readConfig({}).contact, '');
  for (const contact of ['help@relay.example.org', 'https://example.org/help?x', '']) assert.equal(readConfig({BOMBYX_CONTACT: contact}).contact, contact);
  for (const contact of ['javascript:alert(1)', 'call me', 'a@b c', 'https://exämple.org', 'https://', `${'x'.repeat(120)}@example.org`]) assert.throws(() => readConfig({BOMBYX_CONTACT: contact}), /BOMBYX_CONTACT must be a mail address/, contact);
});

test('readConfig(): the data folder is the same with and without money', () => {
  assert.equal(readConfig({BOMBYX_DATA: '/srv/data/'}).data, '/srv/data');
  assert.equal(readConfig({BOMBYX_DATA: '/srv/data', BOMBYX_NETWORK: 'devnet'}).data, '/srv/data');
});

test('readConfig(): a name is what links can carry and a screen shows as it is', () => {
  for (const name of ['Mühle', 'x'.repeat(32), '蚕'.repeat(21)]) assert.equal(readConfig({BOMBYX_RELAY_NAME: name}).name, name);
  for (const name of ['x'.repeat(33), '蚕'.repeat(22), 'two\nlines', 'back\u202ewards']) assert.throws(() => readConfig({BOMBYX_RELAY_NAME: name}), /BOMBYX_RELAY_NAME must be at most 32 characters and 64 bytes/);
});
