/** What XML 1.0 cannot hold at all, escaped or not: https://www.w3.org/TR/xml/#charsets */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
};

/** Text for element content. */
export function xmlText(text: string): string {
  return text.replace(forbidden, '').replace(/[&<>]/g, (character) => entities[character] ?? character);
}

/** Attributes in the order given; null ones are omitted. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(
      ([name, value]) =>
        ` ${name}="${String(value)
          .replace(forbidden, '')
          .replace(/[&<>"\n\t\r]/g, (character) => entities[character] ?? character)}"`,
    )
    .join('');
}
