/** The gateway's settings, read once from the environment; a wrong or unknown key stops the start with the reason. */
import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import * as v from 'valibot';
import {integer, origin, origins} from '../config-fields.ts';
import {gatewayMoneyKeys, type GatewayMoneyConfig, readGatewayMoney} from './money-config.ts';

const names = v.pipe(v.optional(v.string(), ''), v.transform((text) => text.split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '')));

const schema = v.strictObject({
  BOMBYX_GATEWAY_HOST: v.optional(v.string(), '127.0.0.1'),
  BOMBYX_GATEWAY_PORT: integer({fallback: 8790, min: 0, max: 65_535}),
  BOMBYX_GATEWAY_RELAY: origin,
  BOMBYX_GATEWAY_DATA: v.pipe(v.optional(v.string(), ''), v.transform((text) => text || join(homedir(), '.bombyx/gateway'))),
  BOMBYX_GATEWAY_ALLOWED_HOSTS: names,
  BOMBYX_GATEWAY_ORIGINS: origins,
  BOMBYX_GATEWAY_LEVEL: v.optional(v.picklist(['network', 'mine'], 'must be network or mine'), 'network'),
  BOMBYX_GATEWAY_DELIVERY: v.optional(v.picklist(['stream', 'quiet'], 'must be stream or quiet'), 'stream'),
  ...gatewayMoneyKeys,
});

export interface GatewayConfig {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** The relay's address. */
  readonly relay: string;
  /** Folder of what this gateway keeps, for its owner alone. */
  readonly data: string;
  /** Host names under which it answers; others are refused (DNS rebinding). */
  readonly allowedHosts: readonly string[];
  /** Web pages that may ask from a browser; none by default. */
  readonly origins: readonly string[];
  /** Who may answer where a request does not say it. */
  readonly level: 'network' | 'mine';
  readonly delivery: 'stream' | 'quiet';
  readonly money: GatewayMoneyConfig;
}

const usualRelay = 'http://localhost:8787';

/** @throws Error that names the key and what is allowed */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const ours = Object.entries(environment).filter(([key, value]) => value !== undefined && key.startsWith('BOMBYX_GATEWAY_'));
  const parsed = v.safeParse(schema, Object.fromEntries(ours));
  if (!parsed.success) {
    const reasons = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'environment'} ${issue.type === 'strict_object' ? 'is not a setting of the gateway' : issue.message}`);
    throw new Error(`The gateway did not start: ${reasons.join('; ')}. See docs/gateway.md for the settings.`);
  }
  const values = parsed.output;
  return Object.freeze({
    host: values.BOMBYX_GATEWAY_HOST,
    port: values.BOMBYX_GATEWAY_PORT,
    relay: values.BOMBYX_GATEWAY_RELAY ?? usualRelay,
    data: resolve(values.BOMBYX_GATEWAY_DATA),
    allowedHosts: [...new Set(['localhost', '127.0.0.1', '[::1]', values.BOMBYX_GATEWAY_HOST.toLowerCase(), ...values.BOMBYX_GATEWAY_ALLOWED_HOSTS])],
    origins: values.BOMBYX_GATEWAY_ORIGINS,
    level: values.BOMBYX_GATEWAY_LEVEL,
    delivery: values.BOMBYX_GATEWAY_DELIVERY,
    money: readGatewayMoney(values, resolve(values.BOMBYX_GATEWAY_DATA)),
  });
}
