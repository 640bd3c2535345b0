/** The words of an answer's details. They are apart from the others because they load when details are opened; a language has both. */
import {answerDetails} from './english/details.ts';

export const detailsTexts = answerDetails;
