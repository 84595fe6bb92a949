import { code, type Inline, link, text } from '../../model/document.ts';
import type { Facts, MergeRequestFacts } from '../../model/facts.ts';
import type { Person } from '../../model/person.ts';
import { isFailed, type Job } from '../../model/pipeline.ts';
import { authorsOf } from '../../trail/commits.ts';
import { reviewersOf } from '../reviewers-of.ts';
import { blamePlaceholder } from './blame-placeholder.ts';
import { changedLines } from './changed-lines.ts';
import { incidentPlaceholders } from './incident-placeholders.ts';
import { linked, listed, name, type Placeholder, separated, words } from './placeholder.ts';

type People = (facts: Facts) => readonly Person[];

function peopleNames(meaning: string, people: People): Placeholder {
  const names = (facts: Facts): readonly string[] => people(facts).map(({ username }) => username);
  return {
    meaning,
    needs: [],
    text: (facts) => listed(names(facts)),
    inline: (facts) => separated(names(facts).map(code)),
  };
}

/** GitLab notifies them. */
function mentions(meaning: string, people: People): Placeholder {
  return {
    meaning,
    needs: [],
    text: (facts) => listed(people(facts).map(({ username }) => username)),
    inline: (facts) =>
      separated(people(facts).map(({ username }): Inline => ({ kind: 'mention', username }))),
  };
}

function mergeRequestIn({ subject }: Facts): MergeRequestFacts | null {
  return subject?.kind === 'merge_request' ? subject : null;
}

const authorOf: People = ({ subject }) => (subject === null ? [] : [subject.author]);
const assigneesOf: People = ({ subject }) => subject?.assignees ?? [];

/** Of the merge request the pipeline that is known without a request. */
function pipelineOf(
  facts: Facts,
): { readonly id: number; readonly url: string; readonly status: string; readonly sha: string } | null {
  return facts.subject === null
    ? (facts.pipeline?.pipeline ?? null)
    : (mergeRequestIn(facts)?.headPipeline ?? null);
}

function failedJobsOf({ pipeline }: Facts): readonly Job[] {
  return (pipeline?.jobs ?? []).filter(isFailed);
}

/** A job, linked; of a trigger job also the pipeline that it started, with what failed there. */
function jobWithPipeline({ name: jobName, url, trigger }: Job): readonly Inline[] {
  const job = link(url, code(jobName));
  const downstream = trigger?.downstream ?? null;
  if (downstream === null) return [job];
  const failed = (trigger?.failedJobs ?? []).map((one) => link(one.url, code(one.name)));
  return [
    job,
    text(' ('),
    link(downstream.url, text(`pipeline ${downstream.id}`)),
    ...(failed.length === 0 ? [] : [text(': '), ...separated(failed)]),
    text(')'),
  ];
}

function shaOf(facts: Facts): string {
  return facts.deployment?.sha ?? mergeRequestIn(facts)?.headSha ?? pipelineOf(facts)?.sha ?? '';
}

function linesOf({ changes }: Facts): string {
  const lines = changedLines(changes);
  if (lines === null) return '';
  return lines.complete ? String(lines.count) : `${lines.count}+`;
}

function referenceOf({ subject }: Facts): string {
  if (subject === null) return '';
  return `${subject.kind === 'issue' ? '#' : '!'}${subject.at.iid}`;
}

/** Every placeholder, by its name without braces. */
export const placeholders: Readonly<Record<string, Placeholder>> = {
  author: peopleNames('username of the person who opened it', authorOf),
  '@author': mentions('the same as a mention, which notifies', authorOf),
  'author-name': words('full name of the person who opened it', ({ subject }) => subject?.author.name ?? ''),
  assignees: peopleNames('usernames of the assignees', assigneesOf),
  '@assignees': mentions('the same as mentions', assigneesOf),
  reviewers: peopleNames('usernames of the reviewers', reviewersOf),
  '@reviewers': mentions('the same as mentions', reviewersOf),
  bot: name('username of the bot', ({ self }) => self.username),
  title: words('its title', ({ subject }) => subject?.title ?? ''),
  iid: words('its number', ({ subject }) => (subject === null ? '' : String(subject.at.iid))),
  reference: linked('its number with `!` or `#`, linked', {
    words: referenceOf,
    url: ({ subject }) => subject?.url ?? '',
  }),
  url: linked('its address', {
    words: ({ subject }) => subject?.url ?? '',
    url: ({ subject }) => subject?.url ?? '',
  }),
  labels: {
    meaning: 'its labels',
    needs: [],
    text: ({ subject }) => listed(subject?.labels ?? []),
    inline: ({ subject }) => separated((subject?.labels ?? []).map(code)),
  },
  milestone: name('title of its milestone', ({ subject }) => subject?.milestone?.title ?? ''),
  project: name('full path of the project', ({ project }) => project.path),
  'project-url': linked('address of the project', {
    words: ({ project }) => project.url,
    url: ({ project }) => project.url,
  }),
  'source-branch': name(
    'branch that the merge request comes from',
    (facts) => mergeRequestIn(facts)?.sourceBranch ?? '',
  ),
  'target-branch': name('branch that it goes to', (facts) => mergeRequestIn(facts)?.targetBranch ?? ''),
  'default-branch': name('default branch of the project', ({ project }) => project.defaultBranch ?? ''),
  branch: name(
    'branch or tag of a push, release, deployment or pipeline',
    (facts, { occurrence }) => occurrence.ref ?? facts.pipeline?.pipeline.ref ?? '',
  ),
  schedule: name(
    'name of the schedule that started the pipeline',
    ({ schedule }) => schedule?.description ?? '',
  ),
  'schedule-id': words('its number', ({ schedule }) => (schedule === undefined ? '' : String(schedule.id))),
  'schedule-owner': name(
    'username of its owner, in whose name it runs; nobody is notified',
    ({ schedule }) => schedule?.owner ?? '',
  ),
  commit: name('first characters of the commit', (facts) => shaOf(facts).slice(0, 8)),
  lines: words('how many lines it adds and removes, `700+` where GitLab omits some', linesOf, ['changes']),
  files: words(
    'how many files it changes',
    ({ changes }) => (changes === null ? '' : String(changes.files.length)),
    ['changes'],
  ),
  commits: words(
    'how many commits it has; of a push without merge commits and those with `[skip herald]`',
    ({ commits }) => (commits === null ? '' : String(commits.length)),
    ['commits'],
  ),
  'commit-authors': {
    meaning: 'names of the authors and co-authors of its commits',
    needs: ['commits'],
    text: ({ commits }) => listed(authorsOf(commits ?? [])),
    inline: ({ commits }) => separated(authorsOf(commits ?? []).map(code)),
  },
  pipeline: linked('number of the pipeline, linked', {
    words: (facts) => {
      const found = pipelineOf(facts);
      return found === null ? '' : `#${found.id}`;
    },
    url: (facts) => pipelineOf(facts)?.url ?? '',
  }),
  'pipeline-url': linked('address of the pipeline', {
    words: (facts) => pipelineOf(facts)?.url ?? '',
    url: (facts) => pipelineOf(facts)?.url ?? '',
  }),
  'pipeline-status': words('`success`, `failed`, …', (facts) => pipelineOf(facts)?.status ?? ''),
  'failed-jobs': {
    meaning:
      'jobs of the pipeline that failed, linked; of a trigger job the pipeline that it started, and what failed there',
    needs: ['pipeline'],
    text: (facts) => listed(failedJobsOf(facts).map((job) => job.name)),
    inline: (facts) => separated(failedJobsOf(facts).map(jobWithPipeline)),
  },
  environment: linked('environment of the deployment, linked where it has an address', {
    words: ({ deployment }) => deployment?.environment ?? '',
    url: ({ deployment }) => deployment?.externalUrl ?? '',
    needs: ['deployment'],
  }),
  'environment-url': linked('address of the environment', {
    words: ({ deployment }) => deployment?.externalUrl ?? '',
    url: ({ deployment }) => deployment?.externalUrl ?? '',
    needs: ['deployment'],
  }),
  tier: words('tier of the environment', ({ deployment }) => deployment?.tier ?? '', ['deployment']),
  'deployment-status': words('status of the deployment', ({ deployment }) => deployment?.status ?? '', [
    'deployment',
  ]),
  ...incidentPlaceholders,
  blame: blamePlaceholder,
  rule: name('name of the rule', (_facts, { rule }) => rule),
};
