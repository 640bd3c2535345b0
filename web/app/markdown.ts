/** Reads the small part of Markdown that answers use into a tree; anything else, HTML and images included, stays plain text. */
import {parseInline, type Inline} from './markdown-inline.ts';
import {readTable, type Table} from './markdown-table.ts';

export type Block =
  | {readonly is: 'paragraph'; readonly content: readonly Inline[]}
  | {readonly is: 'heading'; /** 1..6 */ readonly level: number; readonly content: readonly Inline[]}
  | {readonly is: 'code'; readonly language: string; readonly text: string}
  | {readonly is: 'list'; /** Number of the first item; undefined for bullets. */ readonly start: number | undefined; readonly items: readonly (readonly Block[])[]}
  | {readonly is: 'quote'; readonly content: readonly Block[]}
  /** In TeX, on lines of its own. */
  | {readonly is: 'math'; readonly text: string}
  | Table
  | {readonly is: 'rule'};

/** Deeper nesting than this is shown as text, so that hostile input can't exhaust the stack. */
const deepest = 6;

const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)[^`]*$/;
const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const rule = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const item = /^( {0,3})([-*+]|\d{1,9}[.)])(\s+)(?=\S)/;
const quote = /^ {0,3}> ?/;
const mathOpens = /^ {0,3}(\$\$|\\\[)(.*)$/;
const blank = /^\s*$/;

/** Where to read: these lines, from this one, inside so many lists and quotes. */
interface Spot {
  readonly lines: readonly string[];
  readonly from: number;
  readonly depth: number;
}

/** One block that was read, and the line after it. */
interface Step {
  readonly block: Block;
  readonly next: number;
}

function readCode({lines, from}: Spot): Step | undefined {
  const [, marks, language] = fence.exec(lines[from] ?? '') ?? [];
  if (marks === undefined) return undefined;
  const closes = (line: string): boolean => line.trim().length >= marks.length && line.trim() === marks.charAt(0).repeat(line.trim().length);
  let next = from + 1;
  while (next < lines.length && !closes(lines[next] ?? '')) next += 1;
  return {block: {is: 'code', language: language ?? '', text: lines.slice(from + 1, next).join('\n')}, next: next + 1};
}

function readHeading({lines, from}: Spot): Step | undefined {
  const [, marks, text] = heading.exec(lines[from] ?? '') ?? [];
  if (marks === undefined) return undefined;
  return {block: {is: 'heading', level: marks.length, content: parseInline(text ?? '')}, next: from + 1};
}

/** Between lines of `$$`, or `\\[` and `\\]`; one that is still open goes to the end. */
function readMath({lines, from}: Spot): Step | undefined {
  const [, open = '', first = ''] = mathOpens.exec(lines[from] ?? '') ?? [];
  if (open === '') return undefined;
  const close = open === '$$' ? '$$' : '\\]';
  let next = from;
  const body: string[] = [];
  for (let line: string | undefined = first; line !== undefined; line = lines[next]) {
    next += 1;
    const end = line.indexOf(close);
    // Something behind it: then it is part of a sentence.
    if (end >= 0 && !blank.test(line.slice(end + close.length))) return undefined;
    body.push(end < 0 ? line : line.slice(0, end));
    if (end >= 0) break;
  }
  return {block: {is: 'math', text: body.join('\n').trim()}, next};
}

function readTableHere({lines, from}: Spot): Step | undefined {
  const table = readTable(lines, from);
  return table && {block: table, next: from + 2 + table.rows.length};
}

const readRule = ({lines, from}: Spot): Step | undefined =>
  rule.test(lines[from] ?? '') ? {block: {is: 'rule'}, next: from + 1} : undefined;

function readQuote({lines, from, depth}: Spot): Step | undefined {
  if (depth >= deepest) return undefined;
  let next = from;
  while (next < lines.length && quote.test(lines[next] ?? '')) next += 1;
  if (next === from) return undefined;
  return {block: {is: 'quote', content: readBlocks(lines.slice(from, next).map((line) => line.replace(quote, '')), depth + 1)}, next};
}

const isOrdered = (mark: string): boolean => /\d/.test(mark);
const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The lines of one item: indented ones, and unindented ones that go on right after it. */
function readItem({lines, from}: Spot, indent: number): {readonly body: string[]; readonly next: number} {
  const body = [(lines[from] ?? '').slice(indent)];
  let next = from + 1;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (blank.test(line)) {
      if (indentOf(lines[next + 1] ?? '') < 2) break;
    } else if (indentOf(line) < 2 && (item.test(line) || startsBlock(line) || blank.test(lines[next - 1] ?? ''))) {
      break;
    }
    body.push(line.slice(Math.min(indent, indentOf(line))));
  }
  return {body, next};
}

function readList({lines, from, depth}: Spot): Step | undefined {
  const first = item.exec(lines[from] ?? '');
  if (first === null || depth >= deepest) return undefined;
  const mark = first[2] ?? '';
  const items: Block[][] = [];
  let next = from;
  while (next < lines.length) {
    const here = item.exec(lines[next] ?? '');
    if (here === null || isOrdered(here[2] ?? '') !== isOrdered(mark) || rule.test(lines[next] ?? '')) break;
    const read = readItem({lines, from: next, depth}, here[0].length);
    items.push(readBlocks(read.body, depth + 1));
    next = read.next;
    // A blank line between two items of one list.
    if (blank.test(lines[next] ?? 'end') && item.test(lines[next + 1] ?? '')) next += 1;
  }
  return {block: {is: 'list', start: isOrdered(mark) ? Number.parseInt(mark, 10) : undefined, items}, next};
}

const startsBlock = (line: string): boolean => fence.test(line) || heading.test(line) || rule.test(line) || quote.test(line);

function readParagraph({lines, from}: Spot): Step {
  let next = from + 1;
  while (next < lines.length) {
    const line = lines[next] ?? '';
    if (blank.test(line) || startsBlock(line) || item.test(line) || mathOpens.test(line) || readTable(lines, next)) break;
    next += 1;
  }
  return {block: {is: 'paragraph', content: parseInline(lines.slice(from, next).join('\n').trim())}, next};
}

function readBlocks(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if (blank.test(lines[at] ?? '')) {
      at += 1;
      continue;
    }
    const spot: Spot = {lines, from: at, depth};
    const step = readCode(spot) ?? readHeading(spot) ?? readMath(spot) ?? readTableHere(spot) ?? readRule(spot) ?? readQuote(spot) ?? readList(spot) ?? readParagraph(spot);
    blocks.push(step.block);
    at = step.next;
  }
  return blocks;
}

/** The tree of a text; never throws, also not for a text that is cut anywhere. */
export const parseMarkdown = (text: string): Block[] => readBlocks(text.replace(/\r\n?/g, '\n').split('\n'), 0);

const plainInline = (content: readonly Inline[]): string =>
  content.map((part) => ('text' in part ? part.text : plainInline(part.content))).join('');

function plainBlock(block: Block): string {
  switch (block.is) {
    case 'paragraph':
    case 'heading':
      return plainInline(block.content);
    case 'code':
    case 'math':
      return block.text;
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(plainInline).join(', ')).join('\n');
    case 'list':
      return block.items.map((blocks) => blocks.map(plainBlock).join('\n')).join('\n');
    case 'quote':
      return block.content.map(plainBlock).join('\n');
    case 'rule':
      return '';
  }
}

/** The words without the marks, for a screen reader to say. */
export const plainText = (text: string): string => parseMarkdown(text).map(plainBlock).filter((part) => part !== '').join('\n');
