import { Groups } from '@gitbeaker/rest';
import type { History } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';
import { requestsOnly } from '../../transport/gitbeaker-requester.ts';
import { walkPages } from '../../transport/pager.ts';
import { projectAnswer, projectOf } from '../repository.ts';
import { maxPages } from './max-pages.ts';

const groups = new Groups(requestsOnly);

/** Source: https://docs.gitlab.com/api/groups/#list-projects */
export function createGroupProjects(api: Api): Pick<History, 'fetchProjectPagesOfGroup'> {
  return {
    fetchProjectPagesOfGroup(group) {
      const list = groups.allProjects(group, {
        includeSubgroups: true,
        archived: false,
        withShared: false,
        orderBy: 'id',
        sort: 'asc',
      });
      return walkPages({ list, row: projectAnswer.transform(projectOf), maxPages }, api);
    },
  };
}
