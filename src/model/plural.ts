/**
 * The categories that a language's plurals have, by its tag.
 * Source: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
 */
export const pluralCategories = {
  en: ['one', 'other'],
  de: ['one', 'other'],
} as const satisfies Readonly<Record<string, readonly Intl.LDMLPluralRule[]>>;

type Tag = keyof typeof pluralCategories;

/** A counted word: a form for each category that the language has. */
export type Forms<Language extends Tag = 'en'> = { readonly other: string } & Readonly<
  Record<(typeof pluralCategories)[Language][number], string>
>;

const rules: Readonly<Record<Tag, Intl.PluralRules>> = {
  en: new Intl.PluralRules('en'),
  de: new Intl.PluralRules('de'),
};

/** The form that goes with a count in the language. */
export function formIn<Language extends Tag>(tag: Language, count: number, forms: Forms<Language>): string {
  const given: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string } = forms;
  return given[rules[tag].select(count)] ?? given.other;
}

/** The English form that goes with a count: `is` or `are`. */
export function formOf(count: number, forms: Forms): string {
  return formIn('en', count, forms);
}

/** The count with the English form that goes with it: `1 job`, `2 jobs`. */
export function counted(count: number, forms: Forms): string {
  return `${count} ${formOf(count, forms)}`;
}
