/** How a language counts: the plural form that its rules pick, with the number as it writes it. */

/** The forms that a language has beside `other`, which all have. */
export type Forms<Rule extends Intl.LDMLPluralRule> = Readonly<Record<Rule | 'other', string>>;

/** Each dictionary names the rules of its language, so that a form that was left out is a type error. */
export function pluralsOf<Rule extends Intl.LDMLPluralRule>(locale: string) {
  const rules = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  const form = (count: number, forms: Forms<Rule>): string => (forms as Partial<Record<Intl.LDMLPluralRule, string>>)[rules.select(count)] ?? forms.other;
  return {
    /** Only the form: "jobs". */
    form,
    /** With its number before it: "14 jobs". */
    plural: (count: number, forms: Forms<Rule>): string => `${number.format(count)} ${form(count, forms)}`,
  };
}
