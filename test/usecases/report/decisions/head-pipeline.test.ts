import { expect, test } from 'vitest';
import { type Decision, type HeadRefusal, headRefusals } from '../../../../src/model/decision.ts';
import type { Pipeline } from '../../../../src/model/pipeline.ts';
import { findHeadPipeline } from '../../../../src/usecases/report/find-head-pipeline.ts';
import { aMergeRequest } from '../../../builders.ts';

const head = 'a'.repeat(40);
const other = 'b'.repeat(40);
const mergeRequest = aMergeRequest({ iid: 7, headSha: head });
const { sourceBranch, sourceProjectId } = mergeRequest;

const own: Pipeline = {
  id: 501,
  projectId: sourceProjectId,
  ref: sourceBranch,
  sha: head,
  status: 'success',
  source: 'push',
  url: 'https://gitlab.example.com/p/501',
  createdAt: null,
};

async function decisionsFor(candidate: Pipeline): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  await findHeadPipeline(
    mergeRequest,
    {
      fetchMergeRequestWithHead: () =>
        Promise.resolve({ mergeRequest, state: 'opened', headPipeline: candidate }),
      fetchPipelinesOf: () => Promise.resolve([candidate, own]),
      fetchParents: () => Promise.resolve([other]),
    } as unknown as Parameters<typeof findHeadPipeline>[1],
    (decision) => void decisions.push(decision),
  );
  return decisions;
}

const refused: readonly { readonly why: HeadRefusal; readonly change: Partial<Pipeline> }[] = [
  { why: 'external', change: { source: 'external' } },
  { why: 'child', change: { source: 'parent_pipeline' } },
  { why: 'other-project', change: { projectId: 9_999 } },
  { why: 'other-branch', change: { ref: 'another' } },
  { why: 'other-merge-request', change: { ref: 'refs/merge-requests/8/head' } },
  { why: 'other-commit', change: { ref: 'refs/merge-requests/7/head', sha: other } },
  { why: 'other-parents', change: { ref: 'refs/merge-requests/7/merge', sha: other } },
];

test.each(refused)('a pipeline is refused: $why', async ({ why, change }) => {
  const decisions = await decisionsFor({ ...own, id: 530, ...change });
  expect(decisions).toContainEqual(
    expect.objectContaining({ about: 'head-candidate', pipelineId: 530, chosen: false, why }),
  );
  expect(decisions).toContainEqual(
    expect.objectContaining({ about: 'head-candidate', pipelineId: 501, chosen: true, why: null }),
  );
  expect(decisions.at(-1)).toMatchObject({ about: 'head-pipeline', pipelineId: 501 });
});

test('every reason is tried', () => {
  expect(refused.map(({ why }) => why).sort()).toEqual([...headRefusals].sort());
});
