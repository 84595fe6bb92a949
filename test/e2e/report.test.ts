import { existsSync, symlinkSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { demoVariables, storeArtifact } from '../../src/demo/scenario.ts';
import type { EmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../support/gitlab/state/of-demo.ts';
import { aProject } from './fake-project.ts';
import { runHerald } from './run-herald.ts';

function without(
  env: Readonly<Record<string, string>>,
  ...names: readonly string[]
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

/** What was sent to set statuses. */
function statusesOf({ requests }: EmbeddedGitLab): readonly object[] {
  return requests
    .filter(({ method, path }) => method === 'POST' && path.includes('/statuses/'))
    .map(({ body }) => body);
}

describe('herald report over HTTP', () => {
  test('the usual run, whose note and baseline are there, takes 8 requests, one for the log of each failed job, and without the lock of the component one to look again', async () => {
    const { gitlab, directory, env } = await aProject();
    await runHerald(['report'], { cwd: directory, env });
    const report = JSON.parse(await readFile(join(directory, 'herald-report.json'), 'utf8')) as object;
    const ofMain = { ...report, commit: { sha: env['CI_MERGE_REQUEST_DIFF_BASE_SHA'], ref: 'main' } };
    storeArtifact(gitlab.state, 'baseline', { path: 'herald-report.json', content: JSON.stringify(ofMain) });
    const before = gitlab.requests.length;
    const next = demoVariables('second', gitlab.url, directory);
    const { exitCode, stderr } = await runHerald(['report'], { cwd: directory, env: next });
    expect(exitCode, stderr).toBe(0);
    const made = gitlab.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
    const logs = made.filter((line) => line.endsWith('/trace'));
    expect(logs).toHaveLength(2);
    expect(made.length - logs.length).toBe(8);
    expect(stderr).toContain('10 requests to GitLab');
  });

  test('the results of tests come back as one comment and one status', async () => {
    const { gitlab, directory, env, botNotes } = await aProject();
    const { exitCode, stderr } = await runHerald(['report'], { cwd: directory, env });
    expect(exitCode, stderr).toBe(0);
    expect(botNotes()).toHaveLength(1);
    expect(botNotes()[0]).toContain('test_voucher_is_rounded_once');
    const status = gitlab.requests.findIndex(
      ({ method, path }) => method === 'POST' && path.includes('/statuses/'),
    );
    expect(status).toBeGreaterThan(0);
    expect(gitlab.requests[status]?.body).toMatchObject({
      name: 'herald/report',
      state: 'success',
      pipeline_id: 5002,
    });
    expect(gitlab.requests[status]?.body).not.toHaveProperty('ref');
  });

  test('a second run of the same pipeline writes no note', async () => {
    const { gitlab, directory, env } = await aProject();
    await runHerald(['report'], { cwd: directory, env });
    const before = gitlab.requests.length;
    await runHerald(['report'], { cwd: directory, env });
    const writes = gitlab.requests
      .slice(before)
      .filter(({ method, path }) => method !== 'GET' && path.includes('/notes'));
    expect(writes).toEqual([]);
  });

  test('an older pipeline never overwrites the comment of a newer one', async () => {
    const { directory, env, botNotes } = await aProject();
    await runHerald(['report'], { cwd: directory, env: { ...env, CI_PIPELINE_ID: '5003' } });
    const [newer] = botNotes();
    await runHerald(['report'], { cwd: directory, env });
    expect(botNotes()).toEqual([newer]);
  });

  test('two runs at the same time leave one comment', async () => {
    const { directory, env, botNotes } = await aProject({ latencyMilliseconds: 40 });
    await Promise.all(
      [5002, 5003].map((id) =>
        runHerald(['report', '--output', String(id)], {
          cwd: directory,
          env: { ...env, CI_PIPELINE_ID: String(id) },
        }),
      ),
    );
    expect(botNotes()).toHaveLength(1);
    expect(botNotes()[0]).toContain('pipeline=5003');
  });

  test('a marker that a human pasted is never edited', async () => {
    const { gitlab, directory, env, botNotes } = await aProject();
    await runHerald(['report'], { cwd: directory, env });
    const [mr] = gitlab.state.mergeRequests;
    const [human] = mr?.notes ?? [];
    const body = botNotes()[0] ?? '';
    mr?.notes.splice(0, mr.notes.length, { ...(human ?? mr.notes[0] ?? fail()), id: 101, body });
    await runHerald(['report'], { cwd: directory, env: { ...env, CI_PIPELINE_ID: '5003' } });
    expect(mr?.notes.map(({ author }) => author.username)).toEqual(['ada', 'herald-bot']);
    expect(mr?.notes[0]?.body).toBe(body);
  });

  test('a dry run reads everything, writes nothing and prints what it would write', async () => {
    const { gitlab, directory, env } = await aProject();
    const { exitCode, stdout } = await runHerald(['report', '--dry-run'], { cwd: directory, env });
    expect(exitCode).toBe(0);
    expect(gitlab.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(stdout).toContain('would create the note "report"');
    expect(stdout).toContain('would set the status herald/report');
  });

  test('a failed gate exits with 1 and sets the status to failed', async () => {
    const { gitlab, directory, env } = await aProject();
    const { exitCode } = await runHerald(['report', '--fail-on', 'failures'], { cwd: directory, env });
    expect(exitCode).toBe(1);
    expect(statusesOf(gitlab)).toMatchObject([{ state: 'failed' }]);
  });
});

describe('gates', () => {
  test('a label that was set after the pipeline began allows a failed gate, and the comment says who set it', async () => {
    const { gitlab, directory, env, botNotes } = await aProject();
    const [mr] = gitlab.state.mergeRequests;
    mr?.labels.push('herald::allow-failures');
    mr?.labelEvents.push({ label: 'herald::allow-failures', action: 'add', username: 'ada' });
    const { exitCode, stderr } = await runHerald(['report', '--fail-on', 'failures'], {
      cwd: directory,
      env,
    });
    expect(exitCode, stderr).toBe(0);
    expect(statusesOf(gitlab)).toMatchObject([{ state: 'success' }]);
    expect(botNotes()[0]).toMatch(/failures.*herald::allow-failures.*ada/s);
  });

  test('a failed gate is named in the log with what would mend it; a warning fails nothing', async () => {
    const { directory, env } = await aProject();
    const args = ['report', '--fail-on', 'new-failures', '--warn-on', 'failures'];
    const { exitCode, stderr } = await runHerald(args, { cwd: directory, env });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/gate new-failures failed: .*fix the new failures/);
    expect(stderr).not.toMatch(/gate failures failed/);
  });
});

describe('herald report without rights', () => {
  test('no token: exit 0, artifacts, one line that says what is missing', async () => {
    const { gitlab, directory, env } = await aProject();
    const { exitCode, stderr } = await runHerald(['report'], {
      cwd: directory,
      env: without(env, 'HERALD_TOKEN'),
    });
    expect(exitCode).toBe(0);
    expect(stderr.split('\n').filter((line) => line.includes('HERALD_TOKEN'))).toHaveLength(1);
    for (const name of ['herald-report.json', 'herald-report.md', 'herald-report.html'])
      expect(existsSync(join(directory, name))).toBe(true);
    expect(gitlab.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('neither token: GitLab is not asked at all', async () => {
    const { gitlab, directory, env } = await aProject();
    const { exitCode } = await runHerald(['report'], {
      cwd: directory,
      env: without(env, 'HERALD_TOKEN', 'CI_JOB_TOKEN'),
    });
    expect(exitCode).toBe(0);
    expect(gitlab.requests).toEqual([]);
  });

  test('a refused token: exit 4 with the reason and the variable, artifacts written, no token printed', async () => {
    const { directory, env } = await aProject();
    const token = 'glpat-canary-0123456789';
    const { exitCode, stdout, stderr } = await runHerald(['report', '--log-level', 'debug'], {
      cwd: directory,
      env: { ...env, HERALD_TOKEN: token },
    });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('401');
    expect(stderr).toContain('HERALD_TOKEN');
    // The first warnings are in a section of the log that is folded.
    expect(stripVTControlCharacters(stderr)).toMatch(
      /error: GitLab refused or failed at: the comment, .*\nerror: {3}The token in HERALD_TOKEN/,
    );
    const written = await Promise.all(
      ['herald-report.json', 'herald-report.md', 'herald-report.html', 'herald-audit.jsonl'].map((name) =>
        readFile(join(directory, name), 'utf8'),
      ),
    );
    for (const text of [stdout, stderr, ...written]) expect(text).not.toContain('canary');
  });

  test('GitLab is down: exit 5 with the reason, artifacts written', async () => {
    const { gitlab, directory, env } = await aProject();
    await gitlab.stop();
    const { exitCode, stderr } = await runHerald(['report', '--max-wait', '1'], { cwd: directory, env });
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/refused|reach/i);
    expect(existsSync(join(directory, 'herald-report.html'))).toBe(true);
  });

  test('an old GitLab without the diff of today: nothing of the libraries is in the log', async () => {
    const { directory, env } = await aProject({
      beforeRequest: ({ path }) =>
        /\/(?:raw_diffs|diffs)$/.test(path) ? { status: 404, body: { error: '404 Not Found' } } : undefined,
    });
    const { stderr } = await runHerald(['report'], { cwd: directory, env });
    expect(stderr).toContain('this GitLab has no raw diffs');
    expect(stderr).not.toMatch(/\(node:\d+\)|DeprecationWarning/);
  });

  test('a status that is refused on a fork pipeline leaves the comment and exits with 0', async () => {
    const { directory, env, botNotes } = await aProject({
      beforeRequest: ({ path }) =>
        path.includes('/statuses/') ? { status: 404, body: { message: '404 Not Found' } } : undefined,
    });
    const { exitCode } = await runHerald(['report'], {
      cwd: directory,
      env: { ...env, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '77' },
    });
    expect(exitCode).toBe(0);
    expect(botNotes()).toHaveLength(1);
  });
});

describe('herald report with a troubled GitLab', () => {
  test('a create whose answer is lost makes one comment', async () => {
    let lost = false;
    const { directory, env, botNotes } = await aProject({
      beforeRequest: ({ method, path }) => {
        if (lost || method !== 'POST' || !path.endsWith('/notes')) return undefined;
        lost = true;
        return 'reset-after';
      },
    });
    const { exitCode, stderr } = await runHerald(['report'], { cwd: directory, env });
    expect(lost).toBe(true);
    expect(exitCode, stderr).toBe(0);
    expect(botNotes()).toHaveLength(1);
  });

  test('429 with Retry-After is obeyed', async () => {
    let refusals = 0;
    const { directory, env, botNotes } = await aProject({
      beforeRequest: ({ method, path }) => {
        if (method !== 'POST' || !path.endsWith('/notes') || refusals > 0) return undefined;
        refusals += 1;
        return { status: 429, body: 'Retry later', headers: { 'retry-after': '1' } };
      },
    });
    const started = Date.now();
    const { exitCode } = await runHerald(['report'], { cwd: directory, env });
    expect(exitCode).toBe(0);
    expect(Date.now() - started).toBeGreaterThan(1_000);
    expect(botNotes()).toHaveLength(1);
  });

  test('500 notes of others do not hide the comment', async () => {
    const { gitlab, directory, env, botNotes } = await aProject();
    const [mr] = gitlab.state.mergeRequests;
    const [human] = mr?.notes ?? [];
    await runHerald(['report'], { cwd: directory, env });
    // GitLab's order is that of their creation.
    const created_at = new Date(Date.now() + 60_000).toISOString();
    for (let id = 10_000; id < 10_500; id += 1)
      if (mr !== undefined && human !== undefined) mr.notes.push({ ...human, id, created_at });
    const before = gitlab.requests.length;
    await runHerald(['report'], { cwd: directory, env: { ...env, CI_PIPELINE_ID: '5003' } });
    expect(botNotes()).toHaveLength(1);
    expect(
      gitlab.requests.slice(before).filter(({ method, path }) => method === 'GET' && path.endsWith('/notes'))
        .length,
    ).toBe(1);
  });
});

describe('herald report with bad input', () => {
  test('each bad file costs a warning that names it, and the others count', async () => {
    const { directory, env, botNotes, write } = await aProject();
    await write('bad/empty.xml', '');
    await write('bad/truncated.xml', '<testsuite><testcase name="before the cut"/><testcase name="cu');
    await write('bad/page.xml', '<!doctype html><html><body>Sign in</body></html>');
    await write(
      'bad/bomb.xml',
      '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>',
    );
    symlinkSync('/etc/hostname', join(directory, 'bad/link.xml'));
    const { exitCode, stderr } = await runHerald(['report', 'api/junit.xml', 'bad/*.xml', 'missing/*.xml'], {
      cwd: directory,
      env,
    });
    expect(exitCode).toBe(0);
    for (const name of [
      'bad/empty.xml',
      'bad/truncated.xml',
      'bad/page.xml',
      'bad/link.xml',
      'missing/*.xml',
    ])
      expect(stderr).toContain(name);
    const body = botNotes()[0] ?? '';
    for (const name of ['bad/empty.xml', 'bad/page.xml', 'bad/link.xml']) expect(body).toContain(name);
    const report = JSON.parse(await readFile(join(directory, 'herald-report.json'), 'utf8')) as {
      tests: { totals: { total: number } };
    };
    expect(report.tests.totals.total).toBe(17 + 1 + 1);
  });

  test('--strict exits with 3 for an unreadable file', async () => {
    const { directory, env, write } = await aProject();
    await write('bad/empty.xml', '');
    const { exitCode } = await runHerald(['report', 'api/junit.xml', 'bad/empty.xml', '--strict'], {
      cwd: directory,
      env,
    });
    expect(exitCode).toBe(3);
  });

  test('hostile text comes out as itself and does nothing', async () => {
    const hostile = '/merge @all #1 !2 ~label $x$ | ``` </details> <!-- --> %5';
    const { directory, env, botNotes, write } = await aProject();
    const escaped = hostile.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    await write(
      'junit.xml',
      `<testsuite><testcase name="${escaped}" classname="/approve"><failure message="/close&#10;@all">/merge\n@root\n</failure></testcase></testsuite>`,
    );
    const { exitCode, stderr } = await runHerald(['report', 'junit.xml'], { cwd: directory, env });
    expect(exitCode, stderr).toBe(0);
    const body = botNotes()[0] ?? '';
    expect(body).toContain('/merge @all #1 !2 ~label');
    expect(body.split('\n').filter((line) => /^\s*\/[a-z]/.test(line) && !line.startsWith(' /'))).toEqual([]);
  });
});

describe('outside of CI', () => {
  test('says so and how to try it', async () => {
    const { directory } = await aProject();
    const { exitCode, stderr } = await runHerald(['report'], { cwd: directory });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('herald demo');
  });

  test('a missing variable is named', async () => {
    const { directory, env } = await aProject();
    const { exitCode, stderr } = await runHerald(['report'], {
      cwd: directory,
      env: without(env, 'CI_PIPELINE_ID'),
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('CI_PIPELINE_ID');
  });
});

describe('the first run on a branch without a merge request', () => {
  test('sets the status and writes the artifacts', async () => {
    const { gitlab, directory, env } = await aProject();
    gitlab.state.mergeRequests.length = 0;
    expect(stateOfDemo(new Date()).mergeRequests).toHaveLength(1);
    const branch = Object.fromEntries(
      Object.entries(env).filter(([name]) => !name.startsWith('CI_MERGE_REQUEST_')),
    );
    await rm(join(directory, 'herald-report.json'), { force: true });
    const { exitCode, stderr } = await runHerald(['report'], {
      cwd: directory,
      env: { ...branch, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'vouchers' },
    });
    expect(exitCode, stderr).toBe(0);
    expect(existsSync(join(directory, 'herald-report.json'))).toBe(true);
    expect(gitlab.requests.at(-1)?.path).toContain('/statuses/');
  });
});

function fail(): never {
  throw new Error('the merge request has no note');
}
