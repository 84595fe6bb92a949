/** One request try, as `herald-audit.jsonl` keeps it: no body, no token. */
export interface AuditEntry {
  /** When it was sent, ISO 8601. */
  readonly time: string;
  readonly method: string;
  /**
   * Path below the API, with the page of a list and nothing else of the query; another origin's path with that origin.
   */
  readonly path: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  /** 1 for the first try; redirects count as the same try. */
  readonly attempt: number;
}

export type Audit = (entry: AuditEntry) => void;

const harmlessParameters = ['page', 'per_page'];

/** An address as the audit may show it. Every other parameter could hold a credential (presigned addresses do). */
export function auditPath(url: URL, apiUrl: URL): string {
  const base = apiUrl.pathname;
  const isApi = url.origin === apiUrl.origin && url.pathname.startsWith(`${base}/`);
  const path = isApi ? url.pathname.slice(base.length) : url.pathname;
  const query = harmlessParameters
    .flatMap((name) => url.searchParams.getAll(name).map((value) => `${name}=${encodeURIComponent(value)}`))
    .join('&');
  const origin = url.origin === apiUrl.origin ? '' : url.origin;
  return `${origin}${path}${query === '' ? '' : `?${query}`}`;
}
