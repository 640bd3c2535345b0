/** Reads a table of an answer: a line of heads, a line of dashes that says how columns are aligned, and a line for each row. */
import {parseInline, type Inline} from './markdown-inline.ts';

export interface Table {
  readonly is: 'table';
  readonly align: readonly ('start' | 'center' | 'end')[];
  readonly head: readonly (readonly Inline[])[];
  /** Each as long as the head. */
  readonly rows: readonly (readonly (readonly Inline[])[])[];
}

const mostColumns = 64;
const dashes = /^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** The cells of a line; a bar behind a backslash, or inside code, belongs to its cell. */
function cellsOf(line: string): string[] {
  const cells: string[] = [''];
  let inCode = false;
  const body = line.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
  for (let at = 0; at < body.length; at += 1) {
    const sign = body.charAt(at);
    const isBar = sign === '|' && !inCode;
    if (sign === '`') inCode = !inCode;
    if (isBar) cells.push('');
    else if (sign === '\\' && body[at + 1] === '|') {
      cells[cells.length - 1] += '|';
      at += 1;
    } else cells[cells.length - 1] += sign;
  }
  return cells.map((cell) => cell.trim());
}

const alignOf = (cell: string): Table['align'][number] => (cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'end') : 'start');

/** The table that begins at line `from`; undefined where none does. */
export function readTable(lines: readonly string[], from: number): Table | undefined {
  const first = lines[from] ?? '';
  const second = lines[from + 1] ?? '';
  if (!first.includes('|') || second.length > 4096 || !dashes.test(second)) return undefined;
  const [head, marks] = [cellsOf(first), cellsOf(second)];
  if (head.length !== marks.length || head.length > mostColumns) return undefined;
  const rows: Inline[][][] = [];
  for (let at = from + 2; at < lines.length && (lines[at] ?? '').includes('|'); at += 1) {
    const cells = cellsOf(lines[at] ?? '');
    rows.push(head.map((_, column) => parseInline(cells[column] ?? '')));
  }
  return {is: 'table', align: marks.map(alignOf), head: head.map(parseInline), rows};
}
