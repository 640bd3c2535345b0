/** Finds words in all conversations, whatever their case and accents, and shows where they stand. Pure; a scan is faster than an index is built. */
import type {Conversation, Turn} from './views.ts';

/** A stretch of text that is part of what was looked for, or not. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

export interface SearchResult {
  readonly conversation: Conversation;
  /** The message that has the words; undefined where it is the title that has them. */
  readonly turn: Turn | undefined;
  readonly title: readonly Piece[];
  readonly snippet: readonly Piece[];
}

/** More messages of one conversation would push the others out of sight. */
const perConversation = 3;
const maxResults = 50;
/** Characters of a snippet before and after the first match. */
const before = 40;
const after = 120;

const lower = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ς', 'σ');
const isPlain = (text: string): boolean => /^[\p{ASCII}]*$/u.test(text);
/** Without case and accents. */
export const fold = (text: string): string => (isPlain(text) ? text.toLowerCase() : lower(text));

/** Turns never change; those that were searched once need not be folded again at the next letter. */
const folded = new WeakMap<Turn, string>();

function foldedTurn(turn: Turn): string {
  const known = folded.get(turn);
  if (known !== undefined) return known;
  const text = fold(turn.text);
  folded.set(turn, text);
  return text;
}

/** The words of a query; each has to be there. */
export const wordsOf = (query: string): readonly string[] => [...new Set(fold(query).split(/\s+/).filter((word) => word !== ''))];

/** Messages of any branch, newest conversation first, and conversations by their title. */
export function searchHistory(conversations: readonly Conversation[], query: string): readonly SearchResult[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const has = (text: string) => words.every((word) => text.includes(word));
  const found: SearchResult[] = [];
  for (const conversation of conversations.toSorted((left, right) => right.updated - left.updated)) {
    if (found.length >= maxResults) break;
    const turns = conversation.turns.filter((turn) => has(foldedTurn(turn))).slice(-perConversation).toReversed();
    const isTitled = turns.length === 0 && conversation.turns.length > 0 && has(fold(conversation.title));
    if (turns.length === 0 && !isTitled) continue;
    const title = mark(conversation.title, words);
    if (isTitled) found.push({conversation, turn: undefined, title, snippet: []});
    found.push(...turns.map((turn) => ({conversation, turn, title, snippet: snippetOf(turn.text, words)})));
  }
  return found.slice(0, maxResults);
}

/** The text around the first of the words. */
export function snippetOf(text: string, words: readonly string[]): readonly Piece[] {
  const whole = fold(text);
  const first = Math.min(...words.map((word) => whole.indexOf(word)).filter((at) => at >= 0));
  const at = Number.isFinite(first) ? sourceIndex(text, first) : 0;
  const from = at <= before ? 0 : at - before;
  const to = at + after;
  // Half of a pair of surrogates is no character.
  const window = text.slice(from, to).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '').replace(/\s+/g, ' ').trim();
  return mark(`${from > 0 ? '…' : ''}${window}${to < text.length ? '…' : ''}`, words);
}

/** Where in a text the place of its folded form is. */
function sourceIndex(text: string, place: number): number {
  if (isPlain(text)) return place;
  let length = 0;
  let index = 0;
  for (const character of text) {
    if (length >= place) break;
    length += lower(character).length;
    index += character.length;
  }
  return index;
}

/** A text in pieces, with all that was looked for marked. */
export function mark(text: string, words: readonly string[]): readonly Piece[] {
  const {line, starts, ends} = mapped(text);
  const isMarked = new Uint8Array(text.length);
  for (const word of words) {
    for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
      isMarked.fill(1, starts[at] ?? 0, ends[at + word.length - 1] ?? 0);
    }
  }
  const pieces: Piece[] = [];
  for (let from = 0; from < text.length; ) {
    const next = isMarked.indexOf(isMarked[from] === 1 ? 0 : 1, from);
    const to = next < 0 ? text.length : next;
    pieces.push({text: text.slice(from, to), marked: isMarked[from] === 1});
    from = to;
  }
  return pieces;
}

/** The folded form, and for each of its characters where what it came from starts and ends. */
function mapped(text: string): {readonly line: string; readonly starts: readonly number[]; readonly ends: readonly number[]} {
  let line = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let index = 0;
  for (const character of text) {
    const plain = lower(character);
    line += plain;
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(index);
      ends.push(index + character.length);
    }
    index += character.length;
    // An accent of its own belongs to the letter before it.
    if (plain === '' && ends.length > 0) ends[ends.length - 1] = index;
  }
  return {line, starts, ends};
}
