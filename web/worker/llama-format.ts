/** What a client asks an answer to look like, as llama.cpp takes it: a schema that it does not know ends every request that runs, so it gets no other. */
import * as v from 'valibot';
import {NetworkError} from '#protocol/errors.ts';

export interface Format {
  readonly is: 'json' | 'grammar';
  readonly text: string;
}

/** Repetitions are written out, one by one: so many in all. */
const maxRepetitions = 20_000;

/** @throws NetworkError `bad-message` that names what can't be kept to */
export function shapeOf({is, text}: Format): {readonly grammar: string} | {readonly json_schema: object} {
  if (is === 'json') return {json_schema: schemaOf(text === '' ? {type: 'object'} : (JSON.parse(text) as unknown))};
  const counts = [...text.matchAll(/\{\s*(\d+)\s*(?:,\s*(\d*)\s*)?\}/g)].flatMap(([, least, most]) => Math.max(Number(least), Number(most ?? 0)));
  requireFew(counts);
  return {grammar: text};
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const primitive = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const type = v.picklist(['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']);

interface Schema {
  readonly [key: string]: unknown;
}

/** What says something to people only. */
const annotations = ['$schema', '$id', '$comment', 'title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'];
const annotation = Object.fromEntries(annotations.map((name) => [name, v.optional(v.unknown())]));

/** A schema within another. */
const inner: v.GenericSchema<Schema> = v.lazy(() => schema);
const choices = v.optional(v.pipe(v.array(inner), v.minLength(1)));

const fields = v.strictObject({
  ...annotation,
  type: v.optional(v.union([type, v.pipe(v.array(type), v.minLength(1))])),
  properties: v.optional(v.record(v.string(), inner)),
  required: v.optional(v.array(v.string())),
  additionalProperties: v.optional(v.union([v.boolean(), inner])),
  items: v.optional(inner),
  minItems: v.optional(count),
  maxItems: v.optional(count),
  minLength: v.optional(count),
  maxLength: v.optional(count),
  minimum: v.optional(v.pipe(v.number(), v.safeInteger())),
  maximum: v.optional(v.pipe(v.number(), v.safeInteger())),
  enum: v.optional(v.pipe(v.array(primitive), v.minLength(1))),
  const: v.optional(primitive),
  anyOf: choices,
  oneOf: choices,
  $ref: v.optional(v.pipe(v.string(), v.regex(/^#\/(\$defs|definitions)\/[\w.-]+$/))),
  $defs: v.optional(v.record(v.string(), inner)),
  definitions: v.optional(v.record(v.string(), inner)),
});
const inOrder = (least: number | undefined, most: number | undefined): boolean => (least ?? 0) <= (most ?? Number.POSITIVE_INFINITY);
const schema = v.pipe(
  fields,
  v.check(({minItems, maxItems, minLength, maxLength}) => inOrder(minItems, maxItems) && inOrder(minLength, maxLength), 'the least is more than the most'),
  v.check(({minimum, maximum}) => minimum === undefined || maximum === undefined || minimum <= maximum, 'the least is more than the most'),
  v.transform((known): Schema => Object.fromEntries(Object.entries(known).filter(([name, value]) => value !== undefined && !annotations.includes(name)))),
);

function schemaOf(source: unknown): object {
  const parsed = v.safeParse(schema, source);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new NetworkError('bad-message', `the JSON schema: ${v.getDotPath(issue) ?? ''} ${issue.expected ?? 'is not understood'}`);
  }
  const all = [...partsOf(parsed.output)];
  requireFew(all.flatMap(({minItems, maxItems, minLength, maxLength}) => [Math.max(Number(minItems ?? 0), Number(maxItems ?? 0)), Math.max(Number(minLength ?? 0), Number(maxLength ?? 0))]));
  for (const {$ref} of all) if (typeof $ref === 'string' && !hasTarget(parsed.output, $ref)) throw new NetworkError('bad-message', 'the JSON schema: $ref to nothing');
  return parsed.output;
}

/** Every schema in a schema, itself included; also what is none, such as the values of an enum, which has no fields that count here. */
function* partsOf(source: Schema): Generator<Schema, void> {
  yield source;
  for (const value of Object.values(source)) if (typeof value === 'object' && value !== null) yield* partsOf(value as Schema);
}

function hasTarget(root: Schema, ref: string): boolean {
  const [, within = '', name = ''] = ref.split('/');
  const definitions = root[within];
  return typeof definitions === 'object' && definitions !== null && Object.hasOwn(definitions, name);
}

function requireFew(counts: readonly number[]): void {
  if (counts.reduce((sum, each) => sum + each, 0) > maxRepetitions) throw new NetworkError('bad-message', 'too many repetitions');
}
