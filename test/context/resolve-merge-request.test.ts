import { describe, expect, test } from 'vitest';
import { contextFromCiVariables } from '../../src/context/from-ci-variables.ts';
import { chooseMergeRequest, mergeRequestSources } from '../../src/context/resolve-merge-request.ts';
import type { MergeRequest } from '../../src/model/context.ts';
import { ciEnvironments, commitSha } from './ci-environments.ts';

const byCommit = { from: 'commit', projectId: 42, sha: commitSha };

describe('mergeRequestSources', () => {
  test.each([
    { name: 'branch', sources: [byCommit], why: 'only the API knows' },
    {
      name: 'branchWithOpenMergeRequests',
      sources: [
        { from: 'address', address: { project: 'group/project', iid: 333 } },
        { from: 'address', address: { project: 'group/sub.group/proj-2', iid: 11 } },
        byCommit,
      ],
      why: 'the variable names some, the API may know more',
    },
    {
      name: 'childWithAddress',
      sources: [{ from: 'address', address: { project: 42, iid: 7 } }, byCommit],
      why: 'somebody handed the address down',
    },
    { name: 'child', sources: [byCommit], why: 'nothing was handed down' },
    { name: 'tag', sources: [], why: 'a tag is of no merge request' },
    { name: 'defaultBranch', sources: [], why: 'its commits are in many that it did not check' },
  ] as const)('$name: $why', ({ name, sources }) => {
    expect(mergeRequestSources(contextFromCiVariables(ciEnvironments[name]))).toEqual(sources);
  });

  test('a merge request pipeline asks nobody', () => {
    const context = contextFromCiVariables(ciEnvironments.mergedResult);
    expect(mergeRequestSources(context)).toEqual([{ from: 'variables', mergeRequest: context.mergeRequest }]);
  });
});

describe('chooseMergeRequest', () => {
  const context = contextFromCiVariables(ciEnvironments.branch);
  const { mergeRequest: template } = contextFromCiVariables(ciEnvironments.detached);
  const aMergeRequest = (changes: Partial<MergeRequest>): MergeRequest => {
    if (template === null) throw new Error('the template has a merge request');
    return { ...template, sourceBranch: 'other', targetBranch: 'next', ...changes };
  };

  test('none is a choice too, with its reason', () => {
    expect(chooseMergeRequest([], context)).toEqual({
      mergeRequest: null,
      reason: 'No open merge request has this commit.',
      candidates: [],
    });
  });

  test.each([
    { name: 'the only one', candidates: [aMergeRequest({ iid: 3 })], iid: 3, because: 'only open' },
    {
      name: 'the one of this branch before the one to the default branch',
      candidates: [
        aMergeRequest({ iid: 9, targetBranch: 'main' }),
        aMergeRequest({ iid: 2, sourceBranch: 'add-a-thing' }),
      ],
      iid: 2,
      because: 'its source is the branch of this pipeline.',
    },
    {
      name: 'not the one of a branch of that name in another project',
      candidates: [
        aMergeRequest({ iid: 9, sourceBranch: 'add-a-thing', sourceProjectId: 77 }),
        aMergeRequest({ iid: 2, sourceBranch: 'add-a-thing' }),
      ],
      iid: 2,
      because: 'its source is the branch of this pipeline.',
    },
    {
      name: 'the one to the default branch before the newest',
      candidates: [aMergeRequest({ iid: 9 }), aMergeRequest({ iid: 2, targetBranch: 'main' })],
      iid: 2,
      because: 'its target is the default branch.',
    },
    {
      name: 'the newest of two that are alike',
      candidates: [
        aMergeRequest({ iid: 4, sourceBranch: 'add-a-thing' }),
        aMergeRequest({ iid: 8, sourceBranch: 'add-a-thing' }),
        aMergeRequest({ iid: 9 }),
      ],
      iid: 8,
      because: 'its source is the branch of this pipeline, it is the newest.',
    },
  ])('takes $name', ({ candidates, iid, because }) => {
    for (const order of [candidates, [...candidates].reverse()]) {
      const { mergeRequest, reason } = chooseMergeRequest(order, context);
      expect(mergeRequest?.iid).toBe(iid);
      expect(reason).toContain(because);
    }
  });

  test('each candidate has its own reason', () => {
    const candidates = [
      aMergeRequest({ iid: 4, sourceBranch: 'add-a-thing' }),
      aMergeRequest({ iid: 8, sourceBranch: 'add-a-thing' }),
      aMergeRequest({ iid: 9 }),
    ];
    const verdicts = chooseMergeRequest(candidates, context).candidates;
    expect(verdicts.map(({ candidate, chosen, reason }) => [candidate.iid, chosen, reason])).toEqual([
      [4, false, '!8 is newer.'],
      [8, true, expect.stringContaining('it is the newest')],
      [9, false, 'Another one is preferred: its source is the branch of this pipeline.'],
    ]);
  });
});
