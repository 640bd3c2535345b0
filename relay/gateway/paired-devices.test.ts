/** The list of one's own devices: kept whole, for its owner alone, never overwritten when it is damaged. */
import assert from 'node:assert/strict';
import {chmodSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import type {DeviceId, NodeId} from '#protocol/ids.ts';
import {ownFolder} from '../testing/gateway-stage.ts';
import {readConfig} from './config.ts';
import {runPairCommand} from './pair-command.ts';
import {PairedDevices} from './paired-devices.ts';

const desk = {node: 'aa'.repeat(32) as NodeId, device: 'ab'.repeat(32) as DeviceId};
const laptop = {node: 'ba'.repeat(32) as NodeId, device: 'bb'.repeat(32) as DeviceId};

test('devices are added, renamed by pairing anew, and removed by name or by the start of their key', async (t) => {
  const path = join(ownFolder(t), 'paired.json');
  const devices = new PairedDevices(path);
  await devices.add(desk, 'Desk');
  await devices.add(laptop, 'Laptop');
  await devices.add(desk, 'Desk in the attic');
  assert.deepEqual(new PairedDevices(path).list().map(({name}) => name), ['Laptop', 'Desk in the attic']);
  assert.equal(statSync(path).mode & 0o77, 0);
  assert.equal(await devices.remove('Nobody'), false);
  assert.equal(await devices.remove('BAba'), true);
  assert.deepEqual(devices.nodes, [desk.node]);
});

test('a damaged file, or one that others may read, stops the start and stays as it is', (t) => {
  const path = join(ownFolder(t), 'paired.json');
  for (const damaged of ['', '{', '{"version":2,"devices":[]}', '{"version":1,"devices":[{"node":"x"}]}']) {
    writeFileSync(path, damaged, {mode: 0o600});
    assert.throws(() => new PairedDevices(path), /damaged/);
    assert.equal(readFileSync(path, 'utf8'), damaged);
  }
  writeFileSync(path, '{"version":1,"devices":[]}');
  chmodSync(path, 0o644);
  assert.throws(() => new PairedDevices(path), /can be read by others/);
});

test('commands: what is missing is said, an unknown device and an unreadable code change nothing', async (t) => {
  const config = readConfig({BOMBYX_GATEWAY_DATA: ownFolder(t), BOMBYX_GATEWAY_RELAY: 'http://127.0.0.1:9'});
  let said = '';
  const terminal = {write: (text: string) => void (said += text), confirm: async () => assert.fail('nobody is to be asked')};
  const run = async (...args: string[]) => {
    said = '';
    return {code: await runPairCommand(config, args, terminal), said};
  };
  assert.match((await run('devices')).said, /No device is paired/);
  assert.deepEqual(await run('unpair', 'Desk'), {code: 1, said: 'There is no such device; `gateway devices` lists them.\n'});
  assert.equal((await run('pair')).code, 2);
  assert.match((await run('pair', 'not a code')).said, /^Not paired: /);
});
