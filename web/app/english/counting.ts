/** How English counts: the plural forms and the numbers of the texts. */

/** The language of this dictionary; numbers and dates follow it. */
export const locale = 'en';

const rules = new Intl.PluralRules(locale);
const number = new Intl.NumberFormat(locale);

/** "1 job", "14 jobs": the form that the language's rules pick for the number. */
export function plural(count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & {readonly other: string}): string {
  return `${number.format(count)} ${forms[rules.select(count)] ?? forms.other}`;
}

export const computers = (count: number): string => plural(count, {one: 'computer', other: 'computers'});
export const jobs = (count: number): string => plural(count, {one: 'job', other: 'jobs'});
export const tokens = (count: number): string => plural(count, {one: 'token', other: 'tokens'});
