import type { Context } from '../model/context.ts';

/** A preview's links lead nowhere, and show it. https://www.rfc-editor.org/rfc/rfc2606 */
const server = 'https://gitlab.example.com';

/**
 * The context of a run that is in no pipeline: a branch of a project that does not exist, checked out in `directory`.
 */
export function previewContext(directory: string): Context {
  const url = `${server}/group/project`;
  return {
    server: { url: server, apiUrl: `${server}/api/v4` },
    project: { id: 1, path: 'group/project', url, defaultBranch: 'main', directory },
    pipeline: { id: 1, url: `${url}/-/pipelines/1`, type: 'branch', source: 'push', createdAt: null },
    job: { id: 1, name: 'herald', url: `${url}/-/jobs/1` },
    lock: null,
    commit: { sha: '0'.repeat(40), branch: 'preview', tag: null },
    mergeRequest: null,
    openMergeRequests: [],
    runsInFork: false,
  };
}
