import { PipelineTriggerTokens, ProjectMembers } from '@gitbeaker/rest';
import * as z from 'zod';
import type { Trigger } from '../../model/setup.ts';
import type { Triggers } from '../ports/setup.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, sendJson } from '../transport/send-json.ts';

const members = new ProjectMembers(requestsOnly);
const triggers = new PipelineTriggerTokens(requestsOnly);

/** GitLab allows 25,000 in a project: https://docs.gitlab.com/administration/instance_limits/ */
const maxPages = 250;

const owner = z.lazy(() =>
  z
    .object({ id: z.number().int(), username: z.string(), state: z.string().nullish() })
    .transform(({ id, username, state }) => ({ id, username, active: (state ?? 'active') === 'active' })),
);

/** The answer holds the token, too; it is not read. */
const triggerAnswer = z.lazy(() =>
  z
    .object({
      id: z.number().int(),
      description: z.string().nullish(),
      owner: owner.nullish(),
      expires_at: z.string().nullish(),
    })
    .transform(
      (answer): Trigger => ({
        id: answer.id,
        description: answer.description ?? '',
        owner: answer.owner ?? null,
        expiresAt: answer.expires_at ?? null,
      }),
    ),
);

const createdAnswer = z.lazy(() => z.object({ id: z.number().int(), token: z.string().min(1) }));
const memberAnswer = z.lazy(() => z.object({ access_level: z.number().int() }));

/** The part of the port about trigger tokens. Source: https://docs.gitlab.com/api/pipeline_triggers/ */
export function createTriggers(api: Api): Triggers {
  const fetchTriggers = (project: number): Promise<readonly Trigger[]> =>
    readPages({ list: triggers.all(project), row: triggerAnswer, maxPages }, api);

  async function deleteTrigger(project: number, id: number): Promise<void> {
    await nullIfGone(sendJson(triggers.remove(project, id), api));
  }

  return {
    fetchTriggers,
    deleteTrigger,

    createTrigger(project, description) {
      return createOnce(
        {
          create: () => askJson(triggers.create(project, description), createdAnswer, api),
          // One whose token nobody saw is of no use. The description is of this creation alone.
          findLanded: async () => {
            const landed = (await fetchTriggers(project)).filter((one) => one.description === description);
            for (const { id } of landed) await deleteTrigger(project, id);
            return null;
          },
        },
        api.clock,
      );
    },

    async fetchAccessLevel(project, userId) {
      const question = members.show(project, userId, { includeInherited: true });
      const member = await nullIfGone(getJson(api, question, memberAnswer));
      return member?.access_level ?? 0;
    },
  };
}
