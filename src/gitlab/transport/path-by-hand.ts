/**
 * The path of an endpoint below the API, each value encoded: only for what gitbeaker's resource classes lack or send in
 * another way. `test/guards/endpoints.test.ts` has a reason for each.
 */
export function pathByHand(words: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return words.reduce((path, word, at) => `${path}${encodeURIComponent(values[at - 1] ?? '')}${word}`);
}
