import { PipelineSchedules, PipelineScheduleVariables } from '@gitbeaker/rest';
import * as z from 'zod';
import type { ScheduleState } from '../../model/schedule-facts.ts';
import type { Schedule } from '../../model/setup.ts';
import type { Schedules } from '../ports/setup.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, sendJson } from '../transport/send-json.ts';

const schedules = new PipelineSchedules(requestsOnly);
const variablesOf = new PipelineScheduleVariables(requestsOnly);

/** Free projects on GitLab.com have at most 10 schedules, paid ones 50. */
const maxPages = 10;

const headAnswer = z.lazy(() =>
  z
    .object({
      id: z.number().int(),
      description: z.string().nullish(),
      /** Full (`refs/heads/main`) in new versions. */
      ref: z.string().nullish(),
      cron: z.string(),
      cron_timezone: z.string(),
      active: z.boolean(),
      owner: z.object({ id: z.number().int() }).nullish(),
      next_run_at: z.string().nullish(),
    })
    .transform((answer) => ({
      id: answer.id,
      description: answer.description ?? '',
      ref: (answer.ref ?? '').replace(/^refs\/heads\//, ''),
      cron: answer.cron,
      timezone: answer.cron_timezone,
      active: answer.active,
      ownerId: answer.owner?.id ?? null,
      nextRunAt: answer.next_run_at ?? null,
    })),
);

const variablesAnswer = z.lazy(() =>
  z
    .object({ variables: z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish() })
    .transform(({ variables }) => ({
      variables: Object.fromEntries((variables ?? []).map(({ key, value }) => [key, value ?? ''])),
    })),
);

const scheduleAnswer = z.lazy(() => headAnswer.and(variablesAnswer));

const stateAnswer = z.lazy(() =>
  z
    .object({
      id: z.number().int(),
      description: z.string().nullish(),
      ref: z.string().nullish(),
      owner: z.object({ username: z.string() }).nullish(),
      last_pipeline: z.object({ id: z.number().int(), status: z.string(), sha: z.string() }).nullish(),
    })
    .transform(
      ({ id, description, ref, owner, last_pipeline: last }): ScheduleState => ({
        id,
        description: description ?? '',
        ref: (ref ?? '').replace(/^refs\/(?:heads|tags)\//, ''),
        owner: owner?.username ?? '',
        last: last ?? null,
      }),
    ),
);

const createdAnswer = z.lazy(() => z.object({ id: z.number().int() }));

type Head = Omit<Schedule, 'variables'>;
type Texts = Readonly<Record<string, string>>;

function scheduleBody({
  description,
  ref,
  cron,
  timezone,
  active,
}: Omit<Head, 'id' | 'ownerId' | 'nextRunAt'>) {
  return { description, ref, cron, cronTimezone: timezone, active };
}

async function writeVariables(
  { project, id }: { readonly project: number; readonly id: number },
  { wanted, before }: { readonly wanted: Texts; readonly before: Texts },
  api: Api,
): Promise<void> {
  for (const [key, value] of Object.entries(wanted)) {
    if (before[key] === value) continue;
    const request = Object.hasOwn(before, key)
      ? variablesOf.edit(project, id, key, value)
      : variablesOf.create(project, id, key, value);
    await sendJson(request, api);
  }
}

/** The part of the port about pipeline schedules. Source: https://docs.gitlab.com/api/pipeline_schedules/ */
export function createSchedules(api: Api): Schedules {
  const fetchSchedules = (project: number): Promise<readonly Head[]> =>
    readPages({ list: schedules.all(project), row: headAnswer, maxPages }, api);

  return {
    fetchSchedules,

    async fetchSchedule(project, id) {
      return getJson(api, schedules.show(project, id), scheduleAnswer);
    },

    fetchScheduleState(project, id) {
      return nullIfGone(getJson(api, schedules.show(project, id), stateAnswer));
    },

    async createSchedule(project, schedule) {
      const { description, ref, cron, timezone: cronTimezone, active } = schedule;
      const created = await createOnce(
        {
          create: () =>
            askJson(
              schedules.create(project, description, ref, cron, { cronTimezone, active }),
              createdAnswer,
              api,
            ),
          findLanded: async () =>
            (await fetchSchedules(project)).find((one) => one.description === description) ?? null,
        },
        api.clock,
      );
      await writeVariables({ project, id: created.id }, { wanted: schedule.variables, before: {} }, api);
      return created;
    },

    async updateSchedule(project, before, schedule) {
      const { id } = before;
      const body = scheduleBody(schedule);
      if (JSON.stringify(body) !== JSON.stringify(scheduleBody(before)))
        await sendJson(schedules.edit(project, id, body), api);
      await writeVariables({ project, id }, { wanted: schedule.variables, before: before.variables }, api);
    },

    async takeOverSchedule(project, id) {
      await sendJson(
        { method: 'POST', path: pathByHand`/projects/${project}/pipeline_schedules/${id}/take_ownership` },
        api,
      );
    },

    async deleteSchedule(project, id) {
      await nullIfGone(sendJson(schedules.remove(project, id), api));
    },
  };
}
