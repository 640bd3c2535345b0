/** The environment, read once into one frozen object; a wrong or unknown key stops the start with the reason. */
import {resolve} from 'node:path';
import * as v from 'valibot';
import {mostWorkBits} from '#protocol/work.ts';
import {contact, integer, onOff, origin, origins, relayName} from './config-fields.ts';
import {type ClusterConfig, clusterKeys, readCluster} from './config-cluster.ts';
import {type MoneyConfig, moneyKeys, readMoney} from './config-money.ts';
import {readTurn, type TurnConfig, turnKeys} from './config-turn.ts';

const names = (fallback: string) => v.pipe(v.optional(v.string(), fallback), v.transform((value) => value.split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '')));

const schema = v.strictObject({
  HOST: v.optional(v.string(), '127.0.0.1'),
  PORT: integer({fallback: 8787, min: 0, max: 65_535}),
  BOMBYX_RELAY_NAME: relayName,
  BOMBYX_WEBRTC: onOff('on'),
  BOMBYX_WEBRTC_MAX_NODES: integer({fallback: 2000, min: 0, max: 100_000}),
  BOMBYX_MAX_LINKS: integer({fallback: 20_000, min: 1, max: 1_000_000}),
  BOMBYX_LINKS_PER_ADDRESS: integer({fallback: 64, min: 1, max: 1_000_000}),
  BOMBYX_FREE_WORK_BITS: integer({fallback: 0, min: 0, max: mostWorkBits}),
  BOMBYX_ICE_SERVERS: names(''),
  BOMBYX_ALLOWED_HOSTS: names(''),
  BOMBYX_PUBLIC_URL: origin,
  BOMBYX_RELAYS: origins,
  BOMBYX_CLIENT_ORIGINS: origins,
  BOMBYX_CONTACT: contact,
  BOMBYX_DIST: v.optional(v.string(), resolve(import.meta.dirname, '../dist')),
  BOMBYX_TRUST_PROXY: onOff('off'),
  BOMBYX_BANS_FILE: v.optional(v.string()),
  BOMBYX_MODEL_MIRROR: v.optional(v.string()),
  BOMBYX_METRICS_TOKEN_FILE: v.optional(v.string()),
  BOMBYX_OPERATOR_KEY_FILE: v.optional(v.string(), ''),
  ...clusterKeys,
  ...turnKeys,
  ...moneyKeys,
});

/** Every key that the relay knows. */
export const settingNames: readonly string[] = Object.keys(schema.entries);

export interface Config {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly name: string;
  /** Whether nodes may come over WebRTC. */
  readonly webrtc: boolean;
  /** Above so many nodes new ones use WebSocket: a WebRTC endpoint costs 100 times the memory. */
  readonly webrtcMaxNodes: number;
  readonly maxLinks: number;
  /** Open links and new links per minute from one address (or /56 of IPv6). */
  readonly linksPerAddress: number;
  /** Work that each free answer asks of whoever asks for it: 2^bits tries; 0 for none. */
  readonly freeWorkBits: number;
  /** `stun:host:port` of servers that help nodes behind NATs; none by default. */
  readonly iceServers: readonly string[];
  /** Where strangers' browsers may meet without seeing each other's address; undefined for nowhere but here. */
  readonly turn: TurnConfig | undefined;
  /** Host names under which the relay answers; others are refused (DNS rebinding). */
  readonly allowedHosts: readonly string[];
  /** Where others reach this relay, such as `https://relay.example.org`; undefined where nobody is told. */
  readonly publicUrl: string | undefined;
  /** Relays of other operators that the users of the app from here may choose. */
  readonly relays: readonly string[];
  /** All that its pages may link to, and whose pages may link here: those, and the others of its cluster. */
  readonly friends: readonly string[];
  /** Web pages of other sites that may ask through this relay; none by default. */
  readonly clientOrigins: readonly string[];
  /** A mail address, or the address of a page, of who runs this relay; empty where nobody is told. */
  readonly contact: string;
  /** Folder of what this relay keeps: its key, and a folder for each network. */
  readonly data: string;
  /** Folder of the built app. */
  readonly dist: string;
  /** Folder of models that this relay serves beside the app; undefined for none. */
  readonly mirror: string | undefined;
  /** File of the token with which others than this machine may read the metrics; undefined for nobody. */
  readonly metricsTokenFile: string | undefined;
  /** File of the key that opens the operator's page; made at the first start. Undefined where there is no such page. */
  readonly operatorKeyFile: string | undefined;
  /** Whom the operator keeps out; read at the start and on SIGHUP. */
  readonly bansFile: string | undefined;
  /** Whether `X-Forwarded-For` of a proxy in front is believed. */
  readonly trustProxy: boolean;
  /** Undefined where it is alone. */
  readonly cluster: ClusterConfig | undefined;
  /** Undefined where all answers are free. */
  readonly money: MoneyConfig | undefined;
}

/** Names without our prefix that are ours all the same. */
const alias: Readonly<Record<string, string>> = {HOST: 'HOST', PORT: 'PORT', MODEL_MIRROR: 'BOMBYX_MODEL_MIRROR'};

/** Keys of ours in the environment that are for the scripts, not for the relay. */
const foreign = new Set(['BOMBYX_BROWSER']);

function refuse(reason: string): never {
  throw new Error(`The relay did not start: ${reason}. See docs/operate.md for the settings.`);
}

/** @throws Error that names the key and what is allowed */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const ours = Object.entries(environment)
    .filter(([key, value]) => value !== undefined && !foreign.has(key) && (key.startsWith('BOMBYX_') || Object.hasOwn(alias, key)))
    .map(([key, value]) => [alias[key] ?? key, value]);
  const parsed = v.safeParse(schema, Object.fromEntries(ours));
  if (!parsed.success) {
    const reasons = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'environment'} ${issue.type === 'strict_object' ? 'is not a setting of this relay' : issue.message}`);
    refuse(reasons.join('; '));
  }
  const values = parsed.output;
  const publicUrl = values.BOMBYX_PUBLIC_URL;
  const cluster = readCluster(values, {publicUrl, network: values.BOMBYX_NETWORK, refuse});
  const relays = values.BOMBYX_RELAYS.filter((relay) => relay !== publicUrl && cluster?.relays.includes(relay) !== true);
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    name: values.BOMBYX_RELAY_NAME,
    webrtc: values.BOMBYX_WEBRTC,
    webrtcMaxNodes: values.BOMBYX_WEBRTC_MAX_NODES,
    maxLinks: values.BOMBYX_MAX_LINKS,
    linksPerAddress: values.BOMBYX_LINKS_PER_ADDRESS,
    freeWorkBits: values.BOMBYX_FREE_WORK_BITS,
    iceServers: values.BOMBYX_ICE_SERVERS,
    turn: readTurn(values, refuse),
    allowedHosts: [...new Set(['localhost', '127.0.0.1', '[::1]', values.HOST.toLowerCase(), ...values.BOMBYX_ALLOWED_HOSTS])],
    publicUrl,
    relays,
    friends: [...(cluster?.relays ?? []), ...relays],
    clientOrigins: values.BOMBYX_CLIENT_ORIGINS,
    contact: values.BOMBYX_CONTACT,
    data: resolve(values.BOMBYX_DATA),
    dist: resolve(values.BOMBYX_DIST),
    mirror: values.BOMBYX_MODEL_MIRROR === undefined || values.BOMBYX_MODEL_MIRROR === '' ? undefined : resolve(values.BOMBYX_MODEL_MIRROR),
    metricsTokenFile: values.BOMBYX_METRICS_TOKEN_FILE === '' ? undefined : values.BOMBYX_METRICS_TOKEN_FILE,
    operatorKeyFile: values.BOMBYX_OPERATOR_KEY_FILE === '' ? undefined : resolve(values.BOMBYX_OPERATOR_KEY_FILE),
    trustProxy: values.BOMBYX_TRUST_PROXY,
    bansFile: values.BOMBYX_BANS_FILE === undefined || values.BOMBYX_BANS_FILE === '' ? undefined : resolve(values.BOMBYX_BANS_FILE),
    cluster,
    money: readMoney(values, refuse),
  });
}
