/** The words of the sheet about the models. They are apart from the others because they load with it, not with the first screen; a language has both. */
import {models} from './english/models.ts';

export const modelTexts = models;
