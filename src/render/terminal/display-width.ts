import fastStringWidth from 'fast-string-width';

/** Joiners have no width; one before an emoji makes one sign of both, which the library knows. */
const joiners = /\u200C|\u200D(?!\p{Extended_Pictographic})/gu;

/**
 * Columns that a text takes in a terminal: East Asian characters and emoji take two, marks and styles none. Letters are
 * put together first: a Korean syllable in parts, as macOS writes it in file names, is one sign. Source: Unicode
 * UAX #11 and UTS #51.
 */
export function displayWidth(text: string): number {
  return fastStringWidth(text.normalize('NFC').replace(joiners, ''));
}
