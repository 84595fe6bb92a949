import type { EmbeddedAnswer, EmbeddedRequest } from '../../src/demo/http.ts';
import type { Intervention } from '../../src/demo/server.ts';

function namesIn(value: unknown, name: string, found: Set<string>): void {
  if (typeof value === 'string') found.add(name);
  if (Array.isArray(value)) for (const inner of value) namesIn(inner, name, found);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) namesIn(inner, key, found);
}

function withText(value: unknown, name: string, spoiled: string, text: string): unknown {
  if (typeof value === 'string') return name === spoiled ? text : value;
  if (Array.isArray(value)) return value.map((inner: unknown) => withText(inner, name, spoiled, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withText(inner, key, spoiled, text)]),
  );
}

function isJson({ body }: EmbeddedAnswer): boolean {
  return typeof body === 'object' && !(body instanceof Uint8Array);
}

type Before = (request: EmbeddedRequest) => Intervention;

/** Notes the name of every text in the answers; a new field is found by itself. */
export function noting(found: Set<string>): Before {
  return () => ({
    spoil: (answer) => {
      if (isJson(answer)) namesIn(answer.body, '', found);
      return answer;
    },
  });
}

/** A GitLab in whose answers each text of one name is this one, whoever may write it. */
export function spoiling(name: string, text: string): Before {
  return () => ({
    spoil: (answer) => (isJson(answer) ? { ...answer, body: withText(answer.body, '', name, text) } : answer),
  });
}
