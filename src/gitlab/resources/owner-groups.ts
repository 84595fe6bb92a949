import { Projects } from '@gitbeaker/rest';
import * as z from 'zod';
import { accessLevels } from '../../model/person.ts';
import type { OwnerGroups } from '../ports/owner-groups.ts';
import type { Api } from '../transport/api.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';

const projects = new Projects(requestsOnly);
const row = z.lazy(() => z.object({ full_path: z.string() }));
const maxPages = 5;
const level = accessLevels.developer;

function pathsOf(rows: readonly z.output<typeof row>[]): readonly string[] {
  return rows.map(({ full_path: path }) => path);
}

/** The part of the port about groups that own code. */
export function createOwnerGroups(api: Api): OwnerGroups {
  return {
    async fetchGroupsOf(project) {
      const list = projects.allGroups(project, untyped({ withShared: true, sharedMinAccessLevel: level }));
      return pathsOf(await readPages({ list, row, maxPages }, api));
    },

    async fetchInvitedGroups(project) {
      const list = projects.allInvitedGroups(project, untyped({ minAccessLevel: level }));
      return pathsOf((await nullIfGone(readPages({ list, row, maxPages }, api))) ?? []);
    },
  };
}
