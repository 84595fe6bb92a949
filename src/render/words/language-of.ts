import { english, type Language } from './english.ts';

/** The words of comments, by the option `language`. German is loaded when it is asked for. */
export async function languageOf(option: 'en' | 'de'): Promise<Language> {
  if (option === 'en') return english;
  const { german } = await import('./german.ts');
  return german;
}
