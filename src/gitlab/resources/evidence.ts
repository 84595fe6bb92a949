import {
  Branches,
  Commits,
  Events,
  FeatureFlags,
  IssueLabelEvents,
  MergeRequestLabelEvents,
  ProjectAccessTokens,
  ProjectMilestones,
  ProjectReleases,
  ProjectWikis,
  Tags,
} from '@gitbeaker/rest';
import * as z from 'zod';
import type { Noteable } from '../../model/noteable.ts';
import type { Evidence, LabelChange } from '../ports/evidence.ts';
import type { Api } from '../transport/api.ts';
import { getJson, type Question } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { readPages } from '../transport/read-pages.ts';

const branches = new Branches(requestsOnly);
const commits = new Commits(requestsOnly);
const events = new Events(requestsOnly);
const flags = new FeatureFlags(requestsOnly);
const labelEvents = {
  issue: new IssueLabelEvents(requestsOnly),
  merge_request: new MergeRequestLabelEvents(requestsOnly),
};
const milestones = new ProjectMilestones(requestsOnly);
const releases = new ProjectReleases(requestsOnly);
const tags = new Tags(requestsOnly);
const tokens = new ProjectAccessTokens(requestsOnly);
const wikis = new ProjectWikis(requestsOnly);

const branchAnswer = z.lazy(() => z.object({ commit: z.object({ id: z.string() }) }));
const tagAnswer = z.lazy(() =>
  z.object({
    target: z.string().nullish(),
    commit: z.object({ id: z.string() }).nullish(),
  }),
);
const refAnswer = z.lazy(() => z.object({ name: z.string() }));
const pushAnswer = z.lazy(() =>
  z.object({
    created_at: z.string(),
    push_data: z.object({ action: z.string(), ref_type: z.string(), ref: z.string().nullish() }).nullish(),
  }),
);
const releaseAnswer = z.lazy(() =>
  z
    .object({ created_at: z.string().nullish() })
    .transform(({ created_at: at }) => ({ createdAt: at ?? null })),
);
const labelAnswer = z.lazy(() =>
  z
    .object({
      action: z.enum(['add', 'remove']),
      created_at: z.string(),
      label: z.object({ name: z.string() }).nullish(),
    })
    .transform(({ action, created_at: at, label }): readonly LabelChange[] =>
      // A label that was deleted since has no name any more.
      label ? [{ label: label.name, action, at }] : [],
    ),
);
const stateAnswer = z.lazy(() => z.object({ state: z.string() }));
const flagAnswer = z.lazy(() => z.object({ active: z.boolean() }));
const tokenAnswer = z.lazy(() => z.object({ expires_at: z.string().nullish() }));
const vulnerabilityAnswer = z.lazy(() =>
  z
    .object({ state: z.string(), project: z.object({ id: z.number().int() }) })
    .transform(({ state, project }) => ({ project: project.id, state })),
);
const anything = z.unknown();

/** 2,000 changes of labels on one object. */
const maxLabelPages = 20;

async function fetchLabelChanges(
  { kind, project, iid }: Noteable,
  api: Api,
): Promise<readonly LabelChange[]> {
  const list = labelEvents[kind].all(project, iid);
  return (await readPages({ list, row: labelAnswer, maxPages: maxLabelPages }, api)).flat();
}

/** `after` names a day, which the answer does not include. */
function dayBefore(since: Date): string {
  return new Date(since.getTime() - 86_400_000).toISOString().slice(0, 10);
}

/**
 * The part of the port that confirms what webhooks report. Sources: https://docs.gitlab.com/api/branches/, https://docs.gitlab.com/api/tags/,
 * https://docs.gitlab.com/api/commits/#list-all-references-a-commit-is-pushed-to, https://docs.gitlab.com/api/events/,
 * https://docs.gitlab.com/api/releases/, https://docs.gitlab.com/api/resource_label_events/, https://docs.gitlab.com/api/milestones/,
 * https://docs.gitlab.com/api/wikis/, https://docs.gitlab.com/api/feature_flags/, https://docs.gitlab.com/api/project_access_tokens/,
 * https://docs.gitlab.com/api/vulnerabilities/
 */
export function createEvidence(api: Api): Evidence {
  const find = <T>(question: Promise<unknown> | Question, schema: z.ZodType<T>): Promise<T | null> =>
    nullIfGone(getJson(api, question, schema));
  return {
    async fetchBranchHead(project, branch) {
      return (await find(branches.show(project, branch), branchAnswer))?.commit.id ?? null;
    },
    async fetchTagTargets(project, tag) {
      const found = await find(tags.show(project, tag), tagAnswer);
      return [found?.target, found?.commit?.id].flatMap((id) => id ?? []);
    },
    async fetchRefsWith(project, sha, type) {
      const question = commits.allReferences(project, sha, { type, perPage: 100 });
      const refs = await find(question, z.array(refAnswer));
      return (refs ?? []).map(({ name }) => name);
    },
    async fetchDeletedRefs(project, type, since) {
      const after = dayBefore(since);
      const pushes = events.all({ projectId: project, action: 'pushed', after, perPage: 100 });
      return (await getJson(api, pushes, z.array(pushAnswer))).flatMap(
        ({ created_at: at, push_data: push }) =>
          push?.action === 'removed' && push.ref_type === type && Date.parse(at) >= since.getTime()
            ? (push.ref ?? [])
            : [],
      );
    },
    fetchRelease: (project, tag) => find(releases.show(project, tag), releaseAnswer),
    fetchLabelChanges: (on) => fetchLabelChanges(on, api),
    async fetchMilestoneState(project, id) {
      return (await find(milestones.show(project, id), stateAnswer))?.state ?? null;
    },
    async fetchWikiPageExists(project, slug) {
      return (await find(wikis.show(project, slug), anything)) !== null;
    },
    async fetchFlagState(project, name) {
      return (await find(flags.show(project, name), flagAnswer))?.active ?? null;
    },
    async fetchTokenExpiry(project, tokenId) {
      return (await find(tokens.show(project, tokenId), tokenAnswer))?.expires_at ?? null;
    },
    fetchVulnerability: (id) => find({ path: pathByHand`/vulnerabilities/${id}` }, vulnerabilityAnswer),
  };
}
