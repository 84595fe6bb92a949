import { describe, expect, test } from 'vitest';
import type { Release, ReleasedRequest } from '../../../src/model/release.ts';
import {
  defaultNotesSettings,
  type ReleaseNotesSettings,
} from '../../../src/model/release-notes-settings.ts';
import { renderMarkdown } from '../../../src/render/markdown/render-markdown.ts';
import { releaseNotes } from '../../../src/trail/releases/release-notes.ts';

const project = { path: 'shop/till', url: 'https://gitlab.example.com/shop/till' };
const sha = 'c'.repeat(40);

function request(iid: number, title: string, more: Partial<ReleasedRequest> = {}): ReleasedRequest {
  return {
    iid,
    title,
    description: '',
    labels: [],
    milestone: null,
    mergeSha: null,
    squashSha: null,
    headSha: null,
    url: `${project.url}/-/merge_requests/${iid}`,
    closes: [],
    pickedBy: null,
    ...more,
  };
}

function aRelease(more: Partial<Release> = {}): Release {
  return {
    tag: 'v1.4.0',
    sha,
    from: { name: 'v1.3.0', sha: 'a'.repeat(40) },
    isPreRelease: false,
    mergeRequests: [],
    commits: [],
    reverted: { mergeRequests: [], commits: [] },
    issues: [],
    contributors: [],
    gaps: [],
    remarks: [],
    ...more,
  };
}

function issueReference(iid: number, of = 'shop/till') {
  return {
    kind: 'issue',
    project: of,
    iid,
    url: `https://gitlab.example.com/${of}/-/issues/${iid}`,
  } as const;
}

function notes(release: Partial<Release>, settings: Partial<ReleaseNotesSettings> = {}): readonly string[] {
  const document = releaseNotes(aRelease(release), { ...defaultNotesSettings, ...settings }, project);
  return renderMarkdown(document)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('[All changes since'))
    .map((line) => plain(line).replaceAll(project.url, ''));
}

/** Without what keeps GitLab from making references of its own. */
function plain(markdown: string): string {
  return markdown.replaceAll('#.)', ')').replaceAll('`', '');
}

describe('release notes', () => {
  test('by conventional commits and by labels, each once, in the order of the sections', () => {
    expect(
      notes({
        mergeRequests: [
          request(1, 'fix(till): round to five cents'),
          request(2, 'Take vouchers', { labels: ['Type::Feature', 'bug'] }),
          request(3, 'feat!: new prices'),
          request(4, 'perf: count faster'),
          request(5, 'docs: say how to count'),
          request(6, 'Tidy up'),
          request(7, 'chore: tidy', { description: 'BREAKING CHANGE: no more pennies' }),
        ],
      }),
    ).toEqual([
      '### Breaking changes',
      '- new prices ([!3](/-/merge_requests/3))',
      '- tidy ([!7](/-/merge_requests/7))',
      '### Features',
      '- Take vouchers ([!2](/-/merge_requests/2))',
      '### Fixes',
      '- **till**: round to five cents ([!1](/-/merge_requests/1))',
      '### Performance',
      '- count faster ([!4](/-/merge_requests/4))',
      '### Other changes',
      '- say how to count ([!5](/-/merge_requests/5))',
      '- Tidy up ([!6](/-/merge_requests/6))',
    ]);
  });

  test('by sections of the project, without what it hides', () => {
    const settings = {
      sections: [{ title: 'Käufer', labels: [], types: ['feat'], breaking: false }],
      other: 'Rest',
      hide: { labels: ['skip'], types: ['chore'] },
    };
    const mergeRequests = [
      request(1, 'feat: one'),
      request(2, 'two'),
      request(3, 'three', { labels: ['SKIP'] }),
      request(4, 'chore: four'),
    ];
    expect(notes({ mergeRequests }, settings)).toEqual([
      '### Käufer',
      '- one ([!1](/-/merge_requests/1))',
      '### Rest',
      '- two ([!2](/-/merge_requests/2))',
    ]);
  });

  test('with the issues that are closed: no confidential ones, and none that GitLab does not show', () => {
    const issue = { title: 'x', labels: [], milestone: null };
    const closes = [
      issueReference(5),
      issueReference(6),
      issueReference(7),
      issueReference(8, 'shop/scale'),
      { kind: 'tracker', key: 'SHOP-9', url: 'https://jira.example.com/browse/SHOP-9' } as const,
    ];
    const issues = [
      { ...issue, iid: 5, url: `${project.url}/-/issues/5`, confidential: false },
      { ...issue, iid: 6, url: `${project.url}/-/issues/6`, confidential: true },
    ];
    expect(notes({ mergeRequests: [request(1, 'Oil', { closes })], issues })).toEqual([
      '### Other changes',
      '- Oil ([!1](/-/merge_requests/1)); closes [#5](/-/issues/5), [shop/scale#8](https://gitlab.example.com/shop/scale/-/issues/8), [SHOP-9](https://jira.example.com/browse/SHOP-9)',
    ]);
  });

  test('what was picked is told with what picked it, and what both close', () => {
    const issues = [
      {
        iid: 5,
        title: 'x',
        url: `${project.url}/-/issues/5`,
        labels: [],
        milestone: null,
        confidential: false,
      },
    ];
    const mergeRequests = [
      request(1, 'Oil', { closes: [issueReference(5)], pickedBy: 2 }),
      request(2, 'Oil in 1.4'),
      request(3, 'Picked by hand', { closes: [issueReference(5)] }),
    ];
    expect(notes({ mergeRequests, issues })).toEqual([
      '### Other changes',
      '- Oil in 1.4 ([!2](/-/merge_requests/2)); closes [#5](/-/issues/5)',
      '- Picked by hand ([!3](/-/merge_requests/3)); closes [#5](/-/issues/5)',
    ]);
  });

  test('commits without a merge request, people and what was not looked at', () => {
    expect(
      notes({
        commits: [{ sha, title: 'fix: typo', message: 'fix: typo', closes: [] }],
        contributors: ['Ada', '@all', 'Otto'],
        gaps: ['Of 3 commits it is not known.'],
      }),
    ).toEqual([
      '### Fixes',
      `- typo ([cccccccc](/-/commit/${sha}))`,
      '### Contributors',
      'Ada, @all, Otto',
      '_Of 3 commits it is not known._',
    ]);
  });

  test('without people, and without changes', () => {
    expect(notes({ contributors: ['Ada'] }, { contributors: false })).toEqual(['No changes.']);
  });

  test('what was undone is named once, in one line, unless it is hidden', () => {
    const reverted = {
      mergeRequests: [
        request(1, 'fix: oil the drawer'),
        request(2, 'chore: tidy'),
        request(3, 'Picked', { pickedBy: 1 }),
      ],
      commits: [{ sha, title: 'Grease @all', message: '', closes: [issueReference(5)] }],
    };
    const line = `Reverted before this release: oil the drawer ([!1](/-/merge_requests/1)), Grease @all ([cccccccc](/-/commit/${sha}))`;
    expect(notes({ reverted }, { hide: { labels: [], types: ['chore'] } })).toEqual(['No changes.', line]);
    const many = Array.from({ length: 25 }, (_, at) => request(at + 1, `Change ${at}`));
    const [, last = ''] = notes({ reverted: { mergeRequests: many, commits: [] } });
    expect(last).toMatch(/Change 19 \([^ ]+\) and 5 more$/);
  });

  test('the link to all changes is from commit to commit', () => {
    const markdown = plain(renderMarkdown(releaseNotes(aRelease(), defaultNotesSettings, project)));
    expect(markdown).toContain(`(${project.url}/-/compare/${'a'.repeat(40)}...${sha})`);
    const first = releaseNotes(aRelease({ from: null }), defaultNotesSettings, project);
    expect(renderMarkdown(first)).not.toContain('compare');
  });

  test('of 600 changes 500 are listed, and the rest is counted', () => {
    const mergeRequests = Array.from({ length: 600 }, (_, at) => request(at + 1, `Change ${at + 1}`));
    const lines = notes({ mergeRequests });
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(500);
    expect(lines.at(-1)).toBe('_100 changes are not listed._');
  });
});
