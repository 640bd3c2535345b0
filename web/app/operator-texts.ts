/** The words of the operator's page. They are apart from the others because they load with it, not with the first screen. */
import {operator} from './english/operator.ts';
import {translated} from './language.ts';

export const operatorTexts = translated('operator', operator);
