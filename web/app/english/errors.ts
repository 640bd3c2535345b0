/** English: what a person reads when something failed. The protocol has these sentences, for its logs too. */
import {type ErrorCode, errorTable} from '#protocol/errors.ts';

export const errors = Object.fromEntries(Object.entries(errorTable).map(([code, {sentence}]) => [code, sentence])) as Record<ErrorCode, string>;
