import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import { claimedIssueKey } from '../../model/issue-marker.ts';
import type { Noteable } from '../../model/noteable.ts';
import type { NewIssue, OwnIssue, WorkItems } from '../ports/work-items.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, send } from '../transport/send-json.ts';
import { noteablePath } from './noteable-path.ts';
import { issueFactsAnswer, keyedIssueOf, linkedIssueAnswer } from './work-item-facts.ts';

/** 1,000 issues that the bot opened in one project. */
const maxOwnPages = 10;

const createdAnswer = z
  .object({ iid: z.number().int(), web_url: z.string() })
  .transform(({ iid, web_url: url }) => ({ iid, url }));

const listedAnswer = z.object({ title: z.string(), description: z.string().nullish() }).and(createdAnswer);

type Issues = Pick<
  WorkItems,
  'createIssue' | 'fetchOwnIssues' | 'findOwnIssue' | 'fetchIssueLinks' | 'linkIssues'
>;
type Created = z.infer<typeof createdAnswer>;

function issueBody({ title, description, labels, assigneeIds, confidential }: NewIssue): object {
  return {
    title,
    description,
    confidential,
    ...(labels.length === 0 ? {} : { labels: labels.join(',') }),
    ...(assigneeIds.length === 0 ? {} : { assignee_ids: assigneeIds }),
  };
}

const ofOwnUser = { scope: 'created_by_me', state: 'all', order_by: 'created_at', sort: 'desc' };

async function findOwnIssue(
  project: number | string,
  { label, key }: { readonly label: string; readonly key: string },
  api: Api,
): Promise<OwnIssue | null> {
  const query = { ...ofOwnUser, sort: 'asc', labels: label, per_page: '20' };
  const request = { path: `${projectPath(project)}/issues`, query };
  const labelled = await getJson(api, request, z.array(issueFactsAnswer));
  const found = labelled.find(({ description }) => claimedIssueKey(description ?? '') === key);
  return found === undefined
    ? null
    : { project: found.project_id, iid: found.iid, authorId: found.author.id };
}

/** The part of the port about issues. Sources: https://docs.gitlab.com/api/issues/, https://docs.gitlab.com/api/issue_links/ */
export function createIssues(api: Api): Issues {
  const issuesPath = (project: number): string => `${projectPath(project)}/issues`;

  async function create(project: number, issue: NewIssue): Promise<Created> {
    const request = { method: 'POST', path: issuesPath(project), body: issueBody(issue) } as const;
    return askJson(request, createdAnswer, api);
  }

  /** Among the newest twenty of the own user. */
  async function findLanded(project: number, { title, description }: NewIssue): Promise<Created | null> {
    const query = { ...ofOwnUser, per_page: '20' };
    const newest = await getJson(api, { path: issuesPath(project), query }, z.array(listedAnswer));
    const landed = newest.find(
      (one) => one.title === title.trim() && (one.description ?? '').trimEnd() === description.trimEnd(),
    );
    return landed === undefined ? null : { iid: landed.iid, url: landed.url };
  }

  const fetchIssueLinks: Issues['fetchIssueLinks'] = async (project, iid) => {
    const path = `${issuesPath(project)}/${iid}/links`;
    return (await readPages({ path, query: {}, row: linkedIssueAnswer, maxPages: 5 }, api)).flat();
  };

  async function link(from: Noteable, to: Noteable): Promise<'linked' | 'there'> {
    const body = { target_project_id: to.project, target_issue_iid: to.iid };
    try {
      await send({ method: 'POST', path: `${noteablePath(from)}/links`, body }, api);
      return 'linked';
    } catch (error) {
      if (error instanceof GitLabRefusedError && error.status === 409) return 'there';
      throw error;
    }
  }

  return {
    createIssue: (project, issue) =>
      createOnce(
        { create: () => create(project, issue), findLanded: () => findLanded(project, issue) },
        api.clock,
      ),

    async fetchOwnIssues(project) {
      const request = { path: issuesPath(project), query: ofOwnUser, row: issueFactsAnswer };
      const all = await readPages({ ...request, maxPages: maxOwnPages }, api);
      return all.flatMap((answer) => keyedIssueOf(answer, api.signature));
    },

    findOwnIssue: (project, wanted) => findOwnIssue(project, wanted, api),

    fetchIssueLinks,

    linkIssues: (from, to) => {
      const findLink = async (): Promise<'linked' | null> => {
        const links = await fetchIssueLinks(from.project, from.iid);
        return links.some(({ project, iid }) => project === to.project && iid === to.iid) ? 'linked' : null;
      };
      return createOnce({ create: () => link(from, to), findLanded: findLink }, api.clock);
    },
  };
}
