import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/bot/commands/registry.ts';
import { aStage, edited, forkMr, type Stage, type Who } from './stage.ts';

const forkHead = 'f0'.repeat(20);
const okToTest = `/herald ok-to-test ${forkHead}`;
const later = (iso: string): string => new Date(Date.parse(iso) + 60_000).toISOString();

/** A comment that somebody turned into a command afterwards; `by` null = GitLab knows of no editor. */
async function turned(
  stage: Stage,
  { author, by, into }: { readonly author: Who; readonly by: Who | null; readonly into: string },
) {
  const { note } = stage.say(author, 'Looks good.', forkMr);
  note.body = into;
  note.updated_at = later(note.updated_at);
  const editor = stage.state.users.find(({ username }) => username === by);
  if (editor !== undefined) note.last_edited_by = editor;
  await stage.handle(edited(note, forkMr));
  return { deeds: stage.deeds(), answer: stage.answers(note, forkMr)[0] ?? '' };
}

const start = 'POST /projects/42/merge_requests/8/pipelines';

describe('a command in a comment that was edited', () => {
  test.each([
    { name: 'by its author runs', author: 'dev', by: 'dev', runs: true },
    { name: 'by nobody, to which somebody only reacted, runs', author: 'dev', by: null, runs: true },
    { name: 'by somebody with the right, of one who has it, runs', author: 'otto', by: 'mia', runs: true },
    { name: 'by a reporter, of an owner, does not run', author: 'otto', by: 'rita', runs: false },
    { name: 'by a user who is blocked, of an owner, does not run', author: 'otto', by: 'gone', runs: false },
    { name: 'by a stranger, of an owner, does not run', author: 'otto', by: 'sam', runs: false },
    { name: 'by an owner, of a reporter, does not run', author: 'rita', by: 'otto', runs: false },
  ] as const)('$name', async ({ author, by, runs }) => {
    const stage = await aStage();
    const { deeds, answer } = await turned(stage, { author, by, into: okToTest });
    expect(deeds).toEqual(runs ? [start] : []);
    if (!runs)
      expect(answer).toMatch(author === 'otto' ? /edited this comment last.*comment of your own/s : /role/);
  });

  test('that starts nothing runs with the lower right of the two', async () => {
    const stage = await aStage();
    const label = (by: Who) => turned(stage, { author: 'otto', by, into: '/herald label bug' });
    expect((await label('gus')).deeds).toEqual([]);
    expect((await label('mia')).deeds).toEqual(['PUT /projects/42/merge_requests/8']);
  });

  test.each([
    {
      name: 'knows no such question',
      answer: { status: 200, body: { errors: [{ message: 'Field is unknown' }] } },
    },
    { name: 'refuses', answer: { status: 403, body: { message: 'insufficient_scope' } } },
    { name: 'knows no such comment', answer: { status: 200, body: { data: { note: null } } } },
    {
      name: 'has another text by now',
      answer: {
        status: 200,
        body: {
          data: {
            note: {
              body: 'Looks good.',
              author: { id: 'gid://gitlab/User/12', username: 'dev' },
              lastEditedBy: null,
            },
          },
        },
      },
    },
  ])('is not started where GitLab $name, and says why', async ({ answer }) => {
    const stage = await aStage(null, {
      beforeRequest: ({ path }) => (path === '/graphql' ? answer : undefined),
    });
    const refused = await turned(stage, { author: 'dev', by: 'dev', into: okToTest });
    expect(refused.deeds).toEqual([]);
    expect(refused.answer).toMatch(/GitLab does not say who: write the command in a comment of your own/);
    const label = await turned(stage, { author: 'dev', by: 'dev', into: '/herald label bug' });
    expect(label.deeds).toEqual(['PUT /projects/42/merge_requests/8']);
  });

  test('costs one request more, and one that nobody touched costs none', async () => {
    const stage = await aStage();
    await stage.handle(stage.say('dev', okToTest, forkMr).payload);
    expect(stage.requests().filter((request) => request.endsWith('/graphql'))).toEqual([]);
    await turned(stage, { author: 'dev', by: 'dev', into: `${okToTest} ` });
    expect(stage.requests().filter((request) => request.endsWith('/graphql'))).toEqual(['GET /graphql']);
  });
});

test('what acts on pipelines, jobs or branches for somebody says that it starts something', () => {
  const starting = commands.filter(({ starts }) => starts).map(({ name }) => name);
  expect(starting).toEqual(['retry', 'run', 'play', 'ok-to-test', 'backport', 'flaky']);
});
