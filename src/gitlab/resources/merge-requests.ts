import { Commits, MergeRequestLabelEvents, MergeRequests as MergeRequestsResource } from '@gitbeaker/rest';
import * as z from 'zod';
import type { MergeRequest } from '../../model/context.ts';
import type { LabelEvent, MergeRequests } from '../ports/port.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson } from '../transport/send-json.ts';
import { labelsAfter } from './labels-after.ts';

const commits = new Commits(requestsOnly);
const labelEvents = new MergeRequestLabelEvents(requestsOnly);
const mergeRequests = new MergeRequestsResource(requestsOnly);

export const mergeRequestAnswer = z.object({
  iid: z.number().int(),
  project_id: z.number().int(),
  /** Null when the fork is gone. */
  source_project_id: z.number().int().nullish(),
  target_project_id: z.number().int().nullish(),
  title: z.string(),
  description: z.string().nullish(),
  state: z.string(),
  web_url: z.string(),
  source_branch: z.string(),
  target_branch: z.string(),
  sha: z.string().nullish(),
  /** In the answer for one merge request only; null until GitLab has made the diff. */
  diff_refs: z.object({ base_sha: z.string().nullish() }).nullish(),
  references: z.object({ full: z.string() }).nullish(),
  labels: z.array(z.unknown()).nullish(),
});

/** Labels that were deleted since are null. */
const labelEventAnswer = z.lazy(() =>
  z.object({
    action: z.string(),
    user: z.object({ username: z.string() }).nullish(),
    label: z.object({ name: z.string() }).nullish(),
  }),
);

/** Enough for a commit that is in every open merge request of a busy project. */
const maxPages = 5;

/** The part of the port about merge requests. Source: https://docs.gitlab.com/api/merge_requests/ */
export function createMergeRequests(api: Api): MergeRequests {
  return {
    async changeLabels({ project, iid }, { add, remove }) {
      const request = mergeRequests.edit(project, iid, {
        ...(add.length === 0 ? {} : { addLabels: add.join(',') }),
        ...(remove.length === 0 ? {} : { removeLabels: remove.join(',') }),
      });
      return askJson(request, labelsAfter, api);
    },

    async fetchMergeRequest({ project, iid }) {
      return mergeRequestOf(await getJson(api, mergeRequests.show(project, iid), mergeRequestAnswer));
    },

    async fetchOpenMergeRequestsOfCommit(projectId, sha) {
      const list = commits.allMergeRequests(projectId, sha, untyped({ state: 'opened' }));
      const all = await readPages({ list, row: mergeRequestAnswer, maxPages }, api);
      // Older versions know no `state` and list all.
      return all.filter(({ state }) => state === 'opened').map(mergeRequestOf);
    },

    async fetchLabelEvents({ project, iid }) {
      const list = labelEvents.all(project, iid);
      return (await readPages({ list, row: labelEventAnswer, maxPages }, api)).flatMap(labelEventOf);
    },
  };
}

/** The model's merge request of GitLab's. */
export function mergeRequestOf(answer: z.infer<typeof mergeRequestAnswer>): MergeRequest {
  const targetProjectId = answer.target_project_id ?? answer.project_id;
  const sourceProjectId = answer.source_project_id ?? null;
  return {
    project: answer.project_id,
    iid: answer.iid,
    projectPath: pathOf(answer),
    url: answer.web_url,
    title: answer.title,
    ...(typeof answer.description === 'string' ? { description: answer.description } : {}),
    // The commits of a fork that is gone are in the target project, as those of every merge request.
    sourceProjectId: sourceProjectId ?? targetProjectId,
    sourceBranch: answer.source_branch,
    targetBranch: answer.target_branch,
    headSha: answer.sha ?? null,
    diffBaseSha: answer.diff_refs?.base_sha ?? null,
    targetSha: null,
    labels: (answer.labels ?? []).filter((label) => typeof label === 'string'),
    fork: sourceProjectId !== targetProjectId,
  };
}

/** Source: https://docs.gitlab.com/api/resource_label_events/#merge-requests */
function labelEventOf({ action, user, label }: z.infer<typeof labelEventAnswer>): readonly LabelEvent[] {
  if ((action !== 'add' && action !== 'remove') || !user || !label) return [];
  return [{ action, username: user.username, label: label.name }];
}

/** The target project's full path: `group/project` of the reference `group/project!17`. */
function pathOf({ references, web_url, iid }: z.infer<typeof mergeRequestAnswer>): string {
  const reference = references?.full ?? '';
  if (reference.endsWith(`!${iid}`)) return reference.slice(0, -`!${iid}`.length);
  if (!URL.canParse(web_url)) return '';
  return new URL(web_url).pathname.replace(/\/-\/merge_requests\/.*$/s, '').slice(1);
}
