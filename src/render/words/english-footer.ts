import type { BaselineRelation } from '../../model/comparison.ts';
import { plural } from './format-number.ts';

/** Where a report comes from, and what it is compared with. */
export const englishFooter = {
  commit: 'Commit',
  pipeline: 'pipeline',
  mergedInto: (ref: string) => `merged into ${ref} at`,
  comparedWith: (ref: string) => `compared with ${ref} at`,
  standing: (relation: BaselineRelation, commitsBehind: number | null) => {
    switch (relation) {
      case 'behind':
        return commitsBehind === null
          ? 'before the merge base'
          : `${plural(commitsBehind, { one: 'commit', other: 'commits' })} before the merge base`;
      case 'newest':
        return 'the newest report, as there is none at the merge base';
      case 'exact':
      case 'previous':
      case 'given':
        return '';
    }
  },
  gitlabsOwn: 'by GitLab’s own test report',
  noBaseline: (reason: string) => `not compared: ${reason}`,
  fullReport: 'full report',
  by: (version: string) => `Herald ${version}`,
} as const;
