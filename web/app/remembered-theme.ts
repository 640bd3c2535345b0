/** The colour scheme of the last visit, known before the settings are read, so that no screen shows in the other one first. */
import type {SettingsView} from '../state/views.ts';

type Theme = SettingsView['theme'];
const key = 'bombyx-theme';

/** Storage may be closed to the page altogether. */
function attempted<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

export function rememberedTheme(): Theme {
  const kept = attempted(() => localStorage.getItem(key));
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export const rememberTheme = (theme: Theme): void => void attempted(() => (theme === 'auto' ? localStorage.removeItem(key) : localStorage.setItem(key, theme)));
