import type { NeededRight } from './needed-right.ts';
import { neededRights } from './needed-rights.ts';

/** What one request needs, for one feature. */
export interface RightOfRequest {
  readonly right: NeededRight;
  /** Of a fine-grained token: `Commit Status: Create`. */
  readonly permission: string;
}

interface Pattern extends RightOfRequest {
  readonly method: string;
  readonly parts: readonly string[];
}

function patternOf(request: string): Pick<Pattern, 'method' | 'parts'> {
  const [method = '', path = ''] = request.split(' ', 2);
  const whole = path.startsWith('/') ? path : `/projects/:id/${path}`;
  return { method, parts: whole.split('/') };
}

const patterns: readonly Pattern[] = neededRights.flatMap((right) =>
  Object.entries(right.requests).flatMap(([permission, requests]) =>
    requests.map((request) => ({ right, permission, ...patternOf(request) })),
  ),
);

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const isOpen = pattern.at(-1) === '*';
  if (isOpen ? path.length < pattern.length : path.length !== pattern.length) return false;
  return pattern.every(
    (part, at) => part === '*' || (part.startsWith(':') ? path[at] !== '' : part === path[at]),
  );
}

/**
 * The features that send a request, with the right that it needs for each; empty where the table does not know it.
 * `path`: below the API, encoded, with or without its query: `/projects/42/pipelines?page=2`.
 */
export function rightsOfRequest(method: string, path: string): readonly RightOfRequest[] {
  const parts = path.replace(/\?.*$/s, '').split('/');
  return patterns
    .filter((one) => one.method === method && fits(one.parts, parts))
    .map(({ right, permission }) => ({ right, permission }));
}
