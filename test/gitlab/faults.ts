import type { EmbeddedOptions, Intervention } from '../../src/demo/embedded-gitlab.ts';
import type { EmbeddedAnswer } from '../../src/demo/http.ts';

const page = '<!DOCTYPE html><html><head><title>GitLab is not responding</title></head><body></body></html>';

function textOf({ body }: EmbeddedAnswer): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Half of an answer with the length of that half, as a proxy leaves it. */
function cut(answer: EmbeddedAnswer): EmbeddedAnswer {
  const text = textOf(answer);
  const type = typeof answer.body === 'string' ? 'text/plain' : 'application/json';
  const headers = { ...answer.headers, 'content-type': type };
  return { ...answer, body: text.slice(0, Math.floor(text.length / 2)), headers };
}

function otherShape(answer: EmbeddedAnswer): EmbeddedAnswer {
  return { ...answer, body: Array.isArray(answer.body) ? { message: 'soon' } : [{ message: 'soon' }] };
}

/** What can become of one request; errors are given before it is done, spoiled answers after. */
export const faults = {
  '403': { status: 403, body: { message: '403 Forbidden' } },
  '404': { status: 404, body: { message: '404 Not Found' } },
  '429': { status: 429, body: 'Retry later\n' },
  '500': { status: 500, body: { message: '500 Internal Server Error' } },
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
