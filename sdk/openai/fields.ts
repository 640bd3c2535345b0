/** Bodies of requests, checked at the border: a wrong field is named as OpenAI names it. */
import * as v from 'valibot';
import {utf8} from '#protocol/bytes.ts';
import {maxStopBytes} from '#protocol/job.ts';
import {badField, Refusal, unsupported} from './refusal.ts';

/** The fields of a body. Fields that the schema does not know are left out. @throws Refusal 400 that names the first wrong field */
export function fieldsOf<const S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const {path, message} = innermost(parsed.issues[0]);
  throw badField(path, path === undefined ? 'The body must be a JSON object.' : `${path}: ${message}.`);
}

/** Of a field that may be one of several: what is wrong inside, where it was meant to be a structure. */
function innermost(issue: v.BaseIssue<unknown>): {readonly path: string | undefined; readonly message: string} {
  const path = v.getDotPath(issue) ?? undefined;
  const inner = issue.issues?.find((each) => each.path?.some(({type}) => type === 'object'));
  if (!inner) return {path, message: issue.message};
  const below = innermost(inner);
  return {path: [path, below.path].filter(Boolean).join('.'), message: below.message};
}

/** What other servers know and this network has no way to do: refused where it would change the answer, so that nobody relies on it. */
export function refuseUnsupported(body: Readonly<Record<string, unknown>>, rules: Readonly<Record<string, (value: unknown) => boolean>>): void {
  for (const [name, asksForIt] of Object.entries(rules)) {
    const value = body[name];
    if (value !== undefined && value !== null && asksForIt(value)) throw unsupported(name, `${name} is not supported here: no engine of the network can follow it. Leave it out.`);
  }
}

/** A body as JSON. @throws Refusal 400 */
export async function jsonOf(request: Request): Promise<Readonly<Record<string, unknown>>> {
  let body: unknown;
  try {
    body = await request.json();
  } catch (cause) {
    throw new Refusal({status: 400, message: 'The body is not JSON.', code: 'invalid_json'}, {cause});
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badField(undefined, 'The body must be a JSON object.');
  return body as Readonly<Record<string, unknown>>;
}

/** A field that may be null, as OpenAI's clients send what they don't set. */
export const maybe = <const S extends v.GenericSchema>(schema: S) => v.pipe(v.nullish(schema), v.transform((value) => value ?? undefined));

export const modelField = v.pipe(v.string('must be a string'), v.minLength(1, 'must name a model'), v.maxLength(160, 'is too long'));
export const flag = maybe(v.boolean('must be true or false'));
export const within = (least: number, most: number) => v.pipe(v.number('must be a number'), v.minValue(least, `must be at least ${least}`), v.maxValue(most, `must be at most ${most}`));
export const whole = (least: number, most: number) => v.pipe(within(least, most), v.integer('must be a whole number'));
/** Any whole number; engines take its last 32 bits. */
const seed = v.pipe(v.number('must be a number'), v.safeInteger('must be a whole number'), v.transform((value) => Number(BigInt.asUintN(32, BigInt(value)))));
const stop = v.pipe(v.union([v.pipe(v.string(), v.transform((one) => [one])), v.pipe(v.array(v.string()), v.maxLength(4, 'takes four texts at most'))], 'must be a text or a list of texts'), v.check((texts) => !texts.includes(''), 'has an empty text'), v.check((texts) => texts.every((text) => utf8(text).length <= maxStopBytes), `takes texts of ${maxStopBytes} bytes at most`));

/** What every interface that writes text takes, under OpenAI's names. */
export const writingFields = {
  temperature: maybe(within(0, 2)),
  top_p: maybe(within(0, 1)),
  seed: maybe(seed),
  stop: maybe(stop),
};
type WritingFields = v.InferOutput<v.ObjectSchema<typeof writingFields, undefined>>;

/** Where a request does not say it: greedy, small models repeat themselves. */
const usualTemperature = 0.7;

/** The same as a job takes it. */
export const writingOf = ({temperature, top_p, seed: chosen, stop: ends}: WritingFields) => ({
  temperature: Math.round((temperature ?? usualTemperature) * 1000),
  topP: Math.max(1, Math.round((top_p ?? 1) * 1000)),
  ...(chosen === undefined ? {} : {seed: chosen}),
  ...(ends === undefined ? {} : {stop: ends}),
});

const isNot = (...harmless: readonly unknown[]) => (value: unknown): boolean => !harmless.includes(value);
const isFilled = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
/** Of all that write text. */
export const unsupportedWriting = {
  logprobs: isNot(false, 0), top_logprobs: isNot(0), logit_bias: isFilled, frequency_penalty: isNot(0), presence_penalty: isNot(0), suffix: isNot(''), best_of: isNot(1), echo: isNot(false),
} as const;
