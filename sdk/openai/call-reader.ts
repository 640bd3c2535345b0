/** Finds calls of tools in an answer as it comes: JSON between `<tool_call>` and `</tool_call>`, or an answer that is nothing but calls. */
import {randomBytes, toHex} from '#protocol/bytes.ts';
import type {Receipt} from '#protocol/receipt.ts';
import {AnswerFault} from './answer-fault.ts';
import {bareCalls, callOf, jsonValue, mayBeBareCalls, type WrittenCall} from './call-forms.ts';
import {CallScanner} from './call-scanner.ts';
import type {Check} from './json-schema.ts';
import {type OutputPart, type OutputReader, startOfMark} from './output.ts';
import {callOpening} from './tool-words.ts';

export interface CallReaderOptions {
  /** What each tool takes, by its name. */
  readonly tools: ReadonlyMap<string, Check>;
  /** Whether only the first call counts. */
  readonly onlyOne: boolean;
  /** Whether an answer without a call is none. */
  readonly isRequired: boolean;
  /** Whether a call is told when it is whole and checked, rather than as it comes. */
  readonly holds: boolean;
  /** Whether the answer has to be ended from here once nothing more counts. */
  readonly endsEarly: boolean;
  /** Takes what is not a call. */
  readonly text: OutputReader;
}

const fault = (what: string, words: string): AnswerFault => new AnswerFault({code: 'invalid_tool_call', what, words});

export class CallReader implements OutputReader {
  readonly #options: CallReaderOptions;
  #state: 'start' | 'text' | 'call' | 'after' = 'start';
  #held = '';
  #scanner = new CallScanner();
  /** Letters of the arguments that were told; undefined before the call itself was. */
  #told: number | undefined;
  #calls = 0;
  #failure: unknown;

  constructor(options: CallReaderOptions) {
    this.#options = options;
  }

  get isDone(): boolean {
    return this.#options.endsEarly && this.#isFull;
  }

  get #isFull(): boolean {
    return this.#options.onlyOne && this.#calls > 0 && this.#state === 'after';
  }

  push(text: string): readonly OutputPart[] {
    if (this.#failure) throw this.#failure;
    if (this.#isFull) return [];
    this.#held += text;
    if (this.#state === 'start') {
      if (mayBeBareCalls(this.#held)) return [];
      this.#state = 'text';
    }
    const parts: OutputPart[] = [];
    try {
      for (const part of this.#read()) parts.push(part);
    } catch (error) {
      // What came before it in the same piece is told first.
      if (parts.length === 0) throw error;
      this.#failure = error;
    }
    return parts;
  }

  end(reason: Receipt['reason']): readonly OutputPart[] {
    if (this.#failure) throw this.#failure;
    const parts = [...this.#rest(reason)];
    if (this.#options.isRequired && this.#calls === 0 && reason === 'stop') throw fault('it gave an answer without a call', `You must call a tool now: write ${callOpening}, then JSON with its name and arguments.`);
    return this.#calls > 0 || this.#state === 'call' ? parts : [...parts, ...this.#options.text.end(reason)];
  }

  *#rest(reason: Receipt['reason']): Generator<OutputPart, void> {
    const held = this.#held;
    this.#held = '';
    if (this.#state === 'call') return yield* reason === 'length' ? this.#progress(true) : this.#finish();
    if (this.#state === 'after') return;
    const bare = this.#state === 'start' && reason === 'stop' ? bareCalls(held, (name) => this.#options.tools.has(name)) : [];
    for (const call of this.#options.onlyOne ? bare.slice(0, 1) : bare) yield* this.#tell(call);
    if (bare.length === 0 && held !== '') yield* this.#options.text.push(held);
  }

  *#read(): Generator<OutputPart, void> {
    for (;;) {
      if (this.#state === 'call') {
        this.#held = this.#held.slice(this.#scanner.push(this.#held));
        yield* this.#progress(!this.#options.holds);
        if (this.#scanner.state === 'open') return;
        yield* this.#finish();
        if (this.#isFull) return;
      }
      const at = this.#held.indexOf(callOpening);
      // Space before a call is of the call; what follows one was written without knowing what came of it.
      const before = at === -1 ? this.#held.slice(0, this.#held.length - startOfMark(this.#held, callOpening)).trimEnd() : this.#held.slice(0, at).trimEnd();
      if (this.#state === 'text' && before !== '') yield* this.#options.text.push(before);
      this.#held = this.#held.slice(at === -1 ? before.length : at + callOpening.length);
      if (at === -1) return;
      this.#state = 'call';
      this.#scanner = new CallScanner();
      this.#told = undefined;
    }
  }

  /** What is new and certain of the call that comes. */
  *#progress(tells: boolean): Generator<OutputPart, void> {
    const {name, given = ''} = this.#scanner;
    if (!tells || name === undefined) return;
    if (this.#told === undefined) yield this.#begin(name);
    const told = this.#told ?? 0;
    if (given.length > told) yield {is: 'arguments', index: this.#calls, text: given.slice(told)};
    this.#told = given.length;
  }

  #begin(name: string): OutputPart {
    if (!this.#options.tools.has(name)) throw fault('it named a tool that there is not', `There is no tool of that name. There are: ${[...this.#options.tools.keys()].join(', ')}.`);
    this.#told = 0;
    return {is: 'call', index: this.#calls, id: `call_${toHex(randomBytes(12))}`, name};
  }

  *#finish(): Generator<OutputPart, void> {
    const {name, given, text} = this.#scanner;
    const isClear = name !== undefined && given !== undefined && jsonValue(given) !== undefined;
    const call = isClear ? {name, given} : callOf(jsonValue(text)?.value);
    if (!call) throw fault('what it wrote as a call is not JSON with a name and arguments', 'What you wrote as a call is not valid JSON with "name" and "arguments".');
    yield* this.#tell(call);
  }

  *#tell({name, given}: WrittenCall): Generator<OutputPart, void> {
    const begun = this.#told === undefined ? [this.#begin(name)] : [];
    const misfit = this.#options.tools.get(name)?.(jsonValue(given)?.value);
    if (misfit) throw fault(`the arguments of ${name} do not fit ${misfit.rule} of its parameters`, `The arguments of ${name} do not fit its parameters. ${misfit.words}`);
    yield* begun;
    const told = this.#told ?? 0;
    if (given.length > told) yield {is: 'arguments', index: this.#calls, text: given.slice(told)};
    this.#calls += 1;
    this.#told = undefined;
    this.#state = 'after';
  }
}
