const mask = '[MASKED]';
const minFormLength = 8;

/** Base64 of any text that contains the token holds one of these three: the middle depends on the alignment only. */
function base64Forms(token: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(token)])
      .toString('base64')
      .replace(/=+$/, '');
    const middle = encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - 1);
    return [middle, middle.replaceAll('+', '-').replaceAll('/', '_')].filter(
      (form) => form.length >= minFormLength,
    );
  });
}

/**
 * Makes a function that takes the token out of a text, whether it is raw, URI-encoded or in base64. For everything that
 * enters a message from outside: servers and proxies echo requests.
 */
export function createTokenMask(token: string): (text: string) => string {
  const forms = [...new Set([token, encodeURIComponent(token), ...base64Forms(token)])]
    .filter((form) => form !== '')
    .sort((a, b) => b.length - a.length);
  return (text) =>
    forms.reduce((masked, form) => (masked.includes(form) ? masked.replaceAll(form, mask) : masked), text);
}
