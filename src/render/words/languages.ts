import { english, type Language } from './english.ts';
import { german } from './german.ts';

/** The languages of comments, by the option `language`. */
export const languages: Readonly<Record<'en' | 'de', Language>> = { en: english, de: german };
