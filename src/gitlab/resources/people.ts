import { GroupMembers, MergeRequests, ProjectMembers, Users } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { Member } from '../../model/person.ts';
import type { People } from '../ports/people.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { fetchBranchRights } from './branch-rights.ts';
import { fetchClosedEnvironments } from './closed-environments.ts';
import { personAnswer } from './person-answer.ts';

const groupMembers = new GroupMembers(requestsOnly);
const members = new ProjectMembers(requestsOnly);
const mergeRequests = new MergeRequests(requestsOnly);
const users = new Users(requestsOnly);

const membershipAnswer = z.lazy(() =>
  z.object({
    access_level: z.number().int(),
    membership_state: z.string().nullish(),
    expires_at: z.string().nullish(),
  }),
);

/**
 * A person invited beyond the seats of a group waits, and has no rights. A membership ends as its last day begins, but
 * GitLab lists it until its nightly work removes it. Sources: https://docs.gitlab.com/api/members/, https://docs.gitlab.com/user/project/members/#membership-expiration
 */
function isInForce(
  { membership_state: state, expires_at: end }: z.infer<typeof membershipAnswer>,
  now: Date,
) {
  const isExpired = typeof end === 'string' && !(Date.parse(end) > now.getTime());
  return (state ?? 'active') === 'active' && !isExpired;
}

function memberAnswer({ clock }: Api) {
  return membershipAnswer.and(personAnswer).transform((answer): Member => {
    const { id, username, name, active, access_level: level } = answer;
    return { id, username, name, active, accessLevel: isInForce(answer, clock.now()) ? level : 0 };
  });
}

async function nullIfHidden<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await nullIfGone(asked);
  } catch (error) {
    if (error instanceof GitLabRefusedError && error.status === 403) return null;
    throw error;
  }
}

async function fetchGroupMemberIds(path: string, api: Api): Promise<readonly number[] | null> {
  const list = groupMembers.all(path);
  const all = await nullIfHidden(readPages({ list, row: memberAnswer(api), maxPages }, api));
  return all?.filter(({ active, accessLevel }) => active && accessLevel > 0).map(({ id }) => id) ?? null;
}

/** Asks for each group once; what failed is asked for again. */
function groupMembersOnce(api: Api): People['fetchGroupMemberIds'] {
  const asked = new Map<string, Promise<readonly number[] | null>>();
  return (path) => {
    const known = asked.get(path);
    if (known !== undefined) return known;
    const asking = fetchGroupMemberIds(path, api);
    asked.set(path, asking);
    asking.catch(() => asked.delete(path));
    return asking;
  };
}

const reviewersAnswer = z.lazy(() =>
  z.object({ reviewers: z.array(z.object({ id: z.number().int() })).nullish() }),
);

/** 500 members, 500 open merge requests. */
const maxPages = 5;

/** The part of the port about who may do what. Sources: https://docs.gitlab.com/api/members/, https://docs.gitlab.com/api/users/ */
export function createPeople(api: Api): People {
  const fetchMember: People['fetchMember'] = async (project, userId) => {
    const question = members.show(project, userId, { includeInherited: true });
    const member = await nullIfGone(getJson(api, question, memberAnswer(api)));
    if (member !== null) return member;
    const person = await nullIfGone(getJson(api, users.show(userId), personAnswer));
    return person === null ? null : { ...person, accessLevel: 0 };
  };

  return {
    fetchMember,

    fetchClosedEnvironments: (project, { member, botId }) =>
      fetchClosedEnvironments(api, { project, member }, () => fetchMember(project, botId)),

    async fetchMembers(project, minAccessLevel) {
      const list = members.all(project, { includeInherited: true });
      const all = await readPages({ list, row: memberAnswer(api), maxPages }, api);
      // One who is a member in several ways can be listed several times.
      const best = new Map<number, Member>();
      for (const member of all)
        if (member.active && member.accessLevel > (best.get(member.id)?.accessLevel ?? -1))
          best.set(member.id, member);
      return [...best.values()].filter(({ accessLevel }) => accessLevel >= minAccessLevel);
    },

    async fetchDirectLevels(project) {
      const list = members.all(project);
      const all = await readPages({ list, row: memberAnswer(api), maxPages }, api);
      return new Map(all.filter(({ active }) => active).map(({ id, accessLevel }) => [id, accessLevel]));
    },

    fetchGroupMemberIds: groupMembersOnce(api),

    async findUser(username) {
      const [found = null] = await getJson(api, users.all({ username }), z.array(personAnswer));
      return found;
    },

    fetchBranchRights: (project, branch, member) => fetchBranchRights(api, { project, branch, member }),

    async fetchReviewLoad(project) {
      const list = mergeRequests.all({
        projectId: project,
        state: 'opened',
        scope: 'all',
        reviewerId: 'Any',
      });
      const load = new Map<number, number>();
      for (const { reviewers } of await readPages({ list, row: reviewersAnswer, maxPages }, api))
        for (const { id } of reviewers ?? []) load.set(id, (load.get(id) ?? 0) + 1);
      return load;
    },
  };
}
