/**
 * The language that the app speaks now. Each section of texts keeps its identity while its contents are replaced, so that whoever holds a section,
 * or a group of it, reads the new language at the next render. English comes with the page and beside its lazy pages; another language is one chunk
 * with all its sections, loaded when it is wanted.
 */
import {NetworkError} from '#protocol/errors.ts';
import type {Language} from '../state/language.ts';
import {store, type Readable} from '../state/store.ts';
import type {Sections} from './sections.ts';

type Group = Record<string, unknown>;
interface Shown {
  readonly english: object;
  readonly shown: object;
}

const others: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Sections>>> = {
  ru: async () => (await import('./russian/russian.ts')).russian,
  es: async () => (await import('./spanish/spanish.ts')).spanish,
};

const now = store<{readonly language: Language}>({language: 'en'});
/** To be watched by what has to render anew. */
export const spoken: Readable<{readonly language: Language}> = now;

const shownSections = new Map<keyof Sections, Shown>();
let dictionary: Sections | undefined;
let wanted: Language = 'en';

/** A section as the app reads it. Every accessor file passes its English through here, whenever it loads. */
export function translated<Name extends keyof Sections>(name: Name, english: Sections[Name]): Sections[Name] {
  const shown = copyOf(english);
  shownSections.set(name, {english, shown});
  if (dictionary) pour(shown, dictionary[name]);
  return shown;
}

/** Has all texts in this language from now on; of two calls the later one wins. Rejects with `offline` when its chunk does not come; nothing has changed then. */
export async function speak(language: Language): Promise<void> {
  wanted = language;
  const loaded = language === 'en' ? undefined : await load(language);
  if (wanted !== language) return;
  dictionary = loaded;
  for (const [name, {english, shown}] of shownSections) pour(shown, loaded?.[name] ?? english);
  now.set({language});
}

async function load(language: Exclude<Language, 'en'>): Promise<Sections> {
  try {
    return await others[language]();
  } catch (cause) {
    wanted = now.get().language;
    throw new NetworkError('offline', `the texts in ${language} did not come`, {cause});
  }
}

const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value);

function copyOf<T extends object>(group: T): T {
  return Object.fromEntries(Object.entries(group).map(([key, value]) => [key, isGroup(value) ? copyOf(value) : value])) as T;
}

/** Groups inside keep their identity too. */
function pour(into: object, from: object): void {
  const target = into as Group;
  for (const [key, value] of Object.entries(from)) {
    const held = target[key];
    if (isGroup(value) && isGroup(held)) pour(held, value);
    else target[key] = value;
  }
}
