/** The words for finding and keeping conversations. They are apart from the others because they load when they are needed; a language has both. */
import {history} from './english/history.ts';

export const historyTexts = history;
