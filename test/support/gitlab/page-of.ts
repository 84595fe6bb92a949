import { type EmbeddedAnswer, type EmbeddedRequest, page } from '../../../src/demo/http.ts';

/** A page of a long list: only its own rows are written. */
export function pageOf<Row>(
  rows: readonly Row[],
  request: EmbeddedRequest,
  json: (row: Row) => object,
): EmbeddedAnswer {
  const answer = page(rows, request);
  return { ...answer, body: (answer.body as readonly Row[]).map(json) };
}
