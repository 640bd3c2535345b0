/**
 * Rules of a grammar in the GBNF that llama.cpp and WebLLM's compiler both read: names of letters, digits and hyphens, one rule a line, no left recursion,
 * escapes `\\`, `\"`, `\n` and `\xHH`, repetitions `? * + {n,m}`.
 */
import {utf8} from '#protocol/bytes.ts';

/** JSON; each with the rules that it stands on. Numbers are as long as doubles are, so that none goes on for ever. */
const base = {
  value: ['object | array | string | number | boolean | null', 'object', 'array', 'string', 'number', 'boolean', 'null'],
  object: ['"{" s (string ":" s value ("," s string ":" s value)* s)? "}"', 's', 'string', 'value'],
  array: ['"[" s (value ("," s value)* s)? "]"', 's', 'value'],
  string: [String.raw`"\"" char* "\""`, 'char'],
  char: [String.raw`[^"\\\x00-\x1F] | "\\" (["\\/bfnrt] | "u" hex hex hex hex)`, 'hex'],
  hex: ['[0-9a-fA-F]'],
  number: ['"-"? magnitude', 'magnitude'],
  magnitude: ['whole ("." [0-9]{1,16})? (("e" | "E") ("+" | "-")? [0-9]{1,3})?', 'whole'],
  integer: ['"-"? whole', 'whole'],
  whole: ['"0" | [1-9] [0-9]{0,15}'],
  boolean: ['"true" | "false"'],
  null: ['"null"'],
  s: ['" "?'],
} as const satisfies Record<string, readonly [string, ...string[]]>;
export type BaseRule = keyof typeof base;

/** A text as it stands in a grammar. */
export const literal = (text: string): string => `"${text.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`).replaceAll('\n', String.raw`\n`)}"`;

/** Repetitions are written out by the engines, one by one: so many in all. */
const maxRepetitions = 2000;

export class GrammarRules {
  readonly #bodies = new Map<string, string>();
  readonly #names = new Map<string, string>();
  #repetitions = 0;
  #count = 0;

  /** The name of a rule of JSON. */
  base(name: BaseRule): string {
    if (!this.#bodies.has(name)) {
      const [body, ...needed] = base[name];
      this.#bodies.set(name, body);
      for (const other of needed) this.base(other as BaseRule);
    }
    return name;
  }

  /** The name of a rule with this body. */
  add(body: string): string {
    const known = this.#names.get(body);
    if (known !== undefined) return known;
    const name = this.reserve();
    this.#names.set(body, name);
    this.#bodies.set(name, body);
    return name;
  }

  /** A name for a rule that is defined later, because it knows itself. */
  reserve(): string {
    return `r${this.#count++}`;
  }

  define(name: string, body: string): void {
    this.#bodies.set(name, body);
  }

  /** How often something may come; undefined where that would be too many to write out, or can't be. */
  times(least: number, most: number | undefined): string | undefined {
    const count = Math.max(least, most ?? 0);
    if (this.#repetitions + count > maxRepetitions || (most ?? count) < least) return undefined;
    this.#repetitions += count;
    return most === undefined ? (least === 0 ? '*' : `{${least},}`) : `{${least},${most}}`;
  }

  /** The whole grammar; undefined where it has more bytes than a job takes. */
  text(root: string, maxBytes: number): string | undefined {
    const text = [`root ::= ${root}`, ...[...this.#bodies].map(([name, body]) => `${name} ::= ${body}`), ''].join('\n');
    return utf8(text).length > maxBytes ? undefined : text;
  }
}
