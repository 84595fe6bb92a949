import type { BlameFacts, BlameStanding } from '../model/blame.ts';
import type { FailureCause } from '../model/failure-cause.ts';
import type { CommitRange, IncidentFacts, SuspectCommit } from '../model/incident.ts';
import type { FailedAt } from '../model/tests.ts';
import { candidateFiles } from './frames/candidate-files.ts';
import { innermostFirst } from './frames/stack-places.ts';

function isOf({ jobs: [job] }: FailureCause, projectUrl: string): boolean {
  return job?.url.startsWith(`${projectUrl}/-/`) === true;
}

/**
 * The lines of a project that logs of its jobs name, as the lines that each may mean, the likeliest first. Logs of jobs
 * in other projects, which trigger jobs started, name files of those.
 */
export function linesInLogs(
  causes: readonly FailureCause[],
  project: { readonly path: string; readonly url: string },
): readonly (readonly FailedAt[])[] {
  const words = causes
    .filter((cause) => isOf(cause, project.url))
    .map(({ headline, excerpt }) => [headline, ...excerpt.map(({ text }) => text)].join('\n'));
  const seen = new Set<string>();
  return words.flatMap(innermostFirst).flatMap((place) => {
    const name = `${place.path}:${place.line}`;
    const files =
      seen.has(name) || place.line === 0 ? [] : candidateFiles(place, { projectPath: project.path });
    seen.add(name);
    return files.length === 0 ? [] : [files.map((path) => ({ path, line: place.line }))];
  });
}

function holds({ commits }: CommitRange, wanted: string): boolean {
  return commits.some(({ sha }) => sha === wanted);
}

/**
 * What a commit of a failed pipeline has to do with the failure. `later` are the commits that the pipeline has and the
 * first one that failed had not; null where they are the same, or GitLab did not compare them.
 */
export function blameStanding(
  sha: string,
  { first, before, range }: Pick<IncidentFacts, 'before' | 'first' | 'range'>,
  latest: { readonly sha: string; readonly later: CommitRange | null },
): BlameStanding {
  if (range !== null && holds(range, sha)) return 'suspect';
  const isFirst = latest.sha === first.sha;
  if (latest.later !== null && holds(latest.later, sha)) return 'later';
  if (!isFirst && latest.later?.complete !== true) return 'unknown';
  if (before?.sha === first.sha) return 'older';
  return range?.complete === true ? 'older' : 'unknown';
}

/** The suspects with those first that lines of the logs came from, which the first line names first. */
export function blamedFirst(
  suspects: readonly SuspectCommit[],
  blame: BlameFacts | null,
): readonly SuspectCommit[] {
  const blamed = [...new Set((blame?.lines ?? []).map(({ change }) => change.sha))].flatMap(
    (sha) => suspects.find((one) => one.sha === sha) ?? [],
  );
  return [...blamed, ...suspects.filter((one) => !blamed.includes(one))];
}
