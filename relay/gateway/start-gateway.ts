/** Starts a gateway: its key, its client of the relay, its server. */
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import {openAiFace} from '#sdk/openai/face.ts';
import {openRelayNetwork} from '#sdk/relay-network.ts';
import {systemClock} from '../clock.ts';
import type {Log} from '../log.ts';
import {bearerCheck, keyFileOf, openBearerKey} from './bearer-key.ts';
import type {GatewayConfig} from './config.ts';
import {soundDecoder} from './decode-sound.ts';
import {openGatewayMoney} from './gateway-money.ts';
import {deviceIdentity, openPairedDevices} from './pair-command.ts';
import {payingNetwork} from './paying-network.ts';
import {openPeer} from './peer.ts';
import {gatewayServer} from './server.ts';

export interface RunningGateway {
  /** Such as `http://127.0.0.1:8790/v1`. */
  readonly url: string;
  readonly key: string;
  /** Ends what is being asked, and everything. */
  close(): Promise<void>;
}

/** @throws Error that says what to do, when the folder is not for its owner alone, another gateway uses it, or what it holds can not be read */
export async function startGateway(config: GatewayConfig, {log}: {log: Log}): Promise<RunningGateway> {
  const money = await openGatewayMoney({config: config.money, relay: config.relay, clock: systemClock, log});
  try {
    const key = openBearerKey(keyFileOf(config.data));
    const devices = openPairedDevices(config);
    const own = {identity: await deviceIdentity(config), paired: () => devices.nodes, openPeer: () => openPeer(config.relay, systemClock)};
    const network = openRelayNetwork({relay: config.relay, clock: systemClock, trial: money.trial, trialAt: money.trialAt, purse: money.purse, own});
    const face = openAiFace({network: payingNetwork(network, money), clock: systemClock, priceCap: money.priceCap, level: config.level, delivery: config.delivery, decodeSound: soundDecoder(systemClock)});
    const server = gatewayServer({door: {...config, hasKey: bearerCheck(key)}, face, log});
    server.listen(config.port, config.host);
    await once(server, 'listening');
    const {port} = server.address() as AddressInfo;
    return {
      url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/v1`,
      key,
      close: async () => {
        server.close();
        network.close();
        server.closeAllConnections();
        if (server.listening) await once(server, 'close');
        await money.close();
      },
    };
  } catch (error) {
    await money.close();
    throw error;
  }
}
