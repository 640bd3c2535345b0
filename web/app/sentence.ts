/** The sentence that a person reads for anything that was thrown, in the language of the app. */
import {codeOf} from '#protocol/errors.ts';
import {texts} from './texts.ts';

export const sentenceOf = (error: unknown): string => texts.errors[codeOf(error)];
