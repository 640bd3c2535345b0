/** The words of the page about who can see what. They are apart from the others because they load with it, not with the first screen. */
import {privacy} from './english/privacy.ts';

export const privacyTexts = privacy;
