/** Puts placeholders in the place of personal details of a conversation, and the details back into what comes of it. */
import {findPersonal, type Wishes} from './find.ts';
import type {Found, Kind} from './kinds.ts';
import {partsOf} from './names.ts';
import {findWords} from './words.ts';

/** How a kind is called in a placeholder: the model reads it, so it is one word that says what stood there. */
const labels: Readonly<Record<Kind, string>> = {
  term: 'hidden', secret: 'secret', link: 'link', email: 'email', iban: 'account', card: 'card', birth: 'date', ip: 'ip', address: 'address', phone: 'phone', name: 'name',
};
const label = [...new Set(Object.values(labels))].join('|');
/** As it was sent, or as Markdown escapes it. */
const placeholder = new RegExp(`\\\\\\[(?:${label})-\\d{1,5}\\\\\\]|\\[(?:${label})-\\d{1,5}\\]`, 'gi');
/** Longer than any placeholder. */
const longest = 24;
/** What may yet become one. */
const beginning = new RegExp(`\\\\?\\[?[a-z]{0,10}-?\\d{0,5}\\\\?$`, 'i');

export interface Covered {
  /** In the order of the texts, each with placeholders. */
  readonly texts: readonly string[];
  /** What was hidden in each, as places in the original. */
  readonly hidden: readonly (readonly Found[])[];
  /** What each placeholder stands for. */
  readonly meaning: ReadonlyMap<string, string>;
}

/** Covers the texts of one conversation: the same detail has the same placeholder in all of them. Numbers follow the order of appearance, so a conversation that goes on keeps those it has. */
export function cover(texts: readonly string[], wishes: Wishes): Covered {
  const names = new Set<string>();
  for (const text of texts) {
    for (const {kind, start, end} of findPersonal(text, wishes)) {
      if (kind !== 'name') continue;
      const whole = text.slice(start, end);
      for (const each of [whole, ...partsOf(whole)]) names.add(each);
    }
  }
  const known = [...names];
  const hidden = texts.map((text) => findPersonal(text, wishes, (searched) => findWords(searched, {kind: 'name', words: known})));
  // What looks like a placeholder already keeps its number to itself, so that it is not taken for one of ours.
  const taken = new Set(texts.flatMap((text) => [...text.matchAll(placeholder)].map(([found]) => plain(found))));
  const placeholders = new Map<string, string>();
  const meaning = new Map<string, string>();
  const counts = new Map<string, number>();
  const nameFor = (kind: Kind, value: string): string => {
    const before = placeholders.get(value);
    if (before !== undefined) return before;
    let fresh: string;
    do {
      const count = (counts.get(labels[kind]) ?? 0) + 1;
      counts.set(labels[kind], count);
      fresh = `[${labels[kind]}-${count}]`;
    } while (taken.has(fresh));
    placeholders.set(value, fresh);
    meaning.set(fresh, value);
    return fresh;
  };
  return {texts: texts.map((text, index) => replaced(text, {found: hidden[index] ?? [], nameFor})), hidden, meaning};
}

function replaced(text: string, {found, nameFor}: {found: readonly Found[]; nameFor(kind: Kind, value: string): string}): string {
  let covered = '';
  let from = 0;
  for (const {kind, start, end} of found) {
    covered += text.slice(from, start) + nameFor(kind, text.slice(start, end));
    from = end;
  }
  return covered + text.slice(from);
}

const plain = (found: string): string => found.replaceAll('\\', '').toLowerCase();

/** The details back in their places. */
export const restore = (text: string, meaning: ReadonlyMap<string, string>): string => text.replace(placeholder, (found) => meaning.get(plain(found)) ?? found);

/** Restores a text that comes in pieces; a placeholder may be cut anywhere. */
export class Restorer {
  readonly #meaning: ReadonlyMap<string, string>;
  #held = '';

  constructor(meaning: ReadonlyMap<string, string>) {
    this.#meaning = meaning;
  }

  /** What can be shown after this piece; what may be the beginning of a placeholder waits for the next. */
  next(piece: string): string {
    const text = this.#held + piece;
    const tail = text.slice(-longest);
    const bracket = tail.lastIndexOf('[');
    const start = bracket < 0 ? (tail.endsWith('\\') ? tail.length - 1 : tail.length) : tail[bracket - 1] === '\\' ? bracket - 1 : bracket;
    const waits = start < tail.length && beginning.exec(tail.slice(start))?.index === 0;
    const cut = text.length - (waits ? tail.length - start : 0);
    this.#held = text.slice(cut);
    return restore(text.slice(0, cut), this.#meaning);
  }

  /** What still waited, when no piece follows. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return restore(rest, this.#meaning);
  }
}
