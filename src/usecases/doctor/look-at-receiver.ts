import { type Check, type Topic } from '../../doctor/check.ts';
import { checkDeliveries } from '../../doctor/check-deliveries.ts';
import { checkReceiver, receiverLine } from '../../doctor/check-receiver.ts';
import type { ProjectSettings, Webhook } from '../../model/setup.ts';
import { signsDeliveries } from '../../setup/gitlab-version.ts';
import { fingerprintOfSecret } from '../../setup/markers.ts';
import { isReceiverWebhook, planReceiver } from '../../setup/plan-receiver.ts';
import { receiverWebhookFor } from '../setup/receiver.ts';
import { hookPage } from '../setup/test-receiver.ts';
import type { ReceiverWish, SetupWorld } from '../setup/wishes.ts';
import type { DoctorWishes } from './doctor-wishes.ts';
import { orUnknown } from './or-unknown.ts';

/** Only the newest page: what matters is whether deliveries arrive now. */
const maxDeliveries = 20;

/** The newest deliveries of a webhook; nothing where this GitLab does not list them (before 17.3). */
export async function lookAtDeliveries(
  { id, path, url }: ProjectSettings,
  hook: Webhook,
  { resend, world }: { readonly resend: string; readonly world: SetupWorld },
): Promise<readonly Check[]> {
  const topic: Topic = { project: path, about: 'deliveries' };
  return orUnknown(topic, async () => {
    const deliveries = await world.gitlab.fetchDeliveries(id, hook.id, maxDeliveries);
    const page = hookPage({ url }, hook.id);
    const now = world.clock.now();
    return deliveries === null
      ? []
      : checkDeliveries({ project: path, hook: hook.id, deliveries, page, resend, now });
  });
}

/** The webhook of a watched project to a receiver, and whether its deliveries arrive. */
export async function lookAtReceiver(
  project: ProjectSettings,
  receiver: ReceiverWish,
  { wishes, world }: { readonly wishes: DoctorWishes; readonly world: SetupWorld },
): Promise<readonly Check[]> {
  const { id, path } = project;
  const topic: Topic = { project: path, about: 'webhook' };
  return orUnknown(topic, async () => {
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
    const isSecretKnown = secret !== null;
    const ofHook = checkReceiver({
      ...{ project: path, address, hook, isSecretKnown },
      plan: { ...plan, advice: [...plan.advice, ...advice] },
    });
    if (hook === null) return ofHook;
    const resend = receiverLine(address, path, ['--resend']);
    return [...ofHook, ...(await lookAtDeliveries(project, hook, { resend, world }))];
  });
}
