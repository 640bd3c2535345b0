/** Finds given words wherever they stand alone. */
import type {Found, Kind} from './kinds.ts';

/** More than anybody keeps, and few enough to look for at each place. */
const mostWords = 200;
const longestWord = 200;
const escape = (word: string): string => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

export function findWords(text: string, {kind, words, anyCase = false}: {kind: Kind; words: readonly string[]; anyCase?: boolean}): readonly Found[] {
  const usable = [...new Set(words.map((word) => word.trim()))].filter((word) => word.length >= 2 && word.length <= longestWord).slice(0, mostWords);
  if (usable.length === 0) return [];
  const either = usable.toSorted((left, right) => right.length - left.length).map(escape).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${either})(?![\\p{L}\\p{N}])`, anyCase ? 'giu' : 'gu');
  return [...text.matchAll(pattern)].map((match) => ({kind, start: match.index, end: match.index + match[0].length}));
}
