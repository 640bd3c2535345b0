/** The words of the operator's page. They are apart from the others because they load with it, not with the first screen; a language has both. */
import {operator} from './english/operator.ts';

export const operatorTexts = operator;
