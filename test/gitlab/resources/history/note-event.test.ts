import { expect, test } from 'vitest';
import { kindOfNote } from '../../../../src/gitlab/resources/history/note-event.ts';

// The texts are those of app/services/system_notes/ in GitLab's source, and of its older versions.
test.each([
  ['approved this merge request', 'approved'],
  ['unapproved this merge request', 'unapproved'],
  ['marked this merge request as **ready**', 'ready'],
  ['marked this merge request as **draft**', 'draft'],
  ['marked as a **Work In Progress**', 'draft'],
  ['marked as a **Work In Progress** from abc123', 'draft'],
  ['unmarked as a **Work In Progress**', 'ready'],
  ['added 1 commit\n\n<ul><li>1a2b3c4d - closed</li></ul>', 'push'],
  ['added 12 commits\n\n<ul>…</ul>', 'push'],
  ['closed', 'closed'],
  ['closed via commit bc17db76', 'closed'],
  ['reopened', 'reopened'],
  ['merged', null],
  ['assigned to @ada', null],
  ['mentioned in commit da1d6dea', null],
  ['enabled an automatic merge when the pipeline for abc succeeds', null],
  ['changed title from **approved this merge request** to **b**', null],
  ['restored source branch `added 1 commit`', null],
])('the system note "%s" is %s', (body, kind) => {
  expect(kindOfNote({ system: true, body })).toBe(kind);
});

test.each(['approved this merge request', 'added 1 commit', ''])(
  'what a person writes is a comment, whatever it says: "%s"',
  (body) => {
    expect(kindOfNote({ system: false, body })).toBe('comment');
  },
);
