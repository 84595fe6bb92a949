import { expect, test } from 'vitest';
import { GitLabRefusedError } from '../../src/errors.ts';
import { createTroubles, endOfLog } from '../../src/usecases/troubles.ts';
import { aLog } from '../gitlab/connect-for-test.ts';

test('parts that are missing come in a fixed order, whichever GitLab answered first', () => {
  const partsAfter = (parts: readonly ('baseline' | 'diff' | 'jobs')[]): readonly string[] => {
    const troubles = createTroubles(aLog(), { tokenKind: 'bot' });
    for (const part of parts)
      troubles.lack(part, new GitLabRefusedError('no', { status: 403, request: 'GET /' }));
    return troubles.missing().map(({ part }) => part);
  };
  expect(partsAfter(['diff', 'jobs', 'baseline', 'jobs'])).toEqual(['jobs', 'baseline', 'diff']);
  expect(partsAfter(['baseline', 'diff', 'jobs'])).toEqual(['jobs', 'baseline', 'diff']);
});

const refused = (hint?: string) => new GitLabRefusedError('no', { status: 403, request: 'GET /', hint });

test('the end of the log names what was not written first, each once, with the first remedy', async () => {
  const troubles = createTroubles(aLog(), { tokenKind: 'bot' });
  expect(endOfLog(troubles.all())).toEqual([]);
  troubles.lack('baseline', refused());
  troubles.lack('diff', refused('Replace the token.'));
  troubles.lack('diff', refused('Another remedy.'));
  await troubles.attempt('the comment', () => Promise.reject(refused()));
  expect(endOfLog(troubles.all())).toEqual([
    'GitLab refused or failed at: the comment, the diff of the merge request, the baseline. The report is in the artifacts.',
    '  Replace the token.',
  ]);
  for (const name of ['a', 'b', 'c', 'd']) await troubles.attempt(name, () => Promise.reject(refused()));
  expect(endOfLog(troubles.all())[0]).toMatch(/at: d, c, b, a, the comment, and 2 more\. The report/);
});

test('what a job token is refused to read is no trouble at the end of the log', () => {
  const troubles = createTroubles(aLog(), { tokenKind: 'job' });
  troubles.lack('jobs', refused());
  expect(endOfLog(troubles.all())).toEqual([]);
});
