/** A relay over real sockets, nodes in this process, and a gateway in front: what an OpenAI client meets. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import OpenAI from 'openai';
import {readConfig} from '../config.ts';
import {readConfig as readGatewayConfig} from '../gateway/config.ts';
import {type RunningGateway, startGateway} from '../gateway/start-gateway.ts';
import {silentLog} from '../log.ts';
import {type RunningRelay, startRelay} from '../start-relay.ts';
import {appFolder} from './live-network.ts';

export interface GatewayStage {
  readonly relay: RunningRelay;
  readonly gateway: RunningGateway;
  /** OpenAI's own client, without retries of its own. */
  readonly openai: OpenAI;
}

/** A folder for its owner alone, gone after the test. */
export function ownFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-gateway-'));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

export async function gatewayStage(t: TestContext, environment: Readonly<Record<string, string>> = {}): Promise<GatewayStage> {
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_WEBRTC: 'off', BOMBYX_DIST: appFolder(t)}), {log: silentLog});
  t.after(() => relay.close());
  const config = readGatewayConfig({BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_RELAY: relay.url, BOMBYX_GATEWAY_DATA: join(ownFolder(t), 'data'), ...environment});
  const gateway = await startGateway(config, {log: silentLog});
  t.after(() => gateway.close());
  return {relay, gateway, openai: new OpenAI({baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0})};
}
