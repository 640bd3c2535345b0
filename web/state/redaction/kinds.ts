/** What kinds of personal details are looked for, and where one was found. */

export const kinds = ['term', 'secret', 'link', 'email', 'iban', 'card', 'birth', 'ip', 'address', 'phone', 'name'] as const;
/** `term`: of the person's own list; `secret`: a long token; `link`: one with a password or token in it. */
export type Kind = (typeof kinds)[number];

/** From `start` to before `end`, in UTF-16 units of its text. */
export interface Found {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

/** Looks through a text. Its time grows with the length of the text and no faster. */
export type Detector = (text: string) => readonly Found[];

/**
 * All matches of a pattern that are right.
 * @param pattern global, with bounded repetitions only, so that no text can make it slow
 * @param rightly the part of the match that counts, from its start; 0 where it is none
 */
export function matches(text: string, {kind, pattern, rightly = (match) => match[0].length}: {kind: Kind; pattern: RegExp; rightly?: (match: RegExpExecArray) => number}): Found[] {
  const found: Found[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0] === '') pattern.lastIndex += 1;
    const length = rightly(match);
    if (length > 0) found.push({kind, start: match.index, end: match.index + length});
  }
  return found;
}

/** As `matches`, where what counts is the group named `it`, after a cue. */
export function cued(text: string, {kind, pattern, isRight = () => true}: {kind: Kind; pattern: RegExp; isRight?: (it: string) => boolean}): Found[] {
  const found: Found[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const it = match.groups?.['it'] ?? '';
    // What follows the cue is the end of the match, so its place is known without asking for indices, which is slow.
    const end = match.index + match[0].length;
    if (it !== '' && isRight(it)) found.push({kind, start: end - it.length, end});
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return found;
}
