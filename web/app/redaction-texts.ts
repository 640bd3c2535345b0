/** The words of hiding personal details. They are apart from the others because they load when they are needed; a language has both. */
import {redaction} from './english/redaction.ts';

export const redactionTexts = redaction;
