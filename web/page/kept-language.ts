/**
 * The language choice, where it can be read before the store opens: the first paint must be in the right language, and opening IndexedDB takes
 * longer than that. The store has it too, with the other choices, and what the store says counts.
 */
import {type LanguageChoice, readLanguageChoice} from '../state/language.ts';

const key = 'language';

/** Without storage the browser's language is as good a guess as any. */
export function keptLanguage(): LanguageChoice {
  try {
    return readLanguageChoice(localStorage.getItem(key));
  } catch {
    return 'auto';
  }
}

export function keepLanguage(language: LanguageChoice): void {
  try {
    if (language === 'auto') localStorage.removeItem(key);
    else localStorage.setItem(key, language);
  } catch {
    // The next visit begins in the browser's language, then.
  }
}
