import type { EmbeddedAnswer } from '../../../src/demo/http.ts';
import type { Intervention } from '../../../src/demo/server.ts';
import type { EmbeddedOptions } from './embedded-gitlab.ts';

const page = '<!DOCTYPE html><html><head><title>GitLab is not responding</title></head><body></body></html>';

function textOf({ body }: EmbeddedAnswer): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Half of an answer with the length of that half, as a proxy leaves it. */
function cut(answer: EmbeddedAnswer): EmbeddedAnswer {
  const { body } = answer;
  if (body instanceof Uint8Array) return { ...answer, body: body.subarray(0, body.length / 2) };
  const text = textOf(answer);
  const type = typeof answer.body === 'string' ? 'text/plain' : 'application/json';
  const headers = { ...answer.headers, 'content-type': type };
  return { ...answer, body: text.slice(0, Math.floor(text.length / 2)), headers };
}

function otherShape(answer: EmbeddedAnswer): EmbeddedAnswer {
  return { ...answer, body: Array.isArray(answer.body) ? { message: 'soon' } : [{ message: 'soon' }] };
}

/** Whatever was asked: no refusal of GitLab's own, which refusals.ts lists. */
function failing(status: number, body: unknown): EmbeddedAnswer {
  return { status, body };
}

/** What can become of one request; errors are given before it is done, spoiled answers after. */
export const faults = {
  '403': failing(403, { message: '403 Forbidden' }),
  '404': failing(404, { message: '404 Not Found' }),
  '429': failing(429, 'Retry later\n'),
  '500': failing(500, { message: '500 Internal Server Error' }),
  '503 as a page': { status: 503, body: page, headers: { 'content-type': 'text/html' } },
  'a reset': 'reset',
  'a time-out': 'hang',
  'a cut answer': { spoil: cut },
  'another shape': { spoil: otherShape },
} as const satisfies Readonly<Record<string, Intervention>>;

export type Fault = keyof typeof faults;

/** A kind of request: its method, and its path with numbers, commits and marks of ids taken out. */
export function endpointOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path.replace(/\/[0-9a-f]{40}/g, '/:sha').replace(/\/\d+/g, '/:n')}`;
}

/** Does this to every request of one kind. */
export function faultAt(endpoint: string, fault: Fault): NonNullable<EmbeddedOptions['beforeRequest']> {
  return (request) => (endpointOf(request) === endpoint ? faults[fault] : undefined);
}
