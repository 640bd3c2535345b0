/** Starts a gateway: its key, its client of the relay, its server. */
import {once} from 'node:events';
import {mkdirSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {createSecret, identityOf} from '#protocol/identity.ts';
import type {DeviceId} from '#protocol/ids.ts';
import {openAiFace} from '#sdk/openai/face.ts';
import {openRelayNetwork} from '#sdk/relay-network.ts';
import {systemClock} from '../clock.ts';
import type {Log} from '../log.ts';
import {bearerCheck, openBearerKey} from './bearer-key.ts';
import type {GatewayConfig} from './config.ts';
import {soundDecoder} from './decode-sound.ts';
import {gatewayServer} from './server.ts';

export interface RunningGateway {
  /** Such as `http://127.0.0.1:8790/v1`. */
  readonly url: string;
  readonly key: string;
  /** Where the key is. */
  readonly keyFile: string;
  /** Ends what is being asked, and everything. */
  close(): Promise<void>;
}

export async function startGateway(config: GatewayConfig, {log}: {log: Log}): Promise<RunningGateway> {
  mkdirSync(config.data, {recursive: true, mode: 0o700});
  const keyFile = join(config.data, 'bearer-key');
  const key = openBearerKey(keyFile);
  const network = openRelayNetwork({relay: config.relay, clock: systemClock, trial: await identityOf<DeviceId>(await createSecret())});
  const face = openAiFace({network, clock: systemClock, priceCap: 0n, level: config.level, delivery: config.delivery, decodeSound: soundDecoder(systemClock)});
  const server = gatewayServer({door: {...config, hasKey: bearerCheck(key)}, face, log});
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/v1`,
    key,
    keyFile,
    close: async () => {
      server.close();
      network.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}
