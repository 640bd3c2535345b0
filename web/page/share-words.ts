/** The words on the channel between tabs, read at the border: an older or newer version of the app may be open beside this one. */
import * as v from 'valibot';
import {maxAmount} from '#protocol/amount.ts';
import {type ErrorCode, errorTable} from '#protocol/errors.ts';
import {nodeId} from '#protocol/ids.ts';
import {tasks} from '#protocol/task.ts';
import type {ShareWish, ShownShare} from '../state/share-tabs.ts';

/** A tenure is one stretch of leading, and the name of the lock that is held as long as it lasts. */
export type ShareWord =
  | {readonly type: 'hello'}
  | {readonly type: 'shown'; readonly tenure: string; readonly shown: ShownShare}
  | {readonly type: 'wish'; readonly tenure: string; readonly wish: ShareWish};

const count = v.pipe(v.number(), v.minValue(0));
const week = v.pipe(v.string(), v.regex(/^[\da-f]{42}$/));
const code = v.picklist(Object.keys(errorTable) as readonly ErrorCode[]);
const price = v.pipe(v.bigint(), v.minValue(0n), v.maxValue(maxAmount));
const duty = v.picklist([30, 60, 100]);

const download = v.object({bytes: count, total: count, bytesPerSecond: count, etaSeconds: v.undefinedable(count)});

const status = v.variant('is', [
  v.object({is: v.literal('off')}),
  v.object({is: v.literal('loading'), part: count, what: v.string(), download: v.exactOptional(download)}),
  v.object({is: v.literal('connecting')}),
  v.object({is: v.literal('ready'), jobs: count}),
  v.object({is: v.literal('finishing'), jobs: count}),
  v.object({is: v.literal('reconnecting'), jobs: count, keptOut: v.exactOptional(v.literal(true))}),
  v.object({is: v.literal('recovering'), code}),
  v.object({is: v.literal('failed'), code, detail: v.string()}),
]);

const idle = v.variant('reason', [
  v.object({reason: v.literal('nobody-asks')}),
  v.object({reason: v.literal('one-at-a-time')}),
  v.object({reason: v.literal('paused'), until: count, trouble: v.picklist(['silent', 'failed', 'lost'])}),
]);

const own = v.record(v.string(), v.object({prompt: price, completion: price}));
const asking = {paid: v.boolean(), prompt: price, completion: price, own};

const shown = v.object({
  choice: v.string(),
  device: v.picklist(['webgpu', 'wasm']),
  asking: v.object(asking),
  limits: v.object({duty, onBattery: v.boolean(), onMetered: v.boolean(), week, breakUntil: count}),
  paused: v.undefinedable(v.picklist(['break', 'hours', 'battery', 'metered'])),
  balance: v.undefinedable(v.object({earned: v.bigint(), collected: v.bigint()})),
  status,
  idle: v.undefinedable(idle),
  node: v.undefinedable(v.pipe(v.string(), v.regex(/^[\da-f]{64}$/), v.transform(nodeId))),
  engine: v.string(),
  speeds: v.array(v.object({jobs: count, prefill: count, decode: count})),
  link: v.undefinedable(v.picklist(['websocket', 'webrtc', 'memory'])),
  jobsDone: count,
  tokens: count,
  tokensPerSecond: count,
  log: v.array(v.object({handle: v.string(), at: count, tokens: count, milliseconds: count, outcome: v.picklist(['done', 'cancelled', 'failed']), task: v.undefinedable(v.picklist(tasks)), earned: v.bigint()})),
  booked: count,
});

const limit = v.object({
  duty: v.exactOptional(duty),
  onBattery: v.exactOptional(v.boolean()),
  onMetered: v.exactOptional(v.boolean()),
  week: v.exactOptional(week),
  breakUntil: v.exactOptional(count),
});

const ask = v.object({paid: v.exactOptional(v.boolean()), prompt: v.exactOptional(price), completion: v.exactOptional(price), own: v.exactOptional(own)});

const wish = v.variant('is', [
  v.object({is: v.literal('finish')}),
  v.object({is: v.literal('stop')}),
  v.object({is: v.literal('limit'), limits: limit}),
  v.object({is: v.literal('ask'), asking: ask}),
  v.object({is: v.literal('collected'), collected: v.bigint()}),
]);

const word: v.GenericSchema<unknown, ShareWord> = v.variant('type', [
  v.object({type: v.literal('hello')}),
  v.object({type: v.literal('shown'), tenure: v.string(), shown}),
  v.object({type: v.literal('wish'), tenure: v.string(), wish}),
]);

/** Undefined for what this version of the app does not understand. */
export function readShareWord(data: unknown): ShareWord | undefined {
  const result = v.safeParse(word, data);
  return result.success ? result.output : undefined;
}
