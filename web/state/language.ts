/** The languages of the app, and which of them a person gets. */

export const languages = ['en', 'ru', 'es'] as const;
export type Language = (typeof languages)[number];

/** What a person chose: one language, or whatever the browser asks for. */
export type LanguageChoice = 'auto' | Language;

const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/** What was kept of a choice; anything else is the browser's. */
export const readLanguageChoice = (kept: unknown): LanguageChoice => (isLanguage(kept) ? kept : 'auto');

/** The first that we speak of those that the browser asks for (`ru-RU`, `es-419`), in its order; else English. */
export function languageFor(choice: LanguageChoice, asked: readonly string[]): Language {
  if (choice !== 'auto') return choice;
  return asked.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}
