import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type EmbeddedGitLab, startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { emptyState } from '../support/gitlab/state/state.ts';
import {
  type EmbeddedSentry,
  type SentryOptions,
  sentryToken,
  startEmbeddedSentry,
} from '../support/sentry/embedded-sentry.ts';
import { herald, type Outcome } from './herald.ts';

interface Place {
  readonly gitlab: EmbeddedGitLab;
  readonly sentry: EmbeddedSentry;
  readonly directory: string;
  run(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Outcome>;
}

const idOf = (index: number): string => index.toString(16).padStart(40, '0');

/** A project with so many commits after the tag v1.3.0, the last of which is the tag v1.4.0. */
async function aPlace(count = 3, options: SentryOptions = {}): Promise<Place> {
  const state = emptyState();
  state.projects.push({ id: 42, path_with_namespace: 'shop/till', default_branch: 'main' });
  state.users.push({ id: 900, username: 'herald-bot' });
  state.ci.members.push({ project_id: 42, user_id: 900, access_level: 30 });
  state.tokens.push({ value: 'bot-token', kind: 'personal', userId: 900 });
  for (let index = 0; index <= count; index += 1)
    state.commits.push({
      project_id: 42,
      id: idOf(index + 1),
      parent_ids: index === 0 ? [] : [idOf(index)],
      title: `Commit ${index}`,
      message: `Commit ${index}\n\nCo-authored-by: Bob <bob@example.com>`,
      author_name: 'Ada',
      author_email: 'ada@example.com',
      created_at: new Date(Date.UTC(2026, 2, 1, 0, index)).toISOString(),
    });
  const tag = (name: string, commit: string) => ({ project_id: 42, name, target: commit, commit });
  state.tags.push(tag('v1.3.0', idOf(1)), tag('v1.4.0', idOf(count + 1)));
  const gitlab = await startEmbeddedGitLab({ state });
  const sentry = await startEmbeddedSentry(options);
  const directory = mkdtempSync(join(tmpdir(), 'herald-'));
  onTestFinished(async () => {
    await Promise.all([gitlab.stop(), sentry.stop()]);
    rmSync(directory, { recursive: true });
  });
  const variables = {
    CI: 'true',
    GITLAB_CI: 'true',
    CI_SERVER_URL: gitlab.url,
    CI_API_V4_URL: `${gitlab.url}/api/v4`,
    CI_PROJECT_ID: '42',
    CI_PROJECT_PATH: 'shop/till',
    CI_PROJECT_URL: `${gitlab.url}/shop/till`,
    CI_COMMIT_TAG: 'v1.4.0',
    CI_COMMIT_SHA: idOf(count + 1),
    CI_JOB_ID: '77',
    CI_JOB_URL: `${gitlab.url}/shop/till/-/jobs/77`,
    HERALD_TOKEN: 'bot-token',
    SENTRY_AUTH_TOKEN: sentryToken,
  };
  return {
    gitlab,
    sentry,
    directory,
    run: (args, more = {}) => herald(['track-release', ...args], { ...variables, ...more }, null, directory),
  };
}

function named({ sentry }: Place): readonly string[] {
  return ['--sentry-server', sentry.url, '--sentry-org', 'acme', '--sentry-projects', 'web'];
}

test('row 61: in the job of a tag, the error tracker gets the release and its commits, once', async () => {
  const place = await aPlace();
  for (let call = 0; call < 2; call += 1) {
    const { exitCode, stderr } = await place.run([...named(place), '--from', 'v1.3.0']);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain(call === 0 ? 'v1.4.0 with 3 commits for web' : 'already knows it all');
  }
  expect(place.sentry.writes()).toEqual(['POST /releases/']);
  expect(place.sentry.releases.get('v1.4.0')).toMatchObject({
    projects: ['web'],
    ref: idOf(4),
    url: `${place.gitlab.url}/shop/till/-/tags/v1.4.0`,
    commits: [
      { id: idOf(4), repository: 'shop/till', author_name: 'Ada', timestamp: '2026-03-01T00:03:00.000Z' },
      { id: idOf(3) },
      { id: idOf(2) },
    ],
  });
});

describe('e-mail addresses', () => {
  test('of authors and in trailers stay in GitLab', async () => {
    const place = await aPlace();
    await place.run([...named(place), '--from', 'v1.3.0']);
    expect(JSON.stringify(place.sentry.requests)).not.toContain('@example.com');
    expect(place.sentry.releases.get('v1.4.0')?.commits[0]).toMatchObject({
      message: 'Commit 3\n\nCo-authored-by: Bob',
    });
  });

  test('are sent where somebody asks for it', async () => {
    const place = await aPlace();
    await place.run([...named(place), '--from', 'v1.3.0', '--author-emails']);
    expect(place.sentry.releases.get('v1.4.0')?.commits[0]).toMatchObject({
      message: 'Commit 3\n\nCo-authored-by: Bob <bob@example.com>',
      author_email: 'ada@example.com',
    });
  });
});

test('in the job of an environment, the deploy is told, too', async () => {
  const place = await aPlace();
  const job = { CI_ENVIRONMENT_NAME: 'production', CI_JOB_STARTED_AT: '2026-03-04T10:00:00Z' };
  for (let call = 0; call < 2; call += 1) await place.run([...named(place), '--from', 'v1.3.0'], job);
  expect(place.sentry.releases.get('v1.4.0')?.deploys).toEqual([
    {
      id: '1',
      environment: 'production',
      name: 'job 77',
      url: `${place.gitlab.url}/shop/till/-/jobs/77`,
      dateStarted: '2026-03-04T10:00:00Z',
      dateFinished: expect.stringMatching(/Z$/) as string,
    },
  ]);
});

test('without a tag the release is called as the commit, and a name of its own wins', async () => {
  const place = await aPlace();
  const untagged = { CI_COMMIT_TAG: '' };
  await place.run([...named(place), '--from', 'v1.3.0'], untagged);
  await place.run(['web@1.4.0', ...named(place), '--from', 'v1.3.0'], untagged);
  expect([...place.sentry.releases.keys()]).toEqual([idOf(4), 'web@1.4.0']);
  expect(place.sentry.releases.get('web@1.4.0')?.url).toBe(
    `${place.gitlab.url}/shop/till/-/commit/${idOf(4)}`,
  );
});

describe('without --from', () => {
  /** The tracker knows a commit of another release, as after a hotfix of an older line. */
  const known = { version: 'v9', projects: ['web'], ref: idOf(5), url: null, refs: null, deploys: [] };

  test('the commits begin at the tag before, whatever the tracker was told last', async () => {
    const place = await aPlace(6);
    const { tags } = place.gitlab.state;
    tags.push({ project_id: 42, name: 'v1.4.0-rc.1', target: idOf(6), commit: idOf(6) });
    tags.push({ project_id: 42, name: 'api/v1.3.9', target: idOf(5), commit: idOf(5) });
    place.sentry.releases.set('v9', {
      ...known,
      dateReleased: '2026-03-01T00:00:00Z',
      commits: [{ id: idOf(5), timestamp: '2026-03-01T00:05:00Z' }],
    });
    const { exitCode, stderr } = await place.run(named(place));
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('the release before v1.4.0 is v1.3.0');
    const shas = place.sentry.releases.get('v1.4.0')?.commits.map(({ id }) => id);
    expect(shas).toEqual([7, 6, 5, 4, 3, 2].map(idOf));
    // A second run looks in the same places, and has nothing to send.
    expect((await place.run(named(place))).stderr).toContain('already knows it all');
    expect(place.sentry.writes()).toEqual(['POST /releases/']);
  });

  test('of the first tag, they begin where the last release ended that the tracker knows', async () => {
    const place = await aPlace(6);
    place.gitlab.state.tags.splice(0, 1);
    place.sentry.releases.set('v9', {
      ...known,
      dateReleased: '2026-03-01T00:00:00Z',
      commits: [{ id: idOf(5), timestamp: '2026-03-01T00:05:00Z' }],
    });
    const { stderr } = await place.run(named(place));
    const shas = place.sentry.releases.get('v1.4.0')?.commits.map(({ id }) => id);
    expect(shas, stderr).toEqual([7, 6].map(idOf));
  });

  test('of a commit, tags do not matter: each deploy goes on from the one before it', async () => {
    const place = await aPlace(6);
    await place.run([...named(place), '--from', idOf(2)], { CI_COMMIT_TAG: '', CI_COMMIT_SHA: idOf(4) });
    await place.run(named(place), { CI_COMMIT_TAG: '', CI_COMMIT_SHA: idOf(6) });
    const shas = place.sentry.releases.get(idOf(6))?.commits.map(({ id }) => id);
    expect(shas).toEqual([6, 5].map(idOf));
  });
});

test('row 61: without --from the commits begin where the last release ended that the tracker knows', async () => {
  const place = await aPlace(5);
  const at = (index: number) => ({ CI_COMMIT_TAG: `v${index}`, CI_COMMIT_SHA: idOf(index) });
  const first = await place.run(named(place), at(2));
  expect(first.stderr).toContain('knows no commit of an earlier release');
  await place.run([...named(place), '--from', idOf(2)], at(4));
  await place.run(named(place), at(6));
  const shas = [...place.sentry.releases.values()].map(({ commits }) => commits.map(({ id }) => id));
  expect(shas).toEqual([[], [idOf(4), idOf(3)], [idOf(6), idOf(5)]]);
});

test('--commits refs asks nothing of GitLab, and needs no token of it', async () => {
  const place = await aPlace();
  const args = [...named(place), '--commits', 'refs', '--from', idOf(1), '--repository', 'Shop / Till'];
  const { exitCode, stderr } = await place.run(args, { HERALD_TOKEN: '' });
  expect(exitCode, stderr).toBe(0);
  expect(place.gitlab.requests).toEqual([]);
  expect(place.sentry.releases.get('v1.4.0')?.refs).toEqual([
    { repository: 'Shop / Till', commit: idOf(4), previousCommit: idOf(1) },
  ]);
});

test('of 1,203 commits the newest 1,000 are sent, and the log says so', async () => {
  const place = await aPlace(1_203);
  const { stderr } = await place.run([...named(place), '--from', 'v1.3.0']);
  const commits = place.sentry.releases.get('v1.4.0')?.commits ?? [];
  expect([commits.length, commits[0]?.['id']]).toEqual([1_000, idOf(1_204)]);
  expect(stderr).toContain('1203 commits');
  expect(place.sentry.writes()).toHaveLength(1);
});

test('a dry run prints what would be told, and sends nothing', async () => {
  const place = await aPlace();
  const { stdout } = await place.run([
    ...named(place),
    '--from',
    'v1.3.0',
    '--environment',
    'x',
    '--dry-run',
  ]);
  expect(stdout).toBe(
    'would report the release v1.4.0 with 3 commits for web\nwould report the deploy of v1.4.0 to x\n',
  );
  expect(place.sentry.writes()).toEqual([]);
});

describe('nobody else decides where the token goes', () => {
  const settings = {
    'sentry-server': 'https://evil.example.com',
    'sentry-org': 'evil',
    'sentry-projects': 'evil',
    'sentry-token-variable': 'OTHER_TOKEN',
  };

  test.each(Object.entries(settings))('%s in the file of a merge request is refused', async (key, value) => {
    const place = await aPlace();
    writeFileSync(join(place.directory, '.herald.yml'), `${key}: ${value}\n`);
    const { exitCode, stderr } = await place.run(named(place));
    expect({ exitCode, asked: place.sentry.requests.length }).toEqual({ exitCode: 2, asked: 0 });
    expect(stderr).toContain(`${key} decides where the token goes`);
  });

  test.each(Object.entries(settings))('%s in a variable of the job is refused', async (key, value) => {
    const place = await aPlace();
    const variable = `HERALD_${key.replaceAll('-', '_').toUpperCase()}`;
    const { exitCode } = await place.run(named(place), { [variable]: value });
    expect({ exitCode, asked: place.sentry.requests.length }).toEqual({ exitCode: 2, asked: 0 });
  });

  test('the token of GitLab stays with GitLab, whatever variable is named', async () => {
    const place = await aPlace();
    const { exitCode, stderr } = await place.run([
      ...named(place),
      '--sentry-token-variable',
      'HERALD_TOKEN',
    ]);
    expect({ exitCode, asked: place.sentry.requests.length }).toEqual({ exitCode: 2, asked: 0 });
    expect(stderr).not.toContain('bot-token');
  });
});

test.each([
  { args: ['a/b'], words: 'slashes' },
  { args: ['latest'], words: 'cannot be the name of a release' },
  { args: ['a', 'b'], words: 'one release at a time' },
  { args: ['--environment', 'review/x'], words: 'spaces and slashes' },
  { args: ['--from', 'v0.0.0'], words: 'no commits between v0.0.0' },
])('$args is a sentence, and nothing is sent', async ({ args, words }) => {
  const place = await aPlace();
  const { exitCode, stderr } = await place.run([...named(place), ...args]);
  expect({ exitCode, asked: place.sentry.requests.length }, stderr).toEqual({ exitCode: 2, asked: 0 });
  expect(stderr).toContain(words);
});

test.each([
  { status: 403, exitCode: 4 },
  // It is not tried again.
  { status: 501, exitCode: 5 },
])(
  'a tracker that answers $status ends with $exitCode, without the token in any output',
  async ({ status, exitCode }) => {
    const body = { detail: `you sent ${sentryToken}` };
    const place = await aPlace(1, { fault: () => ({ status, body }) });
    const outcome = await place.run([...named(place), '--from', 'v1.3.0']);
    expect(outcome.exitCode, outcome.stderr).toBe(exitCode);
    expect(`${outcome.stdout}${outcome.stderr}`).not.toContain(sentryToken);
    const audit = readFileSync(join(place.directory, 'herald-audit.jsonl'), 'utf8');
    expect(audit).toContain('/api/0/organizations/acme/releases/v1.4.0/');
    expect(audit).not.toContain(sentryToken);
  },
);
