import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * An error tracker with the part of Sentry's API that Herald uses, written from its documentation and from what its
 * source refuses: https://docs.sentry.io/api/releases/. `glitchtip` differs as GlitchTip does: it ignores commits in
 * the body of a release and has an address of its own for them, and its deploys have no names.
 */

export interface EmbeddedRelease {
  readonly version: string;
  projects: string[];
  ref: string | null;
  url: string | null;
  dateReleased: string | null;
  commits: readonly Readonly<Record<string, unknown>>[];
  refs: unknown;
  readonly deploys: Readonly<Record<string, unknown>>[];
}

export interface SentryRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Instead of an answer: the connection breaks before or after the request was carried out. */
export type Fault = Answer | 'break-before' | 'break-after' | null;

export interface SentryOptions {
  readonly kind?: 'sentry' | 'glitchtip' | 'without-deploys';
  /** The fault of the nth request, from 1. */
  readonly fault?: (request: SentryRequest, count: number) => Fault;
}

export const sentryToken = 'sntrys_0123456789abcdef0123456789abcdef';

export interface EmbeddedSentry {
  readonly url: string;
  readonly releases: Map<string, EmbeddedRelease>;
  readonly requests: SentryRequest[];
  /** `POST /releases/`, without GET: what changed something. */
  writes(): readonly string[];
  stop(): Promise<void>;
}

const projects = ['web', 'api', 'worker'];
const badVersion = /[\r\n\f\t/\\]/;

function releaseJson(release: EmbeddedRelease, kind: SentryOptions['kind']): object {
  const { version, ref, url, dateReleased, commits, deploys } = release;
  const [last] = [...commits].sort((a, b) => String(b['timestamp']).localeCompare(String(a['timestamp'])));
  return {
    version,
    shortVersion: version,
    ref,
    url,
    dateReleased,
    projects: release.projects.map((slug) => ({ slug, name: slug })),
    commitCount: commits.length,
    deployCount: deploys.length,
    ...(kind === 'glitchtip' || last === undefined ? {} : { lastCommit: { id: last['id'] } }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

function commitsProblem(fields: Fields): Answer | null {
  const commits = fields['commits'] ?? [];
  if (!Array.isArray(commits)) return { status: 400, body: { commits: ['Expected a list of items.'] } };
  for (const commit of commits as Fields[]) {
    const id = textOf(commit, 'id');
    if (id === null || id.length > 64) return { status: 400, body: { commits: ['id'] } };
    if ((textOf(commit, 'author_name') ?? '').length > 128)
      return {
        status: 400,
        body: { commits: { author_name: ['Ensure this field has no more than 128 characters.'] } },
      };
    const time = textOf(commit, 'timestamp');
    if (time !== null && Number.isNaN(Date.parse(time)))
      return { status: 400, body: { commits: { timestamp: ['Datetime has wrong format.'] } } };
  }
  return null;
}

function setFields(release: EmbeddedRelease, fields: Fields, kind: SentryOptions['kind']): void {
  if (kind === 'glitchtip') return;
  // One list replaces the other.
  if (Array.isArray(fields['commits'])) release.commits = fields['commits'] as Fields[];
  if (fields['refs'] !== undefined) release.refs = fields['refs'];
}

export async function startEmbeddedSentry({
  kind = 'sentry',
  fault,
}: SentryOptions = {}): Promise<EmbeddedSentry> {
  const releases = new Map<string, EmbeddedRelease>();
  const requests: SentryRequest[] = [];

  const createRelease = (fields: Fields): Answer => {
    const version = textOf(fields, 'version') ?? '';
    const isBad =
      version.length > 200 ||
      badVersion.test(version) ||
      ['', '.', '..', 'latest'].includes(version.toLowerCase());
    if (isBad) return { status: 400, body: { version: [`Release with name ${version} is not allowed`] } };
    const named = (fields['projects'] ?? []) as string[];
    if (named.length === 0 || named.some((one) => !projects.includes(one)))
      return { status: 400, body: { projects: ['Invalid project slugs'] } };
    const problem = commitsProblem(fields);
    if (problem !== null) return problem;
    const known = releases.get(version);
    const release = known ?? {
      version,
      projects: [],
      ref: textOf(fields, 'ref'),
      url: textOf(fields, 'url'),
      dateReleased: textOf(fields, 'dateReleased'),
      commits: [],
      refs: null,
      deploys: [],
    };
    releases.set(version, release);
    const added = named.filter((one) => !release.projects.includes(one));
    release.projects.push(...added);
    setFields(release, fields, kind);
    return { status: known === undefined || added.length > 0 ? 201 : 208, body: releaseJson(release, kind) };
  };

  const updateRelease = (release: EmbeddedRelease, fields: Fields): Answer => {
    const problem = commitsProblem(fields);
    if (problem !== null) return problem;
    release.ref = textOf(fields, 'ref') ?? release.ref;
    release.url = textOf(fields, 'url') ?? release.url;
    release.dateReleased = textOf(fields, 'dateReleased') ?? release.dateReleased;
    setFields(release, fields, kind);
    return { status: 200, body: releaseJson(release, kind) };
  };

  const createDeploy = (release: EmbeddedRelease, fields: Fields): Answer => {
    const environment = textOf(fields, 'environment') ?? '';
    if (environment === '' || environment.length > 64 || /[\n\r\f/]/.test(environment))
      return { status: 400, body: { environment: ['Invalid value for environment'] } };
    const { name, ...others } = fields;
    release.deploys.push({
      id: String(release.deploys.length + 1),
      ...others,
      ...(kind === 'glitchtip' ? {} : { name }),
    });
    return { status: 201, body: release.deploys.at(-1) };
  };

  const answerOf = ({ method, path, authorization, body }: SentryRequest): Answer => {
    if (authorization !== `Bearer ${sentryToken}`) return { status: 401, body: { detail: 'Invalid token' } };
    const [, ofOrg, project = '', below] = /^\/api\/0\/projects\/([^/]+)\/([^/]+)(\/.*)$/.exec(path) ?? [];
    if (ofOrg !== undefined) {
      // Servers without the list of a project's releases know the project all the same.
      const isThere = ofOrg === 'acme' && projects.includes(project) && (kind === 'sentry' || below === '/');
      if (!isThere) return { status: 404, body: { detail: 'The requested resource does not exist' } };
      return below === '/' ? { status: 200, body: { slug: project } } : { status: 200, body: [] };
    }
    const [, org, rest = ''] = /^\/api\/0\/organizations\/([^/]+)(\/.*)$/.exec(path) ?? [];
    if (org !== 'acme') return { status: 404, body: { detail: 'The requested resource does not exist' } };
    const fields = (body ?? {}) as Fields;
    if (rest === '/releases/' && method === 'POST') return createRelease(fields);
    if (rest === '/releases/')
      return { status: 200, body: [...releases.values()].reverse().map((one) => releaseJson(one, kind)) };
    const [, encoded = '', part = ''] = /^\/releases\/([^/]+)\/(commits\/|deploys\/)?$/.exec(rest) ?? [];
    const release = releases.get(decodeURIComponent(encoded));
    if (release === undefined)
      return { status: 404, body: { detail: 'The requested resource does not exist' } };
    if (part === '')
      return method === 'PUT'
        ? updateRelease(release, fields)
        : { status: 200, body: releaseJson(release, kind) };
    if (part === 'commits/') {
      if (method === 'GET') return { status: 200, body: release.commits };
      if (kind !== 'glitchtip') return { status: 405, body: { detail: 'Method "POST" not allowed.' } };
      release.commits = (body as Fields[]).slice(0, 1000);
      return { status: 200, body: releaseJson(release, kind) };
    }
    if (kind === 'without-deploys') return { status: 404, body: { detail: 'Not Found' } };
    return method === 'POST' ? createDeploy(release, fields) : { status: 200, body: release.deploys };
  };

  const server = createServer((incoming, outgoing) => {
    void read(incoming).then((text) => {
      const request = {
        method: incoming.method ?? '',
        path: new URL(incoming.url ?? '', 'http://sentry').pathname,
        authorization: incoming.headers.authorization,
        body: text === '' ? null : (JSON.parse(text) as unknown),
      };
      requests.push(request);
      const wrong = fault?.(request, requests.length) ?? null;
      if (wrong === 'break-before') return incoming.socket.destroy();
      const answer = wrong === null || wrong === 'break-after' ? answerOf(request) : wrong;
      if (wrong === 'break-after') return incoming.socket.destroy();
      outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      return outgoing.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
    });
  });
  await listening(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    releases,
    requests,
    writes: () =>
      requests
        .filter(({ method }) => method !== 'GET')
        .map(({ method, path }) => `${method} ${path.replace('/api/0/organizations/acme', '')}`),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of incoming) text += String(piece);
  return text;
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
}
