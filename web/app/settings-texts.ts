/** The words of the settings, apart from the others because they load with it, not with the first screen. */
import {settings} from './english/settings.ts';
import {translated} from './language.ts';

export const settingsTexts = translated('settings', settings);
