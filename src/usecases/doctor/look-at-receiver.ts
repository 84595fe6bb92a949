import { type Check, type Topic, warning } from '../../doctor/check.ts';
import { checkDeliveries } from '../../doctor/check-deliveries.ts';
import { checkCovered, checkReceiver, receiverLine } from '../../doctor/check-receiver.ts';
import type { ProjectSettings, Webhook, WebhookOwner } from '../../model/setup.ts';
import { webhookOwnerOf } from '../../setup/change.ts';
import { signsDeliveries } from '../../setup/gitlab-version.ts';
import { fingerprintOfSecret } from '../../setup/markers.ts';
import { isReceiverWebhook, planReceiver } from '../../setup/plan-receiver.ts';
import { wantedReceiverWebhook } from '../../setup/receiver-webhook.ts';
import { type DeliveringGroup, type GroupWebhooks, missingSwitches } from '../setup/group-webhook.ts';
import { receiverWebhookFor } from '../setup/receiver-plans.ts';
import { hookPage } from '../setup/test-receiver.ts';
import type { ReceiverWish, SetupWorld } from '../setup/wishes.ts';
import type { DoctorWishes } from './doctor-wishes.ts';
import { orUnknown } from './or-unknown.ts';

/** Only the newest page: what matters is whether deliveries arrive now. */
const maxDeliveries = 20;

/** A project or group, and its webhook. */
interface HookPlace {
  readonly owner: WebhookOwner;
  readonly path: string;
  readonly url: string;
}

/** The newest deliveries of a webhook; nothing where this GitLab does not list them (before 17.3). */
export async function lookAtDeliveries(
  { owner, path, url }: HookPlace,
  hook: Webhook,
  { resend, world }: { readonly resend: string; readonly world: SetupWorld },
): Promise<readonly Check[]> {
  const topic: Topic = { project: path, about: 'deliveries' };
  return orUnknown(topic, async () => {
    const deliveries = await world.gitlab.fetchDeliveries(owner, hook.id, maxDeliveries);
    const page = hookPage({ url }, hook.id);
    const now = world.clock.now();
    return deliveries === null
      ? []
      : checkDeliveries({ project: path, hook: hook.id, deliveries, page, resend, now });
  });
}

/** What all looks at webhooks to one receiver share. */
export interface ReceiverSetting {
  readonly receiver: ReceiverWish;
  readonly groups: GroupWebhooks;
  readonly wishes: DoctorWishes;
  readonly world: SetupWorld;
}

/** The webhook of a project itself. */
async function lookAtOwn(
  project: ProjectSettings,
  { receiver, wishes, world }: ReceiverSetting,
): Promise<readonly Check[]> {
  const { id, path } = project;
  const { gitlab } = world;
  const { wanted, advice } = await receiverWebhookFor(project, { ...wishes, receiver }, world);
  const hooks = await gitlab.fetchWebhooks(id);
  const own = hooks.filter((hook) => isReceiverWebhook(hook, wanted.url, id));
  const hook = own.find(({ url }) => url === wanted.url) ?? own[0] ?? null;
  const secret = receiver.secretOf(id);
  const chosen = {
    ...wanted,
    sslVerification: wishes.given.has('sslVerification')
      ? wanted.sslVerification
      : (hook?.sslVerification ?? wanted.sslVerification),
    branchFilter: wishes.given.has('branches') ? wanted.branchFilter : (hook?.branchFilter ?? ''),
  };
  const plan = planReceiver({
    wanted: chosen,
    watched: { id, path },
    hooks,
    fingerprint: fingerprintOfSecret(secret),
    signs: signsDeliveries(await gitlab.fetchServerVersion()),
    rotate: false,
  });
  const { address } = receiver;
  const place = { flag: '--watch', path } as const;
  const ofHook = checkReceiver({
    ...{ place, address, hook, isSecretKnown: secret !== null },
    plan: { ...plan, advice: [...plan.advice, ...advice] },
  });
  if (hook === null) return ofHook;
  const resend = receiverLine(address, place, ['--resend']);
  return [...ofHook, ...(await lookAtDeliveries({ ...project, owner: id }, hook, { resend, world }))];
}

/** A project whose events the webhook of a group delivers. */
async function lookAtCovered(
  project: ProjectSettings,
  group: DeliveringGroup,
  { receiver, wishes, world }: ReceiverSetting,
): Promise<readonly Check[]> {
  const { id, path } = project;
  const { wanted, advice } = await receiverWebhookFor(project, { ...wishes, receiver }, world);
  const hooks = await world.gitlab.fetchWebhooks(id);
  const own = hooks.filter((hook) => isReceiverWebhook(hook, wanted.url, id)).map((hook) => hook.id);
  const topic: Topic = { project: path, about: 'webhook' };
  return [
    ...checkCovered({
      ...{ project: path, address: receiver.address, group: group.place.path },
      ...{ own, missing: missingSwitches(wanted, group) },
    }),
    ...advice.map((words) => warning(topic, words, null)),
  ];
}

/** The webhook of a watched project to a receiver, or that of a group above it, and whether its deliveries arrive. */
export async function lookAtReceiver(
  project: ProjectSettings,
  setting: ReceiverSetting,
): Promise<readonly Check[]> {
  const topic: Topic = { project: project.path, about: 'webhook' };
  return orUnknown(topic, async () => {
    const group = await setting.groups.deliveringAbove(project.path);
    return group === null ? lookAtOwn(project, setting) : lookAtCovered(project, group, setting);
  });
}

/** The webhook of a group, whatever its events: whether it works, has the right secret, and what it delivered. */
export async function lookAtGroupWebhook(
  { place, hook }: DeliveringGroup,
  { receiver, wishes, world }: ReceiverSetting,
): Promise<readonly Check[]> {
  const { id, path } = place;
  const owner = webhookOwnerOf(place);
  return orUnknown({ project: path, about: 'webhook' }, async () => {
    const { address } = receiver;
    const secret = receiver.secretOf(owner);
    const events = Object.entries(hook.switches).flatMap(([name, on]) => (on ? [name] : []));
    const { sslVerification, branchFilter } = hook;
    const wanted = wantedReceiverWebhook({
      ...{ address, owner, events, branches: branchFilter },
      sslVerification: wishes.given.has('sslVerification') ? wishes.sslVerification : sslVerification,
    });
    const plan = planReceiver({
      wanted: { ...wanted, switches: {} },
      watched: place,
      hooks: await world.gitlab.fetchWebhooks({ group: id }),
      fingerprint: fingerprintOfSecret(secret),
      signs: signsDeliveries(await world.gitlab.fetchServerVersion()),
      rotate: false,
    });
    const ofPlace = { flag: '--group', path } as const;
    const url = `${wishes.apiUrl.replace(/\/api\/v4\/?$/, '')}/groups/${path}`;
    const resend = receiverLine(address, ofPlace, ['--resend']);
    return [
      ...checkReceiver({ place: ofPlace, address, hook, plan, isSecretKnown: secret !== null }),
      ...(await lookAtDeliveries({ owner, path, url }, hook, { resend, world })),
    ];
  });
}
