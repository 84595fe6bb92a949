import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DemoState, EmbeddedToken, EmbeddedUser } from './state.ts';

/** One request as the routes see it. */
export interface EmbeddedRequest {
  readonly method: string;
  /** Decoded parts of the path after `/api/v4`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly token: EmbeddedToken | null;
  readonly user: EmbeddedUser | null;
}

export interface EmbeddedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a GitLab answers one method below one kind of path; `State` is what it remembers. */
export interface Route<State> {
  readonly method: string;
  /** Its groups are given to `answer`, decoded. */
  readonly pattern: RegExp;
  answer(request: EmbeddedRequest, parts: readonly string[], state: State): EmbeddedAnswer;
}

/** A route; its path's groups are given to `answer`. */
export function route<State>(method: string, pattern: RegExp, answer: Route<State>['answer']): Route<State> {
  return { method, pattern, answer };
}

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): EmbeddedAnswer {
  return { status: 200, body, headers };
}

/** A page of a list with GitLab's paging headers: https://docs.gitlab.com/api/rest/#pagination */
export function page(items: readonly unknown[], request: EmbeddedRequest): EmbeddedAnswer {
  const perPage = Math.min(Number(request.query.get('per_page') ?? 20) || 20, 100);
  const number = Number(request.query.get('page') ?? 1) || 1;
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const next = number < pages ? String(number + 1) : '';
  const query = new URLSearchParams(request.query);
  query.set('page', next);
  const headers: Record<string, string> = {
    'x-page': String(number),
    'x-per-page': String(perPage),
    'x-next-page': next,
    'x-total': String(items.length),
    'x-total-pages': String(pages),
  };
  if (next !== '')
    headers['link'] = `<__ORIGIN__/api/v4${encodeURI(request.path)}?${query.toString()}>; rel="next"`;
  return ok(items.slice((number - 1) * perPage, number * perPage), headers);
}

const maxBodyBytes = 64 * 1024 * 1024;

/** Reads JSON, form and multipart bodies into one record; nested names of forms (`position[new_line]`) stay flat. */
export async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > maxBodyBytes) break;
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  if (text === '') return {};
  if (type.startsWith('application/json')) return recordFromJson(text);
  if (type.startsWith('multipart/form-data')) return recordFromMultipart(text, type);
  return Object.fromEntries(new URLSearchParams(text));
}

function recordFromJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}

function recordFromMultipart(text: string, type: string): Readonly<Record<string, unknown>> {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1] ?? '';
  const fields = text.split(`--${boundary}`).flatMap((part): [string, string][] => {
    const name = /name="([^"]+)"/.exec(part)?.[1];
    const at = part.indexOf('\r\n\r\n');
    return name === undefined || at < 0 ? [] : [[name, part.slice(at + 4).replace(/\r\n$/, '')]];
  });
  return Object.fromEntries(fields);
}

/** The token of a request, by any of GitLab's headers. */
export function tokenOf(request: IncomingMessage, state: DemoState): EmbeddedToken | null {
  const { authorization } = request.headers;
  const value =
    authorization?.replace(/^Bearer\s+/i, '') ??
    header(request, 'private-token') ??
    header(request, 'job-token') ??
    '';
  return state.tokens.find((token) => token.value === value) ?? null;
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Sends an answer: text and bytes as they are, everything else as JSON. */
export function send(response: ServerResponse, answer: EmbeddedAnswer, origin: string): void {
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [name, value.replace('__ORIGIN__', origin)]),
  );
  const { body } = answer;
  const isAsItIs = typeof body === 'string' || body instanceof Uint8Array;
  response.writeHead(answer.status, {
    'content-type': isAsItIs ? 'text/plain' : 'application/json',
    ...headers,
  });
  response.end(answer.status === 204 ? '' : isAsItIs ? body : JSON.stringify(body));
}
