import { expect, test } from 'vitest';
import type { Write } from '../../src/model/write.ts';
import { describeWrite } from '../../src/publish/describe-write.ts';

const place = { project: 42, iid: 7 };
const writes: readonly { readonly write: Write; readonly line: string }[] = [
  {
    write: { do: 'createNote', place, key: 'report', body: 'four' },
    line: 'create the note "report" on !7 of project 42 (4 characters)',
  },
  {
    write: {
      do: 'updateNote',
      place: { project: 'g/p', iid: 7 },
      key: 'a\nb',
      noteId: 5,
      body: '',
    },
    line: 'update note 5 "a b" on g/p!7 (0 characters)',
  },
  {
    write: { do: 'createNote', place: { project: 42, sha: 'abcdef0123456789' }, key: 'report', body: 'four' },
    line: 'create the note "report" on commit abcdef01 of project 42 (4 characters)',
  },
  {
    write: { do: 'deleteNote', place, key: 'report', noteId: 5 },
    line: 'delete note 5, a duplicate of "report", on !7 of project 42',
  },
  {
    write: {
      do: 'setStatus',
      status: {
        projectId: 42,
        sha: 'abcdef0123456789',
        pipelineId: 900,
        name: 'herald/report',
        state: 'failed',
        description: '2 failed\n\u001b[31m',
        targetUrl: null,
      },
    },
    line: 'set the status herald/report of commit abcdef01 (pipeline 900, project 42) to failed: 2 failed [31m',
  },
];

test.each(writes)('$write.do is one line', ({ write, line }) => {
  expect(describeWrite(write)).toBe(line);
});
