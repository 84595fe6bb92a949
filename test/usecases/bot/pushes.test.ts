import { describe, expect, test } from 'vitest';
import { pushEvent } from './events.ts';
import { aStage, type Payload, type Stage } from './stage.ts';

const start = 'aa'.repeat(20);
const end = 'b0'.repeat(20);

function config(when: string): string {
  return `bot:
  rules:
    - name: pushed
      on: push
      when: ${when}
      do:
        - open-issue: { title: 'Pushed {commits}', text: 'By {commit-authors}: {files} files.', key: a }
`;
}

function idOf(index: number): string {
  return index.toString(16).padStart(40, '0');
}

interface Pushed {
  readonly when?: string;
  readonly count?: number;
  /** What differs of the commit with that number, counted from 1. */
  readonly changes?: (number: number) => object;
}

/** A branch that got that many commits, the last of which is its head. */
async function pushed({
  when = "{commits: '.'}",
  count = 57,
  changes = () => ({}),
}: Pushed = {}): Promise<Stage> {
  const stage = await aStage(config(when));
  const author = { author_name: 'Ada', author_email: 'ada@example.com' };
  const one = { project_id: 42, created_at: '2026-03-04T10:00:00.000Z', ...author };
  stage.state.commits.push({ ...one, id: start, parent_ids: [], title: 'Start' });
  for (let number = 1; number <= count; number += 1)
    stage.state.commits.push({
      ...one,
      id: number === count ? end : idOf(number),
      parent_ids: [number === 1 ? start : idOf(number - 1)],
      title: `Commit ${number}`,
      files: [`src/${number}.ts`],
      ...changes(number),
    });
  return stage;
}

const payload = (more: Payload = {}): Payload => ({ ...pushEvent('main'), before: start, ...more });

function said({ state }: Stage): readonly string[] {
  return state.issues.flatMap(({ author, title, description = '' }) =>
    author?.username === 'herald-bot' ? [`${title}: ${description.split('\n').at(-1) ?? ''}`] : [],
  );
}

const comparisons = (stage: Stage): number =>
  stage.requests().filter((request) => request.includes('/repository/compare')).length;

describe('row 15: a push of more commits than its payload has', () => {
  test.each([1, 57, 300])('row 15, row 53: of %i commits is seen whole, with one request', async (count) => {
    const stage = await pushed({ count });
    await stage.handle(payload());
    expect(said(stage)).toEqual([`Pushed ${count}: By \`Ada\`: ${count} files.`]);
    expect(comparisons(stage)).toBe(1);
  });

  test('row 14: that is told twice is one issue', async () => {
    const stage = await pushed();
    for (let told = 0; told < 2; told += 1) await stage.handle(payload());
    expect(said(stage)).toHaveLength(1);
  });

  test('row 15: of more than 1,000 commits does nothing, and the log says so', async () => {
    const stage = await pushed({ count: 1_001 });
    await stage.handle(payload());
    expect(said(stage)).toEqual([]);
    expect(JSON.stringify(stage.log)).toContain('of more than 1000 Herald looks at none');
  });

  test('row 53: of nothing new does nothing', async () => {
    const stage = await pushed({ count: 1 });
    await stage.handle(payload({ before: end }));
    expect(said(stage)).toEqual([]);
  });

  test('row 60: whose history was rewritten does nothing, and the log says so', async () => {
    const stage = await pushed();
    await stage.handle(payload({ before: 'ee'.repeat(20) }));
    expect(said(stage)).toEqual([]);
    expect(JSON.stringify(stage.log)).toContain('GitLab no longer has the commit');
  });

  test('row 60: to a new branch has what the default branch has not', async () => {
    const stage = await pushed({ count: 3 });
    const [main] = stage.state.branches;
    if (main !== undefined) main.sha = start;
    stage.state.branches.push({ project_id: 42, name: 'new', sha: end });
    await stage.handle({ ...pushEvent('new'), before: '0'.repeat(40) });
    expect(said(stage)).toEqual(['Pushed 3: By `Ada`: 3 files.']);
  });

  test('row 60: is without merge commits and commits that ask to be skipped; co-authors count', async () => {
    const changes = (number: number): object => {
      if (number === 2) return { parent_ids: [idOf(1), start] };
      if (number === 3) return { message: 'C\n\n[skip herald]', author_name: 'Eve', author_email: 'e@x' };
      return number === 4 ? { message: 'D\n\nCo-authored-by: @all <bob@example.com>' } : {};
    };
    const stage = await pushed({ count: 4, changes });
    await stage.handle(payload());
    expect(said(stage)).toEqual(['Pushed 2: By `Ada`, `@all`: 4 files.']);
  });

  test.each([
    ['{branch: main}', true],
    ["{changed-paths: 'src/3.ts'}", true],
    ["{changed-paths: 'docs/**'}", false],
    ["{commits: {none: '^fixup'}, files: {at-least: 4}}", true],
    ["{commits: '^fixup'}", false],
  ])('row 60: is judged by what it brings: %s', async (when, isSaid) => {
    const stage = await pushed({ count: 4, when });
    await stage.handle(payload());
    expect(said(stage)).toHaveLength(isSaid ? 1 : 0);
    expect(comparisons(stage)).toBe(1);
  });
});
