/** Speaks to our relay as its operator: the key goes in a header, and what comes back is checked. */
import * as v from 'valibot';
import {systemClock} from '../platform/clock.ts';
import type {Operator, OperatorAct, Shut, Sight} from '../state/operator-views.ts';
import {createOperator, type OperatorDesk} from '../state/operator.ts';

const keptAs = 'bombyx operator key';

const count = v.pipe(v.number(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(512));
const nullish = <S extends v.GenericSchema>(schema: S) => v.pipe(v.nullable(schema), v.transform((value) => value ?? undefined));
const nano = v.pipe(v.string(), v.regex(/^\d{1,30}$/), v.transform((digits) => BigInt(digits)));
const spread = v.object({count, p50: nullish(count), p95: nullish(count)});
const codes = v.array(v.object({code: text, count}));
const kinds = v.object({websocket: count, webrtc: count});

const overview = v.object({
  relay: v.object({name: text, version: text, protocol: count, startedAt: count, now: count, paused: v.boolean(), memoryBytes: count}),
  links: v.pipe(v.object({client: kinds, node: kinds}), v.transform(({client, node}) => ({client: client.websocket + client.webrtc, node}))),
  turn: nullish(v.object({issued: count})),
  nodes: v.object({here: count, hidden: count, idle: count, busy: count, closed: count, paused: count}),
  jobs: v.object({running: count, waiting: count}),
  recent: v.object({
    minutes: count,
    outcomes: v.object({asked: count, released: count, cancelled: count, redirected: count, failed: count}),
    failures: codes,
    refusals: codes,
    match: spread,
    firstFrame: spread,
  }),
  models: v.array(v.object({hash: text, id: nullish(text), nodes: count, idle: count, waiting: count, wait: spread})),
  money: nullish(v.object({network: text, granted: nano, charged: nano, claimed: nano, owed: nano, vault: nullish(v.object({balance: nano, dailyCap: nano, paidToday: nano}))})),
  cluster: nullish(v.object({up: v.boolean(), peers: v.array(v.object({url: text, nodes: count}))})),
  notice: text,
  acts: v.array(v.object({at: count, act: v.picklist(['ban', 'unban', 'drain', 'resume', 'notice'])})),
});
const nodes = v.object({
  total: count,
  found: count,
  page: count,
  perPage: count,
  nodes: v.array(v.object({
    id: text, engine: text, hidden: v.boolean(), open: count, taken: count, link: text, since: count, done: count, failed: count, pausedUntil: count, banned: v.boolean(),
    models: v.array(v.object({hash: text, id: nullish(text), name: text})),
  })),
});
const bans = v.object({total: count, bans: v.array(v.object({key: text, until: count, by: v.picklist(['operator', 'file', 'rule']), reason: v.optional(text, '')}))});

const whyOf = (status: number): Shut => (status === 401 ? 'wrong' : status === 429 ? 'locked' : status === 404 ? 'absent' : 'offline');

function ask(key: string, {path, body}: {path: string; body?: object}): Promise<Response> {
  const headers = {authorization: `Bearer ${key}`, ...(body ? {'content-type': 'application/json'} : {})};
  return fetch(`/api/operator/${path}`, {headers, cache: 'no-store', credentials: 'omit', ...(body ? {method: 'POST', body: JSON.stringify(body)} : {})});
}

const desk: OperatorDesk = {
  look: async (key, {find, page}) => {
    // Such a word can be no header, so the relay is not even asked.
    if (!/^[\da-f]{64}$/.test(key)) return 'wrong';
    try {
      const query = new URLSearchParams({find: find.slice(0, 64), page: String(page)});
      const first = await ask(key, {path: 'overview'});
      // Alone at first: one wrong key is one miss, and not three.
      if (!first.ok) return whyOf(first.status);
      const others = await Promise.all([ask(key, {path: `nodes?${query}`}), ask(key, {path: 'bans'})]);
      const failed = others.find(({ok}) => !ok);
      if (failed) return whyOf(failed.status);
      const [own, listed, kept] = await Promise.all([first, ...others].map((response) => response.json() as Promise<unknown>));
      const {turn, ...seen} = v.parse(overview, own);
      return {overview: {...seen, turnIssued: turn?.issued}, nodes: v.parse(nodes, listed), bans: v.parse(bans, kept)} satisfies Sight;
    } catch {
      return 'offline';
    }
  },
  act: async (key, {act, ...body}: OperatorAct) => {
    try {
      const {ok, status} = await ask(key, {path: act, body});
      return ok ? 'done' : status === 400 || status === 413 ? 'refused' : whyOf(status);
    } catch {
      return 'offline';
    }
  },
};

const kept = {
  get: () => sessionStorage.getItem(keptAs) ?? undefined,
  set: (key: string | undefined) => (key === undefined ? sessionStorage.removeItem(keptAs) : sessionStorage.setItem(keptAs, key)),
};

/** One for the whole page: what was entered stays while other pages of the app are looked at. */
export const operator: Operator = createOperator({desk, kept, clock: systemClock, isVisible: () => document.visibilityState === 'visible'});
