/** A relay over real sockets, nodes in this process, and a gateway in front: what an OpenAI client meets. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {TestContext} from 'node:test';
import OpenAI from 'openai';
import {hashOfModel} from '#protocol/models.ts';
import type {EngineJobOf} from '#protocol/roles/engine.ts';
import {fakeEngine} from '#protocol/testing/fake-engine.ts';
import {parrot} from '#sdk/testing/catalogue.ts';
import {systemClock} from '../clock.ts';
import {readConfig} from '../config.ts';
import {readConfig as readGatewayConfig} from '../gateway/config.ts';
import {type RunningGateway, startGateway} from '../gateway/start-gateway.ts';
import {silentLog} from '../log.ts';
import {type RunningRelay, startRelay} from '../start-relay.ts';
import {appFolder, liveNode} from './live-network.ts';

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

/** A node whose engine says these answers one after the other; gives what it was asked. Of the parrot, or of the finch, whose engine takes no format. */
export async function scriptedNode(port: number, answers: readonly string[], {entry = parrot} = {}): Promise<readonly EngineJobOf<'chat'>[]> {
  const asked: EngineJobOf<'chat'>[] = [];
  const answer = (job: EngineJobOf<'chat'> | EngineJobOf<'image-text'>): string => {
    if (job.task === 'chat') asked.push(job);
    return answers[Math.min(asked.length, answers.length) - 1] ?? '';
  };
  await liveNode(port, {engine: fakeEngine({clock: systemClock, answer, msPerToken: 1}), model: hashOfModel(entry)});
  return asked;
}

export async function gatewayStage(t: TestContext, environment: Readonly<Record<string, string>> = {}, {hasFinch = false} = {}): Promise<GatewayStage> {
  const relay = await startRelay(readConfig({PORT: '0', BOMBYX_WEBRTC: 'off', BOMBYX_DIST: appFolder(t, {hasFinch})}), {log: silentLog});
  t.after(() => relay.close());
  const config = readGatewayConfig({BOMBYX_GATEWAY_PORT: '0', BOMBYX_GATEWAY_RELAY: relay.url, BOMBYX_GATEWAY_DATA: join(ownFolder(t), 'data'), ...environment});
  const gateway = await startGateway(config, {log: silentLog});
  t.after(() => gateway.close());
  return {relay, gateway, openai: new OpenAI({baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0})};
}
