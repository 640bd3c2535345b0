/** Reads bold, italics, struck text, code, mathematics and links inside one line of Markdown; a mark without its partner stays text. */

export type Inline =
  | {readonly is: 'text'; readonly text: string}
  | {readonly is: 'code'; readonly text: string}
  /** In TeX. */
  | {readonly is: 'math'; readonly text: string}
  | {readonly is: 'strong' | 'em' | 'struck'; readonly content: readonly Inline[]}
  | {readonly is: 'link'; /** Always http or https. */ readonly href: string; readonly content: readonly Inline[]};

/** How far a mark looks for its partner: keeps hostile input from taking quadratic time. */
const reach = 2000;
const deepest = 5;

/** Where to read: this text, from this character, inside so many marks. */
interface Spot {
  readonly text: string;
  readonly from: number;
  readonly depth: number;
}

interface Step {
  readonly part: Inline;
  readonly next: number;
}

const isSpace = (character: string | undefined): boolean => character === undefined || /\s/.test(character);
const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Where `mark` comes next, at most `reach` further; -1 when it does not. */
const find = (mark: string, {text, from}: Pick<Spot, 'text' | 'from'>): number => {
  const at = text.slice(from, from + reach).indexOf(mark);
  return at < 0 ? -1 : from + at;
};

function readCode({text, from}: Spot): Step | undefined {
  const marks = /^`+/.exec(text.slice(from, from + reach))?.[0] ?? '';
  const inside = from + marks.length;
  let end = find(marks, {text, from: inside});
  // The closing run must be exactly as long as the opening one.
  while (end >= 0 && text[end + marks.length] === '`') {
    let over = end;
    while (text[over] === '`') over += 1;
    end = over - from > reach ? -1 : find(marks, {text, from: over});
  }
  if (end < 0) return undefined;
  const content = text.slice(inside, end);
  const trimmed = content.startsWith(' ') && content.endsWith(' ') && content.trim() !== '' ? content.slice(1, -1) : content;
  return {part: {is: 'code', text: trimmed}, next: end + marks.length};
}

/** Whether the mark at `from` can close: it follows a word, and an underscore does not stand inside one. */
function closesAt(mark: string, {text, from: end}: Pick<Spot, 'text' | 'from'>): boolean {
  if (isSpace(text[end - 1])) return false;
  const after = text[end + mark.length];
  if (mark.length === 1 && after === mark) return false;
  return !mark.startsWith('_') || !isWord(after);
}

function readEmphasis({text, from, depth}: Spot): Step | undefined {
  const sign = text.charAt(from);
  const mark = text[from + 1] === sign ? sign + sign : sign;
  const inside = from + mark.length;
  if (isSpace(text[inside]) || (sign === '_' && isWord(text[from - 1]))) return undefined;
  let end = find(mark, {text, from: inside + 1});
  while (end >= 0 && end - from < reach && !closesAt(mark, {text, from: end})) {
    end = find(mark, {text, from: end + (mark.length === 1 && text[end + 1] === mark ? 2 : 1)});
  }
  if (end < 0 || end - from >= reach) return undefined;
  // "***" at the end closes the inner pair first.
  if (mark.length === 2 && text[end + 2] === sign) end += 1;
  return {part: {is: mark.length === 2 ? 'strong' : 'em', content: read(text.slice(inside, end), depth + 1)}, next: end + mark.length};
}

function readStruck({text, from, depth}: Spot): Step | undefined {
  const end = text.startsWith('~~', from) ? find('~~', {text, from: from + 3}) : -1;
  if (end < 0 || isSpace(text[from + 2]) || isSpace(text[end - 1])) return undefined;
  return {part: {is: 'struck', content: read(text.slice(from + 2, end), depth + 1)}, next: end + 2};
}

/** Mathematics between dollars, or `\\(` and `\\)`; sums of money in one sentence are not: no space inside, no digit behind. */
function readMath({text, from}: Spot): Step | undefined {
  const [open, close] = text[from] === '$' ? (text[from + 1] === '$' ? ['$$', '$$'] : ['$', '$']) : ['\\(', '\\)'];
  const inside = from + open.length;
  const end = text.startsWith(open, from) ? find(close, {text, from: inside + 1}) : -1;
  const tex = text.slice(inside, end);
  if (end < 0 || tex.includes('\n\n')) return undefined;
  if (open === '$' && (isSpace(tex[0]) || isSpace(tex.at(-1)) || /\d/.test(text[end + 1] ?? ''))) return undefined;
  return {part: {is: 'math', text: tex.trim()}, next: end + close.length};
}

/** The address when it is one that may become a link. */
function safeAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

function readLink({text, from, depth}: Spot): Step | undefined {
  const middle = find('](', {text, from: from + 1});
  if (middle < 0) return undefined;
  const end = find(')', {text, from: middle + 2});
  if (end < 0) return undefined;
  const [address] = text.slice(middle + 2, end).trim().split(/\s/, 1);
  const href = safeAddress(address ?? '');
  const label = text.slice(from + 1, middle);
  if (href === undefined || label.includes('\n\n')) return undefined;
  return {part: {is: 'link', href, content: read(label === '' ? href : label, depth + 1)}, next: end + 1};
}

function readMark(spot: Spot): Step | undefined {
  const {text, from: at, depth} = spot;
  switch (text[at]) {
    case '$':
      return readMath(spot);
    case '~':
      return depth < deepest ? readStruck(spot) : undefined;
    case '\\':
      if (text[at + 1] === '(') return readMath(spot) ?? {part: {is: 'text', text: '('}, next: at + 2};
      return /[!-/:-@[-`{-~]/.test(text[at + 1] ?? '') ? {part: {is: 'text', text: text.charAt(at + 1)}, next: at + 2} : undefined;
    case '`':
      return readCode(spot);
    case '*':
    case '_':
      return depth < deepest ? readEmphasis(spot) : undefined;
    case '!':
      // An image becomes a link to it: nothing is ever loaded because an answer says so.
      return text[at + 1] === '[' && depth < deepest ? readLink({text, from: at + 1, depth}) : undefined;
    case '[':
      return depth < deepest ? readLink(spot) : undefined;
    default:
      return undefined;
  }
}

/** The run of equal signs at `at`, so that a failed mark is not tried again sign by sign. */
function runLength(text: string, at: number): number {
  const sign = text[at];
  if (sign === undefined || !'`*_~$'.includes(sign)) return 1;
  let end = at;
  while (text[end] === sign) end += 1;
  return end - at;
}

function read(text: string, depth: number): Inline[] {
  const parts: Inline[] = [];
  const add = (part: Inline): void => {
    const last = parts.at(-1);
    if (part.is === 'text' && last?.is === 'text') parts[parts.length - 1] = {is: 'text', text: last.text + part.text};
    else parts.push(part);
  };
  let at = 0;
  while (at < text.length) {
    const step = readMark({text, from: at, depth});
    if (step !== undefined) {
      add(step.part);
      at = step.next;
      continue;
    }
    const from = at;
    at += runLength(text, at);
    while (at < text.length && !'\\`*_![$~'.includes(text.charAt(at))) at += 1;
    add({is: 'text', text: text.slice(from, at)});
  }
  return parts;
}

/** The parts of a line. */
export const parseInline = (text: string): Inline[] => read(text, 0);
