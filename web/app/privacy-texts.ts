/** The words of the page about who can see what, apart from the others because they load with it, not with the first screen. */
import {privacy} from './english/privacy.ts';
import {translated} from './language.ts';

export const privacyTexts = translated('privacy', privacy);
