/** A relay over real sockets with the parrot in its catalogue, gone after the test. */
import type {TestContext} from 'node:test';
import {readConfig} from '../config.ts';
import {silentLog} from '../log.ts';
import {type RunningRelay, startRelay} from '../start-relay.ts';
import {appFolder} from './live-network.ts';

export async function openRelay(t: TestContext, environment: Readonly<Record<string, string>> = {}): Promise<RunningRelay> {
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_WEBRTC: 'off', BOMBYX_DIST: appFolder(t), ...environment}), {log: silentLog});
  t.after(() => relay.close());
  return relay;
}
