import { expect, test } from 'vitest';
import { GitLabRefusedError } from '../../src/errors.ts';
import { createTroubles } from '../../src/usecases/troubles.ts';
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
