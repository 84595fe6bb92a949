import type { Pipeline } from '../../model/pipeline.ts';
import { withDownstream } from '../report/fetch-downstream.ts';
import type { Handled } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { handleByRules, hasRuleFor } from './handle-by-rules.ts';
import { hasResult } from './pipeline-results.ts';
import { occurrenceNow } from './rules-now.ts';

/** Enough to find the last two finished pipelines. */
const perPage = 50;

/** Events from the latest finished pipelines of a branch; empty while there is no result. */
export function branchEvents(pipelines: readonly Pipeline[]): {
  readonly names: readonly string[];
  readonly newest: Pipeline | null;
} {
  const [newest = null, before = null] = [...pipelines].filter(hasResult).sort((a, b) => b.id - a.id);
  if (newest === null) return { names: [], newest };
  if (newest.status === 'failed') return { names: ['default_branch', 'default_branch.failed'], newest };
  const recovered = before?.status === 'failed' ? ['default_branch.recovered'] : [];
  return { names: ['default_branch', 'default_branch.passed', ...recovered], newest };
}

/**
 * Tries the rules about the default branch's state: webhooks of pipelines cannot start pipelines, so the sweep checks
 * it. Source: https://docs.gitlab.com/ci/triggers/#troubleshooting
 */
export async function sweepBranch(desk: Desk): Promise<readonly Handled[]> {
  const { world, project } = desk;
  const { defaultBranch: ref } = project;
  const all = [
    'default_branch',
    'default_branch.failed',
    'default_branch.passed',
    'default_branch.recovered',
  ];
  if (ref === null || !hasRuleFor(all, desk)) return [];
  const { names, newest } = branchEvents(await world.gitlab.fetchPipelines(project.id, { ref, perPage }));
  if (newest === null || !hasRuleFor(names, desk)) return [];
  const listed = await world.gitlab.fetchJobs(project.id, newest.id);
  const jobs = await withDownstream(listed.jobs, project.id, {
    gitlab: world.gitlab,
    warn: world.log.warn,
  });
  const occurrence = { ...occurrenceNow(names, project.id, null), ref };
  const handled = await handleByRules(occurrence, desk, { pipeline: { pipeline: newest, jobs } });
  return handled.outcome === 'handled' ? [handled] : [];
}
