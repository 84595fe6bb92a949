import type {
  BranchFailure,
  DeploymentStep,
  DeploymentTrail,
  EnvironmentTrail,
  Revert,
} from '../../model/deployment-trail.ts';
import {
  type Block,
  code,
  type Document,
  heading,
  type Inline,
  icon,
  link,
  list,
  paragraph,
  strong,
  text,
} from '../../model/document.ts';
import { trailLimits } from './join-trails.ts';

const shortSha = 8;

/** `2026-03-04 10:00 UTC` */
function timeWords(at: string | null): string {
  const time = new Date(at ?? Number.NaN);
  if (Number.isNaN(time.getTime())) return '';
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function onTime(at: string | null): string {
  const words = timeWords(at);
  return words === '' ? '' : ` on ${words}`;
}

function commitOf({ sha }: DeploymentStep, projectUrl: string): Inline {
  return link(`${projectUrl}/-/commit/${sha}`, code(sha.slice(0, shortSha)));
}

/** When, linked to the job that did it. */
function whenOf({ at, job, id }: DeploymentStep, projectUrl: string): Inline {
  const time = timeWords(at);
  const words = text(time === '' ? `deployment ${id}` : time);
  return job === null ? words : link(`${projectUrl}/-/jobs/${job}`, words);
}

function stateWords({ shipped, latest }: EnvironmentTrail, projectUrl: string): readonly Inline[] {
  if (latest === null) return [icon('failed'), text(' not deployed')];
  if (!latest.isThere)
    return [
      icon('warning'),
      text(' '),
      strong(text('rolled back')),
      text(' '),
      whenOf(latest, projectUrl),
      text(' to '),
      commitOf(latest, projectUrl),
      ...(shipped === null ? [] : [text(', was deployed '), whenOf(shipped, projectUrl)]),
    ];
  const isAgain = shipped !== null && shipped.id !== latest.id;
  return [
    icon('passed'),
    text(isAgain ? ' deployed again ' : ' deployed '),
    whenOf(latest, projectUrl),
    text(' with '),
    commitOf(latest, projectUrl),
    ...(isAgain ? [text(', first '), whenOf(shipped, projectUrl)] : []),
  ];
}

/** A failed deployment matters until a later one succeeds. */
function failedWords({ latest, failed }: EnvironmentTrail, projectUrl: string): readonly Inline[] {
  if (failed === null || (latest !== null && latest.id > failed.id)) return [];
  return [
    text('; the deployment of '),
    commitOf(failed, projectUrl),
    text(' failed '),
    whenOf(failed, projectUrl),
  ];
}

/** Where older ones may be missing. */
function atMost(count: number, max: number, what: string): readonly Block[] {
  return count < max ? [] : [paragraph(text(`Only the newest ${max} ${what} are listed.`))];
}

function environmentsTable({ environments }: DeploymentTrail, projectUrl: string): readonly Block[] {
  if (environments.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: ['Environment', 'State'].map((title) => ({ title: [text(title)], align: 'left' as const })),
      rows: environments.map((entry) => [
        [code(entry.environment)],
        [...stateWords(entry, projectUrl), ...failedWords(entry, projectUrl)],
      ]),
    },
    ...atMost(environments.length, trailLimits.environments, 'environments'),
  ];
}

function pipelineLink({ id }: BranchFailure['pipeline'], projectUrl: string): Inline {
  return link(`${projectUrl}/-/pipelines/${id}`, code(`#${id}`));
}

function failureWords(
  { branch, pipeline, issue, fixed }: BranchFailure,
  projectUrl: string,
): readonly Inline[] {
  return [
    icon(fixed === null ? 'failed' : 'warning'),
    text(' '),
    code(branch),
    text(' began to fail with pipeline '),
    pipelineLink(pipeline, projectUrl),
    text(`, which ran for this merge request's commit${onTime(pipeline.at)}`),
    ...(issue === null ? [] : [text(', see '), link(`${projectUrl}/-/issues/${issue}`, text(`#${issue}`))]),
    text('.'),
    ...(fixed === null
      ? []
      : [
          text(' It passed again with pipeline '),
          pipelineLink(fixed, projectUrl),
          text(`${onTime(fixed.at)}.`),
        ]),
  ];
}

function revertWords({ iid, at }: Revert, projectUrl: string): readonly Inline[] {
  return [
    icon('warning'),
    text(' Reverted by '),
    link(`${projectUrl}/-/merge_requests/${iid}`, text(`!${iid}`)),
    text(`, which was merged${onTime(at)}.`),
  ];
}

/** What people read of a trail; empty for one that says nothing. */
export function trailDocument(trail: DeploymentTrail, projectUrl: string): Document {
  const { failures, reverts } = trail;
  const followed = [
    ...failures.map((one) => failureWords(one, projectUrl)),
    ...reverts.map((one) => revertWords(one, projectUrl)),
  ];
  const environments = environmentsTable(trail, projectUrl);
  return [
    ...(environments.length === 0 ? [] : [heading(4, text('Deployments')), ...environments]),
    ...(followed.length === 0
      ? []
      : [
          heading(4, text('What followed')),
          list(...followed.map((words) => [paragraph(...words)])),
          ...atMost(failures.length, trailLimits.failures, 'failures'),
          ...atMost(reverts.length, trailLimits.reverts, 'reverts'),
        ]),
  ];
}
