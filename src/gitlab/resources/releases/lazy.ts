import type { Releases } from '../../ports/releases.ts';
import type { Api } from '../../transport/api.ts';

/** Few commands ask for releases: the answers are loaded with the first question. */
export function createLazyReleases(api: Api): Releases {
  let loaded: Promise<Releases> | null = null;
  const load = (): Promise<Releases> => {
    loaded ??= import('./releases.ts').then(({ createReleases }) => createReleases(api));
    return loaded;
  };
  return {
    fetchCommitsBetween: async (...asked) => (await load()).fetchCommitsBetween(...asked),
    fetchMergeBase: async (...asked) => (await load()).fetchMergeBase(...asked),
    async *fetchMergedPages(...asked) {
      yield* (await load()).fetchMergedPages(...asked);
    },
    fetchMergedOfCommit: async (...asked) => (await load()).fetchMergedOfCommit(...asked),
    fetchIssuesByIid: async (...asked) => (await load()).fetchIssuesByIid(...asked),
    fetchReleaseText: async (...asked) => (await load()).fetchReleaseText(...asked),
    createRelease: async (...asked) => (await load()).createRelease(...asked),
    updateReleaseText: async (...asked) => (await load()).updateReleaseText(...asked),
  };
}
