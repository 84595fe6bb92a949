import type { History } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';

type Load = () => Promise<History>;
type Pages = (...asked: never[]) => AsyncIterable<unknown>;
type Lists = Omit<History, 'fetchMergeRequestBatch'>;

/** The same list, loaded when its first page is asked for. */
function pagesOf<Name extends keyof Lists>(name: Name, load: Load): Lists[Name];
function pagesOf(name: keyof Lists, load: Load): Pages {
  return async function* pages(...asked: never[]) {
    const { fetchMergeRequestBatch: _one, ...lists } = await load();
    const byName: Readonly<Record<string, Pages>> = lists;
    yield* byName[name]?.(...asked) ?? [];
  };
}

/** Few commands ask for a history, and its answers are many: they are loaded with the first question. */
export function createLazyHistory(api: Api): History {
  let loaded: Promise<History> | null = null;
  const load: Load = () => {
    loaded ??= import('./history.ts').then(({ createHistory }) => createHistory(api));
    return loaded;
  };
  return {
    fetchDeploymentPages: pagesOf('fetchDeploymentPages', load),
    fetchEnvironmentPages: pagesOf('fetchEnvironmentPages', load),
    fetchMergeRequestPages: pagesOf('fetchMergeRequestPages', load),
    fetchOpenMergeRequestPages: pagesOf('fetchOpenMergeRequestPages', load),
    fetchMergeRequestEventPages: pagesOf('fetchMergeRequestEventPages', load),
    fetchMergeRequestCommitPages: pagesOf('fetchMergeRequestCommitPages', load),
    fetchMergeRequestBatch: async (of, iids) => (await load()).fetchMergeRequestBatch(of, iids),
    fetchIssuePages: pagesOf('fetchIssuePages', load),
    fetchOpenIssuePages: pagesOf('fetchOpenIssuePages', load),
    fetchJobPages: pagesOf('fetchJobPages', load),
    fetchFailedJobPages: pagesOf('fetchFailedJobPages', load),
    fetchPipelineJobPages: pagesOf('fetchPipelineJobPages', load),
    fetchPipelinePages: pagesOf('fetchPipelinePages', load),
    fetchPipelineWithJobsPages: pagesOf('fetchPipelineWithJobsPages', load),
    fetchFailedSuitePages: pagesOf('fetchFailedSuitePages', load),
    fetchCommitPages: pagesOf('fetchCommitPages', load),
    fetchBranchPages: pagesOf('fetchBranchPages', load),
    fetchTagPages: pagesOf('fetchTagPages', load),
    fetchReleasePages: pagesOf('fetchReleasePages', load),
    fetchProjectPagesOfGroup: pagesOf('fetchProjectPagesOfGroup', load),
  };
}
