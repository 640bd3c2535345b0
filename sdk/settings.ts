/** What `openBombyx` is given, checked: callers in JavaScript have no compiler that does it. */
import * as v from 'valibot';
import {nodeId} from '#protocol/ids.ts';

const address = 'must be an address like https://relay.example.org';
const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
// Not by its class: a page that came without https has none.
const key = v.custom<CryptoKey>((value) => typeof value === 'object' && value !== null && 'algorithm' in value);

const secret = v.variant('kind', [
  v.object({kind: v.literal('key-pair'), pair: v.object({publicKey: key, privateKey: key})}),
  v.object({kind: v.literal('seed'), seed: v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array && value.length === 32)}),
], 'must be what createSecret() gives');

/** Nano-coins of an answer that a relay gives for free, at most (its `BOMBYX_TRIAL_CEILING`, unless it says otherwise). */
const usualCap = 20_000_000n;

const schema = v.strictObject({
  relay: v.pipe(v.string(address), v.check(isAddress, address), v.transform((text) => new URL(text).origin)),
  level: v.optional(v.picklist(['network', 'mine'], 'must be network or mine'), 'network'),
  mine: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\da-f]{64}$/)), 'must be a list of ids of computers, 64 hex digits each'), v.transform((ids) => new Set(ids.map(nodeId)))), []),
  priceCap: v.optional(v.pipe(v.bigint('must be a bigint of nano-coins'), v.minValue(0n, 'must not be below zero')), usualCap),
  delivery: v.optional(v.picklist(['stream', 'quiet'], 'must be stream or quiet'), 'stream'),
  secret: v.optional(secret),
});

/** @throws TypeError that names the option which is wrong */
export function settingsOf(options: unknown): v.InferOutput<typeof schema> {
  const parsed = v.safeParse(schema, options);
  if (parsed.success) return parsed.output;
  const reasons = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'what it takes'} ${issue.type === 'strict_object' ? 'is not an option' : issue.message}`);
  throw new TypeError(`openBombyx: ${reasons.join('; ')}.`);
}
