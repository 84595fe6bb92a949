import * as z from 'zod';
import type { Schedule } from '../../model/setup.ts';
import type { Schedules } from '../ports/setup.ts';
import { type Api, projectPath } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { fitAnswer } from '../transport/json-answer.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, sendJson } from '../transport/send-json.ts';

/** Free projects on GitLab.com have at most 10 schedules, paid ones 50. */
const maxPages = 10;

const headAnswer = z
  .object({
    id: z.number().int(),
    description: z.string().nullish(),
    /** Full (`refs/heads/main`) in new versions. */
    ref: z.string().nullish(),
    cron: z.string(),
    cron_timezone: z.string(),
    active: z.boolean(),
    owner: z.object({ id: z.number().int() }).nullish(),
  })
  .transform((answer) => ({
    id: answer.id,
    description: answer.description ?? '',
    ref: (answer.ref ?? '').replace(/^refs\/heads\//, ''),
    cron: answer.cron,
    timezone: answer.cron_timezone,
    active: answer.active,
    ownerId: answer.owner?.id ?? null,
  }));

const variablesAnswer = z
  .object({ variables: z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish() })
  .transform(({ variables }) =>
    Object.fromEntries((variables ?? []).map(({ key, value }) => [key, value ?? ''])),
  );

const createdAnswer = z.object({ id: z.number().int() });

type Head = Omit<Schedule, 'variables'>;
type Texts = Readonly<Record<string, string>>;

function scheduleBody({
  description,
  ref,
  cron,
  timezone,
  active,
}: Omit<Head, 'id' | 'ownerId'>): Readonly<Record<string, unknown>> {
  return { description, ref, cron, cron_timezone: timezone, active };
}

async function writeVariables(
  { path, wanted, before }: { readonly path: string; readonly wanted: Texts; readonly before: Texts },
  api: Api,
): Promise<void> {
  for (const [key, value] of Object.entries(wanted)) {
    if (before[key] === value) continue;
    await (Object.hasOwn(before, key)
      ? sendJson({ method: 'PUT', path: `${path}/variables/${key}`, body: { value } }, api)
      : sendJson({ method: 'POST', path: `${path}/variables`, body: { key, value } }, api));
  }
}

/** The part of the port about pipeline schedules. Source: https://docs.gitlab.com/api/pipeline_schedules/ */
export function createSchedules(api: Api): Schedules {
  const schedulesPath = (project: number): string => `${projectPath(project)}/pipeline_schedules`;
  const fetchSchedules = (project: number): Promise<readonly Head[]> =>
    readPages({ query: {}, path: schedulesPath(project), row: headAnswer, maxPages }, api);

  return {
    fetchSchedules,

    async fetchSchedule(project, id) {
      const request = { method: 'GET', path: `${schedulesPath(project)}/${id}` } as const;
      const answer = await sendJson(request, api);
      const head = fitAnswer(headAnswer, answer, request);
      return { ...head, variables: fitAnswer(variablesAnswer, answer, request) };
    },

    async createSchedule(project, schedule) {
      const path = schedulesPath(project);
      const created = await createOnce(
        {
          create: () => askJson({ method: 'POST', path, body: scheduleBody(schedule) }, createdAnswer, api),
          findLanded: async () =>
            (await fetchSchedules(project)).find(({ description }) => description === schedule.description) ??
            null,
        },
        api.clock,
      );
      await writeVariables({ path: `${path}/${created.id}`, wanted: schedule.variables, before: {} }, api);
      return created;
    },

    async updateSchedule(project, before, schedule) {
      const path = `${schedulesPath(project)}/${before.id}`;
      const body = scheduleBody(schedule);
      if (JSON.stringify(body) !== JSON.stringify(scheduleBody(before)))
        await sendJson({ method: 'PUT', path, body }, api);
      await writeVariables({ path, wanted: schedule.variables, before: before.variables }, api);
    },

    async takeOverSchedule(project, id) {
      await sendJson({ method: 'POST', path: `${schedulesPath(project)}/${id}/take_ownership` }, api);
    },

    async deleteSchedule(project, id) {
      await nullIfGone(sendJson({ method: 'DELETE', path: `${schedulesPath(project)}/${id}` }, api));
    },
  };
}
