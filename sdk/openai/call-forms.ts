/** Calls as models write them: `{"name", "arguments"}`, and forms that come near it. */

export interface WrittenCall {
  readonly name: string;
  /** JSON of the arguments. */
  readonly given: string;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON as a value; undefined where it is none. */
export function jsonValue(source: string): {readonly value: unknown} | undefined {
  try {
    return {value: JSON.parse(source) as unknown};
  } catch {
    return undefined;
  }
}

/** `{"name", "arguments" or "parameters"}`, perhaps within `function`, the arguments perhaps as a text of JSON. */
export function callOf(value: unknown): WrittenCall | undefined {
  if (!isFields(value)) return undefined;
  const inner = isFields(value['function']) ? value['function'] : value;
  const name = typeof value['function'] === 'string' ? value['function'] : inner['name'];
  if (typeof name !== 'string') return undefined;
  const said = inner['arguments'] ?? inner['parameters'] ?? {};
  const read = typeof said === 'string' ? (jsonValue(said)?.value ?? said) : said;
  return {name, given: JSON.stringify(read)};
}

/** An answer that is nothing but calls without tags, as Llama's models write them: an object or a list of them, perhaps in a code fence. */
export function bareCalls(text: string, isTool: (name: string) => boolean): readonly WrittenCall[] {
  const value = jsonValue(withoutFence(text))?.value;
  const found = (Array.isArray(value) ? value : [value]).map(callOf);
  const calls = found.filter((call) => call !== undefined && isTool(call.name)) as readonly WrittenCall[];
  return calls.length === found.length ? calls : [];
}

const firstKeys = ['name', 'type', 'function', 'arguments', 'parameters', 'id'].map((key) => `${key}"`);
const fence = '```json';

/** Whether an answer that begins so may become one of `bareCalls`. */
export function mayBeBareCalls(text: string): boolean {
  let rest = text.trimStart();
  if (rest === '' || fence.startsWith(rest)) return true;
  if (rest.startsWith('```')) rest = rest.slice(rest.startsWith(fence) ? fence.length : 3).trimStart();
  for (const opening of ['[', '{', '"']) {
    if (rest === '') return true;
    if (rest.startsWith(opening)) rest = rest.slice(1).trimStart();
    else if (opening !== '[') return false;
  }
  return firstKeys.some((key) => key.startsWith(rest) || rest.startsWith(key));
}

/** Text without the code fence around all of it. */
export function withoutFence(text: string): string {
  const plain = text.trim();
  if (plain.length < 6 || !plain.startsWith('```') || !plain.endsWith('```')) return plain;
  return plain.slice(3, -3).replace(/^\w*\s/, '').trim();
}
