/** Reads the JSON of one call as it comes, letter by letter, so that its arguments can be told while they are written. */

/** What is certain of a call so far. */
export interface ScannedCall {
  /** Undefined until it has come. */
  readonly name: string | undefined;
  /** JSON of the arguments, as far as it has come; undefined where there are none, or none that is an object. */
  readonly given: string | undefined;
  readonly state: 'open' | 'whole' | 'broken';
  /** All letters, for what is called in another form. */
  readonly text: string;
}

const isSpace = (letter: string): boolean => letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t';
const names = new Set(['name']);
const argumentNames = new Set(['arguments', 'parameters']);

/** Where one value ends. */
class Span {
  text = '';
  #depth = 0;
  #inText = false;
  #isEscaped = false;

  /** Whether the value is at its end: with this letter, or before it (a number has no end of its own). */
  push(letter: string): 'within' | 'last' | 'behind' {
    if (this.#inText) {
      this.text += letter;
      if (this.#isEscaped) this.#isEscaped = false;
      else if (letter === '\\') this.#isEscaped = true;
      else if (letter === '"') this.#inText = false;
      return !this.#inText && this.#depth === 0 ? 'last' : 'within';
    }
    if (this.#depth === 0 && this.text !== '' && (letter === ',' || letter === '}' || isSpace(letter))) return 'behind';
    this.text += letter;
    if (letter === '"') this.#inText = true;
    if (letter === '{' || letter === '[') this.#depth += 1;
    if (letter !== '}' && letter !== ']') return 'within';
    this.#depth -= 1;
    return this.#depth <= 0 ? 'last' : 'within';
  }
}

export class CallScanner implements ScannedCall {
  name: string | undefined;
  state: ScannedCall['state'] = 'open';
  text = '';
  #step: 'object' | 'key' | 'colon' | 'value' | 'after' = 'object';
  #key = '';
  #span = new Span();
  #given: Span | undefined;

  get given(): string | undefined {
    return this.#given?.text.startsWith('{') ? this.#given.text : undefined;
  }

  /** Takes letters up to the end of the object; gives how many it took. */
  push(text: string): number {
    let taken = 0;
    while (taken < text.length && this.state === 'open') {
      const letter = text[taken] ?? '';
      if (!this.#read(letter)) continue;
      this.text += letter;
      taken += 1;
    }
    return taken;
  }

  /** Whether the letter was taken; it is read anew where not. */
  #read(letter: string): boolean {
    if (this.#step === 'value') return this.#value(letter);
    if (this.#step === 'key' && this.#span.text !== '') return this.#keyLetter(letter);
    if (isSpace(letter)) return true;
    switch (this.#step) {
      case 'object':
        return this.#go(letter === '{', 'key');
      case 'key':
        if (letter === '}') this.state = 'whole';
        else if (letter === '"') this.#span.push(letter);
        else this.state = 'broken';
        return true;
      case 'colon':
        return this.#go(letter === ':', 'value');
      default:
        if (letter === '}') this.state = 'whole';
        else this.#go(letter === ',', 'key');
        return true;
    }
  }

  #go(isRight: boolean, next: 'key' | 'value'): boolean {
    if (!isRight) this.state = 'broken';
    this.#step = next;
    return true;
  }

  #keyLetter(letter: string): boolean {
    if (this.#span.push(letter) !== 'last') return true;
    this.#key = textOf(this.#span.text) ?? '';
    this.#span = new Span();
    this.#step = 'colon';
    return true;
  }

  #value(letter: string): boolean {
    if (this.#span.text === '') {
      if (isSpace(letter)) return true;
      if (argumentNames.has(this.#key)) {
        // A second one would make two values of what was told as one.
        if (this.#given) this.state = 'broken';
        this.#given ??= this.#span;
      }
    }
    const end = this.#span.push(letter);
    if (end === 'within') return true;
    if (names.has(this.#key)) this.name ??= textOf(this.#span.text);
    this.#span = new Span();
    this.#step = 'after';
    return end === 'last';
  }
}

/** The text that a piece of JSON is; undefined where it is none. */
function textOf(source: string): string | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
