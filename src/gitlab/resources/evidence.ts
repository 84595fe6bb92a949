import * as z from 'zod';
import type { Noteable } from '../../model/noteable.ts';
import type { Evidence, LabelChange } from '../ports/evidence.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { getJson, type Question } from '../transport/get-json.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { fetchPages } from '../transport/pager.ts';
import { noteablePath } from './noteable-path.ts';

const branchAnswer = z.object({ commit: z.object({ id: z.string() }) });
const tagAnswer = z.object({
  target: z.string().nullish(),
  commit: z.object({ id: z.string() }).nullish(),
});
const refAnswer = z.object({ name: z.string() });
const pushAnswer = z.object({
  created_at: z.string(),
  push_data: z.object({ action: z.string(), ref_type: z.string(), ref: z.string().nullish() }).nullish(),
});
const releaseAnswer = z
  .object({ created_at: z.string().nullish() })
  .transform(({ created_at: at }) => ({ createdAt: at ?? null }));
const labelAnswer = z
  .object({
    action: z.enum(['add', 'remove']),
    created_at: z.string(),
    label: z.object({ name: z.string() }).nullish(),
  })
  .transform(({ action, created_at: at, label }): readonly LabelChange[] =>
    // A label that was deleted since has no name any more.
    label ? [{ label: label.name, action, at }] : [],
  );
const stateAnswer = z.object({ state: z.string() });
const flagAnswer = z.object({ active: z.boolean() });
const tokenAnswer = z.object({ expires_at: z.string().nullish() });
const vulnerabilityAnswer = z
  .object({ state: z.string(), project: z.object({ id: z.number().int() }) })
  .transform(({ state, project }) => ({ project: project.id, state }));
const anything = z.unknown();

/** 2,000 changes of labels on one object. */
const maxLabelPages = 20;

async function fetchLabelChanges(on: Noteable, api: Api): Promise<readonly LabelChange[]> {
  const path = `${noteablePath(on)}/resource_label_events`;
  const changes: LabelChange[] = [];
  for await (const page of fetchPages({ path, query: {}, row: labelAnswer, maxPages: maxLabelPages }, api))
    changes.push(...page.flat());
  return changes;
}

/** `after` names a day, which is left out itself. */
function dayBefore(since: Date): string {
  return new Date(since.getTime() - 86_400_000).toISOString().slice(0, 10);
}

/**
 * The part of the port that confirms what webhooks tell of. Sources: https://docs.gitlab.com/api/branches/, https://docs.gitlab.com/api/tags/,
 * https://docs.gitlab.com/api/commits/#list-all-references-a-commit-is-pushed-to, https://docs.gitlab.com/api/events/,
 * https://docs.gitlab.com/api/releases/, https://docs.gitlab.com/api/resource_label_events/, https://docs.gitlab.com/api/milestones/,
 * https://docs.gitlab.com/api/wikis/, https://docs.gitlab.com/api/feature_flags/, https://docs.gitlab.com/api/project_access_tokens/,
 * https://docs.gitlab.com/api/vulnerabilities/
 */
export function createEvidence(api: Api): Evidence {
  const find = <T>(question: Question, schema: z.ZodType<T>): Promise<T | null> =>
    nullIfGone(getJson(api, question, schema));
  const of = (project: number, ...parts: readonly (string | number)[]): string =>
    [projectPath(project), ...parts.map((part) => encodeURIComponent(part))].join('/');
  return {
    async fetchBranchHead(project, branch) {
      const path = of(project, 'repository', 'branches', branch);
      return (await find({ path }, branchAnswer))?.commit.id ?? null;
    },
    async fetchTagTargets(project, tag) {
      const found = await find({ path: of(project, 'repository', 'tags', tag) }, tagAnswer);
      return [found?.target, found?.commit?.id].flatMap((id) => id ?? []);
    },
    async fetchRefsWith(project, sha, type) {
      const path = of(project, 'repository', 'commits', sha, 'refs');
      const refs = await find({ path, query: { type, per_page: '100' } }, z.array(refAnswer));
      return (refs ?? []).map(({ name }) => name);
    },
    async fetchDeletedRefs(project, type, since) {
      const query = { action: 'pushed', after: dayBefore(since), per_page: '100' };
      const events = await getJson(api, { path: of(project, 'events'), query }, z.array(pushAnswer));
      return events.flatMap(({ created_at: at, push_data: push }) =>
        push?.action === 'removed' && push.ref_type === type && Date.parse(at) >= since.getTime()
          ? (push.ref ?? [])
          : [],
      );
    },
    fetchRelease: (project, tag) => find({ path: of(project, 'releases', tag) }, releaseAnswer),
    fetchLabelChanges: (on) => fetchLabelChanges(on, api),
    async fetchMilestoneState(project, id) {
      return (await find({ path: of(project, 'milestones', id) }, stateAnswer))?.state ?? null;
    },
    async fetchWikiPageExists(project, slug) {
      return (await find({ path: of(project, 'wikis', slug) }, anything)) !== null;
    },
    async fetchFlagState(project, name) {
      return (await find({ path: of(project, 'feature_flags', name) }, flagAnswer))?.active ?? null;
    },
    async fetchTokenExpiry(project, tokenId) {
      return (await find({ path: of(project, 'access_tokens', tokenId) }, tokenAnswer))?.expires_at ?? null;
    },
    fetchVulnerability: (id) => find({ path: `/vulnerabilities/${id}` }, vulnerabilityAnswer),
  };
}
