import type { Language } from './english.ts';
import { plural } from './german-number.ts';

/** Where a report comes from, and what it is compared with. */
export const germanFooter: Language['footer'] = {
  commit: 'Commit',
  pipeline: 'Pipeline',
  mergedInto: (ref) => `gemergt mit ${ref} auf Stand`,
  comparedWith: (ref) => `verglichen mit ${ref} auf Stand`,
  standing: (relation, commitsBehind) => {
    switch (relation) {
      case 'behind':
        return commitsBehind === null
          ? 'vor der Merge-Basis'
          : `${plural(commitsBehind, { one: 'Commit', other: 'Commits' })} vor der Merge-Basis`;
      case 'newest':
        return 'der neueste Report, da es an der Merge-Basis keinen gibt';
      case 'exact':
      case 'previous':
      case 'given':
        return '';
    }
  },
  gitlabsOwn: 'nach GitLabs eigenem Test-Report',
  noBaseline: (reason) => `kein Vergleich: ${reason}`,
  fullReport: 'vollständiger Report',
  by: (version) => `Herald ${version}`,
};
