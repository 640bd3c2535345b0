/** The words of the sheet about the models. They are apart from the others because they load with it, not with the first screen. */
import {models} from './english/models.ts';
import {translated} from './language.ts';

export const modelTexts = translated('models', models);
