import { expect, test } from 'vitest';
import { lockNameOf } from '../../src/publish/note-lock.ts';
import { aProject, type Project } from './fake-project.ts';
import { runHerald } from './run-herald.ts';

/** The requests of one run, and those for comments. */
async function report({ gitlab, directory, env }: Project) {
  const before = gitlab.requests.length;
  const { exitCode, stderr } = await runHerald(['report'], { cwd: directory, env });
  expect(exitCode, stderr).toBe(0);
  const requests = gitlab.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  const ofNotes = requests.filter((request) => /\/notes(?:\/\d+)?$/.test(request));
  return {
    all: requests.length,
    notes: ofNotes.map((request) => request.replace(/\/projects\/.*\/notes/, 'notes')),
  };
}

test('among 320 comments of others the first run reads each page once, and the second finds our note in two requests', async () => {
  const project = await aProject();
  const [mergeRequest] = project.gitlab.state.mergeRequests;
  const author = { id: 11, username: 'ada' };
  const at = new Date().toISOString();
  mergeRequest?.notes.splice(0);
  const comment = { author, body: 'Hm.', system: false, created_at: at, updated_at: at };
  for (let id = 1; id <= 320; id += 1) mergeRequest?.notes.push({ ...comment, id });
  project.gitlab.state.nextId = 10_000;
  const sourceBranch = project.env['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'] ?? '';
  const env = { ...project.env, HERALD_LOCK: lockNameOf({ sourceBranch }, 'report') };
  const first = await report({ ...project, env });
  const second = await report({ ...project, env: { ...env, HERALD_TITLE: 'Again' } });
  const read = 'GET notes';
  expect(first.notes).toEqual([read, read, read, read, 'POST notes']);
  // Ids from 10,001 on are of what Herald made; the status may have the first one.
  expect(second.notes).toEqual([read, read, expect.stringMatching(/^PUT notes\/1000[12]$/)]);
  expect(second.all).toBeLessThan(first.all);
});
