/** A JSON schema as rules of a grammar. What it can't say in rules it leaves open, never the other way round: the answer is checked against the schema afterwards. */
import {type BaseRule, type GrammarRules, literal} from './grammar-rules.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const countOf = (value: unknown): number | undefined => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined);
const either = (options: readonly string[]): string => options.join(' | ');
/** Whole numbers that are few enough to be named. */
const fewNumbers = 100;

export class SchemaGrammar {
  readonly #rules: GrammarRules;
  readonly #root: Fields;
  readonly #references = new Map<string, string>();

  /** @param root where references lead */
  constructor(rules: GrammarRules, root: Fields) {
    this.#rules = rules;
    this.#root = root;
  }

  /** The name of a rule for values of this schema, which is the root or one within it. */
  of(schema: unknown): string {
    if (!isFields(schema)) return this.#rules.base('value');
    if (typeof schema['$ref'] === 'string') return this.#reference(schema['$ref']);
    if ('const' in schema) return this.#rules.add(literal(JSON.stringify(schema['const'])));
    const values = listOf(schema['enum']);
    if (values.length > 0) return this.#rules.add(either(values.map((value) => literal(JSON.stringify(value)))));
    const {type} = schema;
    if (typeof type === 'string') return this.#typed(type, schema);
    if (Array.isArray(type) && type.length > 0) return this.#rules.add(either([...new Set(type.map((one) => this.#typed(String(one), schema)))]));
    if (isFields(schema['properties'])) return this.#object(schema);
    const options = alternatives(schema);
    if (options.length > 0) return this.#rules.add(either([...new Set(options.map((option) => this.of(option)))]));
    return 'items' in schema ? this.#array(schema) : this.#rules.base('value');
  }

  #reference(ref: string): string {
    const known = this.#references.get(ref);
    if (known !== undefined) return known;
    const target = this.#target(ref);
    if (target === undefined || this.#leads(target, ref)) return this.#rules.base('value');
    const name = this.#rules.reserve();
    this.#references.set(ref, name);
    this.#rules.define(name, this.of(target));
    return name;
  }

  /** Whether one can come from a schema to a reference without a letter between: no parser takes that. */
  #leads(from: unknown, to: string, seen = new Set<string>()): boolean {
    if (!isFields(from)) return false;
    const {$ref: ref} = from;
    if (typeof ref !== 'string') return alternatives(from).some((option) => this.#leads(option, to, seen));
    if (ref === to) return true;
    if (seen.has(ref)) return false;
    return this.#leads(this.#target(ref), to, seen.add(ref));
  }

  #target(ref: string): unknown {
    if (ref !== '#' && !ref.startsWith('#/')) return undefined;
    const steps = ref.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return steps.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Fields)[step] : undefined), this.#root);
  }

  #typed(type: string, schema: Fields): string {
    if (type === 'object') return this.#object(schema);
    if (type === 'array') return this.#array(schema);
    if (type === 'string') return this.#string(schema);
    if (type === 'integer' || type === 'number') return this.#number(type, schema);
    return this.#rules.base(type === 'boolean' || type === 'null' ? type : 'value');
  }

  #string({minLength, maxLength}: Fields): string {
    const [least, most] = [countOf(minLength) ?? 0, countOf(maxLength)];
    const times = least === 0 && most === undefined ? undefined : this.#rules.times(least, most);
    return times === undefined ? this.#rules.base('string') : this.#rules.add(String.raw`"\"" ${this.#rules.base('char')}${times} "\""`);
  }

  #number(type: 'integer' | 'number', {minimum, maximum, exclusiveMinimum}: Fields): string {
    if (type === 'integer' && Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum)) {
      const count = (maximum as number) - (minimum as number) + 1;
      if (count >= 1 && count <= fewNumbers) return this.#rules.add(either(Array.from({length: count}, (_, index) => literal(String((minimum as number) + index)))));
    }
    const isPositive = [minimum, exclusiveMinimum].some((bound) => typeof bound === 'number' && bound >= 0);
    const names: readonly BaseRule[] = type === 'integer' ? ['integer', 'whole'] : ['number', 'magnitude'];
    return this.#rules.base(names[isPositive ? 1 : 0] ?? 'value');
  }

  #array({items, prefixItems, minItems, maxItems}: Fields): string {
    // A row whose places differ: any row.
    if (prefixItems !== undefined || Array.isArray(items)) return this.#rules.base('array');
    const s = this.#rules.base('s');
    const [least, most] = [countOf(minItems) ?? 0, countOf(maxItems)];
    if (most === 0) return this.#rules.add('"[" s "]"');
    const item = this.of(items);
    const others = this.#rules.times(Math.max(0, least - 1), most === undefined ? undefined : most - 1);
    const row = `${item} ("," ${s} ${item})${others ?? '*'} ${s}`;
    return this.#rules.add(`"[" ${s} ${least > 0 && others !== undefined ? row : `(${row})?`} "]"`);
  }

  #object(schema: Fields): string {
    const properties = isFields(schema['properties']) ? schema['properties'] : {};
    const required = new Set(listOf(schema['required']).filter((name) => typeof name === 'string'));
    const {additionalProperties: more} = schema;
    const names = [...new Set([...Object.keys(properties), ...required])];
    if (names.length === 0 && !isFields(more)) return more === false ? this.#rules.add(`"{" ${this.#rules.base('s')} "}"`) : this.#rules.base('object');
    const members = names.map((name): Member => ({text: `${literal(`${JSON.stringify(name)}:`)} ${this.#rules.base('s')} ${this.of(Object.hasOwn(properties, name) ? properties[name] : more)}`, isRequired: required.has(name)}));
    // Where others may come too they come last.
    const other = more === true || isFields(more) ? `${this.#rules.base('string')} ":" ${this.#rules.base('s')} ${this.of(more)}` : undefined;
    return this.#rules.add(`"{" s ${this.#members(members, other)} "}"`);
  }

  /** Members in their order; those that are not required may be left out. */
  #members(members: readonly Member[], other: string | undefined): string {
    const s = this.#rules.base('s');
    let rest = other === undefined ? '' : `("," ${s} ${other})*`;
    const beginnings = other === undefined ? [] : [`${other} ${rest}`];
    for (const {text, isRequired} of members.toReversed()) {
      // What comes before a required one can't be the end.
      if (isRequired) beginnings.length = 0;
      beginnings.unshift(`${text} ${rest}`.trimEnd());
      const next = `"," ${s} ${text}`;
      rest = this.#rules.add(`${isRequired ? next : `(${next})?`} ${rest}`.trimEnd());
    }
    const canBeEmpty = !members.some(({isRequired}) => isRequired);
    return `((${either(beginnings)}) ${s})${canBeEmpty ? '?' : ''}`;
  }
}

interface Member {
  readonly text: string;
  readonly isRequired: boolean;
}

/** Schemas of which a value fits one. Of several that it must all fit, none can be said in rules. */
function alternatives({anyOf, oneOf, allOf}: Fields): readonly unknown[] {
  const [any, one, all] = [listOf(anyOf), listOf(oneOf), listOf(allOf)];
  return any.length > 0 ? any : one.length > 0 ? one : all.length === 1 ? all : [];
}
