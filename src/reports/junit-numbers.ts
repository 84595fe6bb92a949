/** More is a mistake of the tool. */
const maxSeconds = 1e9;

function plausible(seconds: number): number | null {
  return seconds >= 0 && seconds <= maxSeconds ? seconds : null;
}

/**
 * Seconds as tools write them: `1.5`, `1,234.5`, `1.234,5`, `0,5`; null for anything else. A single comma is a decimal one: more tools
 * write in the machine's language than group the digits of whole seconds.
 */
export function junitSeconds(text: string | null): number | null {
  if (text === null) return null;
  const plain = Number(text);
  if (plain > 0) return plausible(plain);
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (plain === 0) return 0;
  const isDecimalComma = trimmed.lastIndexOf(',') > trimmed.lastIndexOf('.');
  const normal = isDecimalComma ? trimmed.replaceAll('.', '').replace(',', '.') : trimmed.replaceAll(',', '');
  return plausible(Number(normal));
}

/** A number of at most nine digits, null for anything else. */
export function wholeNumber(text: string | null): number | null {
  if (text === null) return null;
  const digits = text.trim();
  if (digits === '' || digits.length > 9) return null;
  let number = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return null;
    number = number * 10 + digit;
  }
  return number;
}
