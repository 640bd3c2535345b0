/** How English counts: the plural forms and the numbers of the texts. */
import {pluralsOf} from '../plural.ts';

/** "1 job", "14 jobs": the form that the language's rules pick for the number. */
export const {plural} = pluralsOf<'one'>('en');

export const computers = (count: number): string => plural(count, {one: 'computer', other: 'computers'});
export const jobs = (count: number): string => plural(count, {one: 'job', other: 'jobs'});
export const tokens = (count: number): string => plural(count, {one: 'token', other: 'tokens'});
