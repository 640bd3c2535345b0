/** The grammar of an answer that calls tools: what stands between the tags is a call of one of them, with arguments that its schema takes. */
import {GrammarRules, literal} from './grammar-rules.ts';
import type {JsonSchema} from './json-schema.ts';
import {thinkClosing, thinkOpening} from './output.ts';
import {SchemaGrammar} from './schema-grammar.ts';
import {callClosing, callOpening} from './tool-words.ts';

/** What a job takes (protocol/job.ts), bytes. */
export const maxFormatBytes = 16 * 1024;
/** Calls of one answer: a model that repeats itself comes to an end. */
const maxCalls = 16;

export interface CallGrammarOptions {
  readonly tools: readonly {readonly name: string; readonly parameters: JsonSchema | undefined}[];
  readonly onlyOne: boolean;
  /** What may come instead of a call: nothing, any text (which may also come before calls), or JSON of a schema. */
  readonly instead: 'nothing' | 'text' | JsonSchema;
}

/** How a model begins. */
export interface Beginning {
  /** Whether it may think before it answers, between `<think>` and `</think>`. */
  readonly mayThink: boolean;
}

export interface CallGrammar {
  readonly text: string;
  /** Whether it knows what each tool takes, rather than any object. */
  readonly isExact: boolean;
}

/** Undefined where it is too long for a job in any way. */
export function callGrammarOf(options: CallGrammarOptions & Beginning): CallGrammar | undefined {
  for (const isExact of [true, false]) {
    const text = written(options, {isExact});
    if (text !== undefined) return {text, isExact};
  }
  return undefined;
}

/** The grammar of JSON of a schema; undefined where it is too long for a job. */
export function jsonGrammarOf(schema: JsonSchema, beginning: Beginning): string | undefined {
  const rules = new GrammarRules();
  return rules.text(begun(rules, new SchemaGrammar(rules, schema).of(schema), beginning), maxFormatBytes);
}

function written({tools, onlyOne, instead, mayThink}: CallGrammarOptions & Beginning, {isExact}: {isExact: boolean}): string | undefined {
  const rules = new GrammarRules();
  const calls = tools.map(({name, parameters}) => rules.add(`${literal(`${name}", "arguments": `)} ${isExact ? argumentsOf(rules, parameters) : rules.base('object')}`));
  const body = rules.add(`${literal('\n{"name": "')} (${calls.join(' | ')}) ${literal(`}\n${callClosing}`)}`);
  const after = onlyOne ? body : rules.add(`${body} (${literal(`\n${callOpening}`)} ${body}){0,${maxCalls - 1}}`);
  // Thoughts are any text too.
  if (instead === 'text') return rules.text(textUntil(rules, {mark: callOpening, after, mayEnd: true}), maxFormatBytes);
  const root = `${literal(callOpening)} ${after}`;
  return rules.text(begun(rules, instead === 'nothing' ? root : `${root} | ${new SchemaGrammar(rules, instead).of(instead)}`, {mayThink}), maxFormatBytes);
}

/** Arguments are an object, whatever the schema leaves open. */
function argumentsOf(rules: GrammarRules, parameters: JsonSchema = {}): string {
  const saysMore = ['$ref', 'anyOf', 'oneOf', 'allOf', 'const', 'enum'].some((keyword) => keyword in parameters);
  return new SchemaGrammar(rules, parameters).of(saysMore ? parameters : {...parameters, type: 'object'});
}

function begun(rules: GrammarRules, root: string, {mayThink}: Beginning): string {
  if (!mayThink) return root;
  const answer = rules.add(root);
  const after = rules.add(`${literal('\n')}{0,4} ${answer}`);
  return `${answer} | ${literal(thinkOpening)} ${textUntil(rules, {mark: thinkClosing, after, mayEnd: false})}`;
}

/** Any text without `mark`; with it, `after` follows and is the end. Its first letter stands nowhere else in it, so that a letter that does not fit begins anew. */
function textUntil(rules: GrammarRules, {mark, after, mayEnd}: {mark: string; after: string; mayEnd: boolean}): string {
  const [first = '', ...letters] = mark;
  const end = mayEnd ? '?' : '';
  const names = letters.map(() => rules.reserve());
  const text = rules.reserve();
  rules.define(text, `[^${first}]* (${literal(first)} ${names[0]})${end}`);
  for (const [index, letter] of letters.entries()) {
    const next = names[index + 1] ?? after;
    rules.define(names[index] ?? '', `(${literal(letter)} ${next} | ${literal(first)} ${names[0]} | [^${letter}${first}] ${text})${end}`);
  }
  return text;
}
