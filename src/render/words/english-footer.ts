import type { BaselineRelation, MissingBaseline, UnusableReport } from '../../model/comparison.ts';
import { plural } from './format-number.ts';

const file = 'herald-report.json';

function unusable(why: UnusableReport): string {
  switch (why.kind) {
    case 'too-complex':
      return 'it is nested too deep, or has too many parts';
    case 'not-json':
      return 'it is not valid JSON';
    case 'columns':
      return 'the columns of its tests do not fit';
    case 'contradiction':
      return 'what it says of its tests, coverage or findings contradicts itself';
    case 'schema':
      return why.found === null
        ? `it has no schema number, this Herald reads schema ${why.known}`
        : `its schema is ${why.found}, this Herald reads schema ${why.known}`;
    case 'shape':
      return `it does not fit the schema: ${why.path}`;
  }
}

function missing(why: MissingBaseline): string {
  switch (why.kind) {
    case 'no-token':
      return 'asking GitLab for it needs a token';
    case 'tag':
      return 'a tag has no target branch to compare with';
    case 'first-pipeline':
      return `this is the first pipeline of ${why.ref} to finish`;
    case 'not-returned':
      return `GitLab did not return the report of ${why.ref}`;
    case 'none-finished':
      return `no pipeline of ${why.ref} has finished yet`;
    case 'no-report':
      return `no earlier pipeline of ${why.ref} has a ${file} of the job ${why.jobName}; if that job was renamed, set baseline-job`;
    case 'no-job':
      return `pipeline ${why.pipelineId} of ${why.ref} has no job ${why.jobName}; if it was renamed, set baseline-job`;
    case 'not-kept':
      return `the ${file} of pipeline ${why.pipelineId} of ${why.ref} was not kept`;
    case 'unusable':
      return `the ${file} of ${why.ref} cannot be used for a comparison: ${unusable(why.why)}`;
    case 'unusable-file':
      return `${why.path} cannot be used for a comparison: ${unusable(why.why)}`;
  }
}

/** Where a report comes from, and what it is compared with. */
export const englishFooter = {
  commit: 'Commit',
  pipeline: 'pipeline',
  mergedInto: (ref: string) => `merged into ${ref} at`,
  comparedWith: (ref: string) => `against ${ref} at`,
  standing: (relation: BaselineRelation, commitsBehind: number | null) => {
    switch (relation) {
      case 'behind':
        return commitsBehind === null
          ? 'before the merge base'
          : `${plural(commitsBehind, { one: 'commit', other: 'commits' })} before the merge base`;
      case 'newest':
        return 'the newest report, because the merge base has none';
      case 'exact':
      case 'previous':
      case 'given':
        return '';
    }
  },
  gitlabsOwn: 'from GitLab’s own test report',
  noBaseline: (reason: MissingBaseline) => `Nothing to compare with: ${missing(reason)}.`,
  firstRun: {
    link: (ref: string) => `Run Herald on ${ref}`,
    rest: ' once, and the next report shows only what is new.',
    token: 'Give Herald a token, and it shows only what is new.',
    next: 'The next one shows what changed.',
    retry: 'Retry the job to compare.',
  },
  missing,
  unusable,
  fullReport: 'full report',
  by: (version: string) => `Herald ${version}`,
} as const;
