/** The words of the page about sharing, apart from the others because they load with it, not with the first screen. */
import {share} from './english/share.ts';
import {translated} from './language.ts';

export const shareTexts = translated('share', share);
