const mask = '[MASKED]';

/** Every form in which a secret can stand in a text: raw, in an address, in base64 (at any alignment), inside JSON. */
function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  // Base64 of a text that contains the secret: the middle of it is the same for each of three alignments.
  const aligned = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - 1);
  });
  return [secret, encodeURIComponent(secret), json, ...aligned.filter((text) => text.length >= 8)];
}

/** Makes a function that replaces the secrets in a text, in whatever form they stand. */
export function createMasker(secrets: readonly string[]): (text: string) => string {
  const forms = [...new Set(secrets.flatMap(formsOf))]
    .filter((form) => form !== '')
    .sort((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  return (text) =>
    forms.reduce((masked, form) => (masked.includes(form) ? masked.replaceAll(form, mask) : masked), text);
}
