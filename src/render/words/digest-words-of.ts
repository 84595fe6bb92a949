import { type DigestWords, englishDigest } from './english-digest.ts';

/** The words of digests, by the option `language`. German is loaded when it is asked for. */
export async function digestWordsOf(option: 'en' | 'de'): Promise<DigestWords> {
  if (option === 'en') return englishDigest;
  const { germanDigest } = await import('./german-digest.ts');
  return germanDigest;
}
