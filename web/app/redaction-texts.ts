/** The words of hiding personal details. They are apart from the others because they load when they are needed. */
import {redaction} from './english/redaction.ts';
import {translated} from './language.ts';

export const redactionTexts = translated('redaction', redaction);
