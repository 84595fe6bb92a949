import { code, type Inline, link, text } from '../../model/document.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import type { FailureCause } from '../../model/failure-cause.ts';
import type { IncidentFacts, SuspectCommit } from '../../model/incident.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import { fileAddress } from '../../render/markdown/link-address.ts';
import { formatSpan } from '../../render/words/format-span.ts';
import { blamedFirst } from '../../trail/blamed-commits.ts';
import type { StackPlace } from '../../trail/frames/stack-places.ts';
import { ownersOfFiles, suspectFiles } from '../../trail/suspect-files.ts';
import type { Placeholder } from './placeholder.ts';
import { listed, separated, words } from './placeholder.ts';

const needs: readonly FactName[] = ['pipeline', 'incident'];
const unknown = 'not known';
const shortSha = 8;

function pipelineLink({ id, url }: Pipeline): Inline {
  return link(url, code(`#${id}`));
}

function commitLink(sha: string, { project }: Facts): Inline {
  return link(`${project.url}/-/commit/${sha}`, code(sha.slice(0, shortSha)));
}

function wordsOfCommit({ sha, title, authorName }: SuspectCommit): string {
  return `${sha.slice(0, shortSha)} ${title} (${authorName})`;
}

function suspectsOf({ incident, blame }: Facts): readonly SuspectCommit[] {
  return blamedFirst(incident?.range?.commits ?? [], blame);
}

/** Why there is no list of commits, as people say it. */
function whyNoSuspects({ before, first, range }: IncidentFacts): string {
  if (before === null) return `${unknown}, no earlier pipeline in GitLab's list passed`;
  if (before.sha === first.sha) return 'none, the same commit passed before';
  return range === null
    ? `${unknown}, GitLab did not compare the commits`
    : 'none, the commit that passed is newer';
}

/** Marks of a list that GitLab cut. */
function cutMark({ incident }: Facts): string {
  return incident?.range?.complete === false ? ' (GitLab omitted some)' : '';
}

const suspects: Placeholder = {
  meaning:
    'commits since the last pipeline that passed, with their authors, linked: those that may have broken the branch',
  needs,
  text: (facts) => {
    const commits = suspectsOf(facts);
    if (facts.incident === null) return unknown;
    if (commits.length === 0) return whyNoSuspects(facts.incident);
    return `${listed(commits.map(wordsOfCommit))}${cutMark(facts)}`;
  },
  inline: (facts) => {
    const commits = suspectsOf(facts);
    if (facts.incident === null) return [text(unknown)];
    if (commits.length === 0) return [text(whyNoSuspects(facts.incident))];
    const shown = commits.map(({ sha, title, authorName }) => [
      commitLink(sha, facts),
      text(` ${title} (${authorName})`),
    ]);
    return [...separated(shown), text(cutMark(facts))];
  },
};

const firstBad: Placeholder = {
  meaning:
    'first commit known to be bad: that of the first pipeline that failed, linked, with the last pipeline that passed',
  needs,
  text: ({ incident }) => incident?.first.sha.slice(0, shortSha) ?? unknown,
  inline: (facts) => {
    const { incident } = facts;
    if (incident === null) return [text(unknown)];
    const { first, before } = incident;
    const begin = [commitLink(first.sha, facts), text(' (pipeline '), pipelineLink(first)];
    if (before === null) return [...begin, text(')')];
    return [
      ...begin,
      text('); pipeline '),
      pipelineLink(before),
      text(' passed at '),
      commitLink(before.sha, facts),
    ];
  },
};

function wordsOfCause({ headline, jobs }: FailureCause): string {
  return headline === '' ? (jobs[0]?.failureReason ?? unknown) : headline;
}

const cause: Placeholder = {
  meaning: 'why the jobs failed, the line of each log that says it best, linked',
  needs,
  text: ({ incident }) => listed((incident?.causes ?? []).map(wordsOfCause)) || unknown,
  inline: ({ incident }) => {
    const causes = incident?.causes ?? [];
    if (causes.length === 0) return [text(unknown)];
    return separated(
      causes.map((one): readonly Inline[] => {
        const { jobs, line } = one;
        const [job] = jobs;
        const what = code(wordsOfCause(one));
        if (job === undefined) return [what];
        return [what, text(' in '), link(line === null ? job.url : `${job.url}#L${line}`, code(job.name))];
      }),
    );
  },
};

function filesOf({ incident }: Facts): readonly StackPlace[] {
  return incident === null ? [] : suspectFiles(incident.causes, incident.range?.files ?? []);
}

function fileLink(place: StackPlace, sha: string, { project }: Facts): Inline {
  const shown = code(`${place.path}:${place.line}`);
  const address = fileAddress(project.url, sha, place);
  return address === null ? shown : link(address, shown);
}

const files: Placeholder = {
  meaning: 'files that these commits changed and the logs name, linked at the commit that failed',
  needs,
  text: (facts) => listed(filesOf(facts).map(({ path, line }) => `${path}:${line}`)) || 'none',
  inline: (facts) => {
    const sha = facts.pipeline?.pipeline.sha ?? facts.incident?.first.sha ?? '';
    const shown = filesOf(facts).map((place) => fileLink(place, sha, facts));
    return shown.length === 0 ? [text('none')] : separated(shown);
  },
};

/** Owners of what the logs name; where they name nothing, of all that was changed. */
function ownersOf(facts: Facts): readonly string[] {
  const { codeOwners, incident } = facts;
  if (codeOwners === null || incident === null) return [];
  const named = filesOf(facts).map(({ path }) => path);
  return ownersOfFiles(codeOwners.text, named.length > 0 ? named : (incident.range?.files ?? []));
}

const owners: Placeholder = {
  meaning: 'code owners of these files, or of all files that these commits changed; nobody is notified',
  needs: [...needs, 'codeOwners'],
  text: (facts) => listed(ownersOf(facts)) || 'nobody',
  inline: (facts) => {
    const all = ownersOf(facts);
    return all.length === 0 ? [text('nobody')] : separated(all.map(code));
  },
};

/** From the first pipeline that failed to this one, or until now while it fails. */
function redFor({ incident, pipeline, now }: Facts): string {
  if (incident === null) return 'a time that is not known';
  const from = Date.parse(incident.first.createdAt ?? '');
  const ending = pipeline?.pipeline.status === 'success' ? pipeline.pipeline.createdAt : now.toISOString();
  const seconds = (Date.parse(ending ?? '') - from) / 1_000;
  return seconds >= 0 ? formatSpan(seconds) : 'a time that is not known';
}

/** What is known of a branch that fails, for texts of issues. */
export const incidentPlaceholders: Readonly<Record<string, Placeholder>> = {
  'first-bad': firstBad,
  suspects,
  cause,
  'suspect-files': files,
  'suspect-owners': owners,
  'red-for': words('how long the branch has failed, or did until it passed', redFor, needs),
  'failed-pipelines': words(
    'how many pipelines of the branch failed one after another',
    ({ incident }) => (incident === null ? unknown : String(incident.count)),
    needs,
  ),
};
