/** Deliveries that come again, at once, late, or with another author than GitLab names. */
import { describe, expect, test } from 'vitest';
import { actionSpecs } from '../../src/bot/rules/actions/registry.ts';
import { ok } from '../../src/demo/http.ts';
import { route } from '../support/gitlab/route.ts';
import {
  deploymentEvent,
  issueEvent,
  mergeRequestEvent,
  pushEvent,
  releaseEvent,
} from '../usecases/bot/events.ts';
import { aStage, cast, head, type Payload, type Stage } from '../usecases/bot/stage.ts';
import { numbersFrom } from './random-texts.ts';

const project = { id: 42, path_with_namespace: 'shop/till' };
const user = { id: cast.mia.id, username: 'mia' };

function about(kind: string, attributes: Payload, more: Payload = {}): Payload {
  return { object_kind: kind, user, project, object_attributes: attributes, ...more };
}

const environment = { name: 'production', tier: 'production', external_url: null };
const now = (stage: Stage): string => stage.clock.now().toISOString();

/** What happened, and the payload that tells of it. */
const events: Readonly<Record<string, (stage: Stage) => Payload>> = {
  'merge_request.opened': () => mergeRequestEvent('open'),
  'issue.opened': () => issueEvent('open', 3),
  'note.created': (stage) => stage.say('dev', 'hello').payload,
  push: () => pushEvent('main'),
  'release.created'(stage) {
    const at = now(stage);
    stage.state.releases.push({
      ...{ project_id: 42, tag_name: 'v1', name: 'v1' },
      ...{ released_at: at, created_at: at },
    });
    return releaseEvent('v1');
  },
  'deployment.success'(stage) {
    const deployment = { id: 9, project_id: 42, status: 'success', ref: 'main', sha: head, environment };
    stage.state.deployments.push({ ...deployment, mergeRequests: [7], updated_at: now(stage) });
    return deploymentEvent(9, 'success');
  },
  milestone: () => about('milestone', { id: 31, title: '2.0', project_id: 42 }, { action: 'create' }),
  wiki_page: () => about('wiki_page', { slug: 'how-to', title: 'How to', action: 'update' }),
  feature_flag: () => about('feature_flag', { id: 5, name: 'vouchers', active: true }),
  'pipeline.failed'(stage) {
    const found = stage.state.pipelines.find(({ id }) => id === 501);
    Object.assign(found ?? {}, { updated_at: now(stage), finished_at: now(stage) });
    const attributes = { id: 501, sha: head, ref: 'vouchers', status: 'failed', iid: 1 };
    return about('pipeline', attributes, { merge_request: { id: 1007, iid: 7 } });
  },
};

const told = (path: string, body: object): ReturnType<typeof route> =>
  route('GET', new RegExp(`^${path}$`), () => ok(body));
const routes = [
  told('/projects/42/milestones/31', { id: 31, state: 'active' }),
  told('/projects/42/wikis/how-to', { slug: 'how-to' }),
  told('/projects/42/feature_flags/vouchers', { name: 'vouchers', active: true }),
];

async function aRun(
  on: string,
  action: string,
): Promise<{ readonly stage: Stage; readonly payload: Payload }> {
  const config = `bot: { rules: [{ name: r, on: ${on}, do: [${action}] }] }`;
  const stage = await aStage(config, { routes });
  const payload = events[on]?.(stage) ?? {};
  stage.deeds();
  return { stage, payload };
}

/** What people see in the end. Issues cannot be deleted, so that one too many is closed. */
function standing({ state }: Stage): unknown {
  const notesOf = (notes: readonly { readonly author: { readonly id: number }; readonly body: string }[]) =>
    notes
      .flatMap(({ author, body }) =>
        author.id === cast.bot.id ? [body.replace(/\d+|by=\S+|proof=\S+/g, 'N')] : [],
      )
      .sort();
  return {
    mergeRequests: state.mergeRequests.map(
      ({ iid, notes, labels, title, state: of, assignee_ids, reviewer_ids }) => ({
        ...{ iid, labels: [...labels].sort(), title, of, assignee_ids, reviewer_ids },
        notes: notesOf(notes),
      }),
    ),
    issues: state.issues
      .filter(({ state: of }) => of === 'opened')
      .map(({ title, labels, notes }) => ({ title, labels: [...labels].sort(), notes: notesOf(notes) })),
    // GitLab shows the newest of a name.
    statuses: state.pipelines.map(({ id, statuses }) => [
      id,
      [...new Set(statuses.map(({ name, state: of }) => `${name} ${of}`))].sort(),
    ]),
    jobs: state.pipelines.map(({ jobs }) => jobs.map(({ name }) => name)),
  };
}

/** Every action with the example of its documentation; those that need a service of their own are tested there. */
const actions = actionSpecs
  .filter(({ key }) => key !== 'track-release')
  .map(({ key, example }) => [key, example === '' ? key : `{ ${key}: ${example} }`] as const);

const seed = Number(process.env['ATTACK_SEED'] ?? 20_260_301);
const number = numbersFrom(seed);
const isWhole = process.env['ATTACK_STRINGS'] !== undefined;

/** Of each action some events, others for another seed. */
const rows = actions.flatMap(([key, action]) =>
  Object.keys(events).flatMap((on) => (isWhole || number() < 0.25 ? [[key, on, action] as const] : [])),
);

describe('a delivery that comes again', () => {
  test.each(rows)(
    '%s on %s is done once, also by five at once and for another name',
    async (key, on, action) => {
      const { stage, payload } = await aRun(on, action);
      await stage.handle(payload);
      const first = stage.deeds();
      const once = standing(stage);
      await stage.handle(payload);
      await stage.handle({
        ...payload,
        object_attributes: { ...(payload['object_attributes'] as object), action: 'x' },
      });
      expect(stage.deeds(), JSON.stringify(first)).toEqual([]);
      expect(standing(stage)).toEqual(once);

      const many = await aRun(on, action);
      await Promise.all(Array.from({ length: 5 }, () => many.stage.handle(many.payload)));
      // GitLab keeps nothing by which a pipeline could be found again: two runs at once may start two.
      if (key !== 'run-pipeline') expect(standing(many.stage), key).toEqual(once);

      // A payload that names an owner is worth no more than one that names nobody.
      const other = await aRun(on, action);
      const { id, username } = cast.otto;
      await other.stage.handle({ ...other.payload, user: { id, username, name: username }, user_id: id });
      const forged = other.stage.deeds().map((deed) => deed.replace(/\d{4,}/g, 'N'));
      expect(first.map((deed) => deed.replace(/\d{4,}/g, 'N'))).toEqual(expect.arrayContaining(forged));
    },
  );
});
