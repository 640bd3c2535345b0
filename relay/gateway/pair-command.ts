/** `gateway pair CODE`, `gateway devices`, `gateway unpair NAME`: the person's own devices, which answer `model@mine`. */
import {createHash} from 'node:crypto';
import {createInterface} from 'node:readline/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import type {Identity} from '#protocol/identity.ts';
import {type DeviceId, type NodeId, shortId} from '#protocol/ids.ts';
import {readInvitation} from '#protocol/pairing-secret.ts';
import {ClientLink} from '#protocol/roles/client-link.ts';
import {joinPairing} from '#protocol/roles/pairing.ts';
import {sentenceOf} from '#protocol/errors.ts';
import {linkOf, openSocket} from '#sdk/socket.ts';
import {systemClock} from '../clock.ts';
import {identityOfSeed, readOrMakeSeed} from '../money/key-files.ts';
import type {GatewayConfig} from './config.ts';
import {PairedDevices} from './paired-devices.ts';

const file = (config: GatewayConfig) => join(config.data, 'paired.json');
const keyFile = (config: GatewayConfig) => join(config.data, 'device-key');

export const openPairedDevices = (config: GatewayConfig): PairedDevices => new PairedDevices(file(config));

/** Who this gateway is to paired devices, and to nobody else. */
export const deviceIdentity = (config: GatewayConfig): Promise<Identity<DeviceId>> => identityOfSeed<DeviceId>(readOrMakeSeed(keyFile(config)));

/** A gateway shares no GPU; pairing tells a node's key all the same, and it has to stay the same. */
const nodeKey = (config: GatewayConfig): NodeId => createHash('sha256').update('bombyx/gateway-node/v1').update(readOrMakeSeed(keyFile(config))).digest('hex') as NodeId;

export interface Terminal {
  write(text: string): void;
  /** Whether its person says yes. */
  confirm(question: string): Promise<boolean>;
}

/** Pairs with the device that shows this code, or this link. @returns whether both sides agreed */
export async function pair(config: GatewayConfig, code: string, terminal: Terminal): Promise<boolean> {
  const invitation = readInvitation(code);
  const keys = {node: nodeKey(config), device: (await deviceIdentity(config)).id};
  const link = await ClientLink.open({transport: await openSocket(linkOf(config.relay)), clock: systemClock});
  try {
    const {other, comparison, theirs, say} = await joinPairing(link, {invitation, self: () => ({keys, name: `Gateway on ${hostname()}`.slice(0, 60)}), clock: systemClock});
    const name = other.name.replace(/\p{C}+/gu, ' ').trim();
    terminal.write(`\n${name} shows a number. Here it is ${comparison.slice(0, 3)} ${comparison.slice(3)}.\n`);
    const agreed = await terminal.confirm('Are both the same? [y/N] ');
    await say(agreed);
    if (!agreed || !(await theirs)) return false;
    await openPairedDevices(config).add(other.keys, name);
    terminal.write(`Paired with ${name}. Ask it as MODEL@mine.\n`);
    return true;
  } finally {
    link.close();
  }
}

export const pairUsage = [
  'gateway pair CODE-OR-LINK       pairs with a device of yours, which then answers MODEL@mine',
  'gateway devices                 lists the devices that are paired',
  'gateway unpair NAME-OR-KEY      removes one',
] as const;

export const isPairCommand = (command: string): boolean => ['pair', 'devices', 'unpair'].includes(command);

/** Runs one of the three commands. @returns the exit code */
export async function runPairCommand(config: GatewayConfig, [command, argument]: readonly string[], terminal: Terminal): Promise<number> {
  const devices = openPairedDevices(config);
  if (command === 'devices') {
    for (const {name, node} of devices.list()) terminal.write(`${shortId(node)}  ${name}\n`);
    if (devices.list().length === 0) terminal.write('No device is paired. Open Pair a device in the app of the other one, then: npm run gateway -- pair CODE\n');
    return 0;
  }
  if (argument === undefined) {
    terminal.write(`What is missing: npm run gateway -- ${command} ${command === 'pair' ? 'CODE-OR-LINK' : 'NAME-OR-KEY'}\n`);
    return 2;
  }
  if (command === 'unpair') {
    const found = await devices.remove(argument);
    terminal.write(found ? `Removed. Remove the gateway on that device too, under Settings.\n` : 'There is no such device; `gateway devices` lists them.\n');
    return found ? 0 : 1;
  }
  try {
    const agreed = await pair(config, argument, terminal);
    if (!agreed) terminal.write('Not paired: one side said no. Nothing was kept.\n');
    return agreed ? 0 : 1;
  } catch (error) {
    terminal.write(`Not paired: ${sentenceOf(error)}\n`);
    return 1;
  }
}

/** The terminal that the process runs in. */
export const processTerminal: Terminal = {
  write: (text) => void process.stdout.write(text),
  confirm: async (question) => {
    const lines = createInterface({input: process.stdin, output: process.stdout});
    try {
      return /^y(es)?$/i.test((await lines.question(question)).trim());
    } finally {
      lines.close();
    }
  },
};
