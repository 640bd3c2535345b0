/** The words for finding and keeping conversations. They are apart from the others because they load when they are needed. */
import {history} from './english/history.ts';
import {translated} from './language.ts';

export const historyTexts = translated('history', history);
