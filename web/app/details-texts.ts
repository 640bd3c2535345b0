/** The words of an answer's details. They are apart from the others because they load when details are opened. */
import {answerDetails} from './english/details.ts';
import {translated} from './language.ts';

export const detailsTexts = translated('answerDetails', answerDetails);
