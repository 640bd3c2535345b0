/** JSON schemas of callers: whether one can be used at all, and whether a value fits it. Without `eval`, which a page's policy forbids. */
import {dereference, type Schema, Validator} from '@cfworker/json-schema';
import {utf8} from '#protocol/bytes.ts';
import {badField} from './refusal.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Why a value does not fit. */
export interface Misfit {
  /** Where in the schema: says nothing of the value, so that an error may name it. */
  readonly rule: string;
  /** For the model that wrote the value. */
  readonly words: string;
}
export type Check = (value: unknown) => Misfit | undefined;

/** What walks a schema must not run out of stack. */
const maxDepth = 32;

export interface SchemaSource {
  /** The field that it stands in. */
  readonly param: string;
  readonly maxBytes: number;
}

/** A check of values. Keywords that it does not know are ignored. @throws Refusal 400 where the schema is none */
export function checkOf(source: JsonSchema, {param, maxBytes}: SchemaSource): Check {
  if (Array.isArray(source)) throw badField(param, 'A schema must be an object.');
  if (!isWithin(source, maxDepth)) throw badField(param, `The schema has more than ${maxDepth} levels.`);
  if (utf8(JSON.stringify(source)).length > maxBytes) throw badField(param, `The schema has more than ${maxBytes} bytes.`);
  // The library notes addresses in the schema itself.
  const schema = structuredClone(source) as Schema;
  const check = checkWith(schema, param);
  if (samples.some((sample) => check(sample) === unchecked)) throw badField(param, 'The schema can not be used: a keyword has a value of the wrong type.');
  return check;
}

/** Of each type one: a keyword that can't be read shows at once. */
const samples = [null, {}, [], '', 0, true] as const;
const unchecked: Misfit = {rule: '#', words: 'It can not be checked against its schema.'};

function checkWith(schema: Schema, param: string): Check {
  const validator = prepared(schema, param);
  return (value) => {
    try {
      const {valid, errors} = validator.validate(value);
      // The last one is the innermost; that nothing is allowed in a place is said by its name in the value, and once more without.
      const found = errors.findLast(({keyword}) => keyword !== 'false');
      return valid ? undefined : {rule: found?.keywordLocation ?? '#', words: `At ${found?.instanceLocation ?? '#'}: ${found?.error ?? 'it does not fit.'}`};
    } catch {
      return unchecked;
    }
  };
}

function prepared(schema: Schema, param: string): Validator {
  try {
    const known = dereference(schema);
    for (const part of Object.values(known)) if (typeof part === 'object') requirePart(part, known, param);
    return new Validator(schema, '2020-12');
  } catch (cause) {
    throw cause instanceof SyntaxError || cause instanceof TypeError || cause instanceof RangeError ? badField(param, 'The schema can not be used: an address or a pattern in it can not be read.') : cause;
  }
}

function requirePart({$ref, __absolute_ref__: absolute, pattern, patternProperties}: Schema, known: Readonly<Record<string, unknown>>, param: string): void {
  if ($ref !== undefined && (typeof $ref !== 'string' || known[absolute ?? $ref] === undefined)) throw badField(param, 'The schema has a $ref to nothing in it.');
  for (const one of [pattern, ...Object.keys(patternProperties ?? {})]) if (typeof one === 'string') void new RegExp(one, 'u');
}

const isWithin = (value: unknown, levels: number): boolean => typeof value !== 'object' || value === null || (levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1)));
