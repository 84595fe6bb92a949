import { IssueLinks, Issues as IssuesResource } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import { droppedLabels, whyDropped } from '../../model/dropped-labels.ts';
import { claimedIssueKey } from '../../model/issue-marker.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { NewIssue, OwnIssue, WorkItems } from '../ports/work-items.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, send } from '../transport/send-json.ts';
import { labelsAfter } from './labels-after.ts';
import { issueFactsAnswer, keyedIssueOf, linkedIssueAnswer } from './work-item-facts.ts';

const issues = new IssuesResource(requestsOnly);
const links = new IssueLinks(requestsOnly);

/** 1,000 issues that the bot opened in one project. */
const maxOwnPages = 10;

const createdAnswer = z.lazy(() =>
  z
    .object({ iid: z.number().int(), web_url: z.string() })
    .transform(({ iid, web_url: url }) => ({ iid, url })),
);

const createdWithLabels = z.lazy(() => createdAnswer.and(labelsAfter.transform((labels) => ({ labels }))));

const listedAnswer = z.lazy(() =>
  z.object({ title: z.string(), description: z.string().nullish() }).and(createdAnswer),
);

type Issues = Pick<
  WorkItems,
  'createIssue' | 'fetchOwnIssues' | 'findOwnIssue' | 'fetchIssueLinks' | 'linkIssues'
>;
type Created = z.infer<typeof createdAnswer>;

const ofOwnUser = { scope: 'created_by_me', state: 'all', orderBy: 'created_at', sort: 'desc' } as const;

function newIssue(project: number, issue: NewIssue): Promise<unknown> {
  const { title, description, labels, assigneeIds, confidential } = issue;
  return issues.create(project, title, {
    description,
    confidential,
    ...(labels.length === 0 ? {} : { labels: labels.join(',') }),
    ...(assigneeIds.length === 0 ? {} : { assigneeIds: [...assigneeIds] }),
  });
}

async function create(project: number, issue: NewIssue, api: Api): Promise<Created> {
  const { labels, ...created } = await askJson(newIssue(project, issue), createdWithLabels, api);
  const dropped = droppedLabels(issue.labels, labels);
  if (dropped.length > 0) api.log.warn(whyDropped(dropped));
  return created;
}

async function findOwnIssue(
  project: number | string,
  { label, key }: { readonly label: string; readonly key: string },
  api: Api,
): Promise<OwnIssue | null> {
  const oldest = issues.all({ projectId: project, ...ofOwnUser, sort: 'asc', labels: label, perPage: 20 });
  const labelled = await getJson(api, oldest, z.array(issueFactsAnswer));
  const found = labelled.find(({ description }) => claimedIssueKey(description ?? '') === key);
  return found === undefined
    ? null
    : { project: found.project_id, iid: found.iid, authorId: found.author.id };
}

/** The part of the port about issues. Sources: https://docs.gitlab.com/api/issues/, https://docs.gitlab.com/api/issue_links/ */
export function createIssues(api: Api): Issues {
  /** Among the newest twenty of the own user. */
  async function findLanded(project: number, { title, description }: NewIssue): Promise<Created | null> {
    const question = issues.all({ projectId: project, ...ofOwnUser, perPage: 20 });
    const newest = await getJson(api, question, z.array(listedAnswer));
    const landed = newest.find(
      (one) => one.title === title.trim() && (one.description ?? '').trimEnd() === description.trimEnd(),
    );
    return landed === undefined ? null : { iid: landed.iid, url: landed.url };
  }

  const fetchIssueLinks: Issues['fetchIssueLinks'] = async (project, iid) => {
    const list = links.all(project, iid);
    return (await readPages({ list, row: linkedIssueAnswer, maxPages: 5 }, api)).flat();
  };

  async function link(from: Noteable, to: Noteable): Promise<'linked' | 'there'> {
    try {
      await send(links.create(from.project, from.iid, to.project, to.iid), api);
      return 'linked';
    } catch (error) {
      if (error instanceof GitLabRefusedError && error.status === 409) return 'there';
      throw error;
    }
  }

  return {
    createIssue: (project, issue) =>
      createOnce(
        {
          create: () => create(project, issue, api),
          findLanded: () => findLanded(project, issue),
        },
        api.clock,
      ),

    async fetchOwnIssues(project) {
      const list = issues.all({ projectId: project, ...ofOwnUser });
      const all = await readPages({ list, row: issueFactsAnswer, maxPages: maxOwnPages }, api);
      return all.flatMap((answer) => keyedIssueOf(answer, api.signature));
    },

    findOwnIssue: (project, wanted) => findOwnIssue(project, wanted, api),

    fetchIssueLinks,

    linkIssues: (from, to) => {
      const findLink = async (): Promise<'linked' | null> => {
        const linked = await fetchIssueLinks(from.project, from.iid);
        return linked.some(({ project, iid }) => project === to.project && iid === to.iid) ? 'linked' : null;
      };
      return createOnce({ create: () => link(from, to), findLanded: findLink }, api.clock);
    },
  };
}
