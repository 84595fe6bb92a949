import { expect, test } from 'vitest';
import type { Digest } from '../../../src/model/digest.ts';
import type { ProjectHistory } from '../../../src/model/project-history.ts';
import { figuresDocument } from '../../../src/render/digest/digest-document.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { englishDigest } from '../../../src/render/words/english-digest.ts';
import { writeDigestFiles } from '../../../src/usecases/digest/write-digest-files.ts';
import { aHistory, allRead, aMergeRequest, anEvent, bot, details, hour, person } from '../histories.ts';
import { digestOf } from '../measured.ts';

const [ada, ben, cleo, emil] = [
  person('person-ada'),
  person('person-ben'),
  person('person-cleo'),
  person('person-emil'),
];

/** Two projects in which the same people work. */
function histories(): readonly ProjectHistory[] {
  const one = aHistory({
    mergeRequests: [
      // Ben came first, after 2 hours, and twice; Cleo after him.
      aMergeRequest('2026-11-02T08:00', {
        author: ada,
        merged: '2026-11-03T08:00',
        details: details('2026-11-01T08:00', [
          anEvent('comment', '2026-11-02T09:00', bot),
          anEvent('comment', '2026-11-02T09:30', ada),
          anEvent('comment', '2026-11-02T10:00', ben),
          anEvent('approved', '2026-11-02T11:00', cleo),
          anEvent('approved', '2026-11-02T12:00', ben),
          // After the merge.
          anEvent('comment', '2026-11-04T12:00', emil),
        ]),
      }),
      // A bot's: its review counts, its merge does not. Ben came after 4 hours.
      aMergeRequest('2026-11-05T08:00', {
        author: bot,
        merged: '2026-11-05T20:00',
        details: details('2026-11-05T08:00', [anEvent('approved', '2026-11-05T12:00', ben)]),
      }),
      // Of the month before.
      aMergeRequest('2026-10-02T08:00', {
        author: ben,
        merged: '2026-10-03T08:00',
        details: details('2026-10-02T08:00', [anEvent('approved', '2026-10-02T09:00', cleo)]),
      }),
      aMergeRequest('2026-11-28T08:00', { author: ada, waitingOn: 'author' }),
      aMergeRequest('2026-11-28T08:00', {
        author: ada,
        waitingOn: 'reviewer',
        reviewers: ['person-ben', 'person-cleo'],
      }),
      aMergeRequest('2026-11-28T08:00', { author: bot, waitingOn: 'author' }),
      aMergeRequest('2026-11-28T08:00', { author: ben, waitingOn: 'pipeline', reviewers: ['person-ada'] }),
    ],
  });
  const other = aHistory({
    project: { id: 2, path: 'group/other', url: 'https://gitlab.test/group/other', defaultBranch: 'main' },
    // Ben came after 9 hours.
    mergeRequests: [
      aMergeRequest('2026-11-10T08:00', {
        author: ada,
        merged: '2026-11-12T08:00',
        details: details('2026-11-10T08:00', [anEvent('comment', '2026-11-10T17:00', ben)]),
      }),
    ],
  });
  return [one, other];
}

function tableOfPeople(digest: Digest): Digest['tables'][number]['rows'] | null {
  return digest.tables.find(({ id }) => id === 'people')?.rows ?? null;
}

async function filesOf(digest: Digest): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const write = (path: string, content: string): Promise<void> => {
    files.set(path, content);
    return Promise.resolve();
  };
  await writeDigestFiles(digest, englishDigest, { write });
  return files;
}

test('people are in a table by name, over all projects, without bots', () => {
  // Merged, reviewed, the median of 2, 4 and 9 hours, and what waits for them.
  expect(tableOfPeople(digestOf(histories(), { settings: { people: true } }))).toEqual([
    { url: null, cells: ['person-ada', 2, 0, null, 1] },
    { url: null, cells: ['person-ben', 0, 3, 4 * hour, 1] },
    { url: null, cells: ['person-cleo', 0, 1, null, 1] },
  ]);
});

test('without the option no file and no comment names anybody', async () => {
  const digest = digestOf(histories());
  expect(tableOfPeople(digest)).toBeNull();
  const files = await filesOf(digest);
  expect([...files.keys()].sort()).toEqual(
    ['csv', 'html', 'json', 'md', 'txt'].map((ending) => `herald-digest.${ending}`),
  );
  const comment = renderMarkdown(figuresDocument(digest, englishDigest));
  for (const text of [...files.values(), comment]) expect(text).not.toMatch(/person-(?:ada|ben|cleo|emil)/);
});

test('with it, names are in code: nobody is called', async () => {
  const [one] = histories();
  const hostile = aMergeRequest('2026-11-02T08:00', {
    author: person('@all|`x`'),
    merged: '2026-11-03T08:00',
  });
  const digest = digestOf([{ ...(one ?? aHistory()), mergeRequests: [hostile] }], {
    settings: { people: true },
  });
  const markdown = (await filesOf(digest)).get('herald-digest.md') ?? '';
  expect(markdown).toContain('People');
  expect(markdown).toMatch(/\| <code>|\| `+/);
  expect(markdown.replaceAll(/`+[^\n]*?`+|<code>.*?<\/code>/g, '')).not.toContain('@all');
});

test('people are not counted where reviews could not be read', () => {
  const gap = { gap: 'the token may not see notes', usable: false };
  const blind = aHistory({ ...histories()[0], read: allRead({ 'merge-request-details': gap }) });
  expect(tableOfPeople(digestOf([blind], { settings: { people: true } }))).toEqual([]);
});
