import type { Document } from '../../../src/model/document.ts';
import { defaultNotesSettings } from '../../../src/model/release-notes-settings.ts';
import { releaseNotes } from '../../../src/trail/releases/release-notes.ts';

const project = { path: 'shop/till', url: 'https://gitlab.example.com/shop/till' };
const sha = 'c'.repeat(40);

/** Release notes with a text of somebody outside of the project in every place that has one. */
export function hostileNotes(next: () => string): Document {
  const request = {
    labels: [],
    milestone: null,
    mergeSha: null,
    squashSha: null,
    headSha: null,
    url: `${project.url}/-/merge_requests/1`,
    pickedBy: null,
  };
  return releaseNotes(
    {
      tag: 'v1.4.0',
      sha,
      from: { name: next(), sha: 'a'.repeat(40) },
      isPreRelease: false,
      mergeRequests: [
        {
          ...request,
          iid: 1,
          title: next(),
          description: next(),
          closes: [
            { kind: 'tracker', key: next(), url: 'https://jira.example.com/browse/1' },
            { kind: 'issue', project: next(), iid: 5, url: `${project.url}/-/issues/5` },
          ],
        },
        { ...request, iid: 2, title: `feat(${next()})!: ${next()}`, description: '', closes: [] },
      ],
      commits: [{ sha, title: next(), message: next(), closes: [] }],
      reverted: {
        mergeRequests: [{ ...request, iid: 3, title: next(), description: next(), closes: [] }],
        commits: [{ sha, title: next(), message: next(), closes: [] }],
      },
      issues: [],
      contributors: [next(), next()],
      gaps: [next()],
      remarks: [],
    },
    { ...defaultNotesSettings, other: next() },
    project,
  );
}
