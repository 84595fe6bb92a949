import type { Webhook, WebhookOwner } from '../model/setup.ts';
import { adviceOnUnknownSwitches } from './advice-on-unknown-switches.ts';
import {
  differencesOf,
  type GroupPlace,
  type Place,
  type SetupChange,
  type SetupPlan,
  type WantedWebhook,
  webhookOwnerOf,
} from './change.ts';
import { readHookDescription, readReceiverDescription, receiverDescription } from './markers.ts';

/** Facts about the webhook of one watched project, or of a group, to a receiver. */
export interface ReceiverSituation {
  readonly wanted: WantedWebhook;
  readonly watched: Place | GroupPlace;
  /** All webhooks of that project or group. */
  readonly hooks: readonly Webhook[];
  /** Of the secret that the webhook is to have. */
  readonly fingerprint: string;
  /** Whether this GitLab signs deliveries. */
  readonly signs: boolean;
  /** Whether to set the secret again even though nothing is wrong with it. */
  readonly rotate: boolean;
}

function isSameOwner(one: WebhookOwner, other: WebhookOwner): boolean {
  return typeof one === 'number' || typeof other === 'number' ? one === other : one.group === other.group;
}

/** True for a webhook to a receiver that an earlier run made in this project or group. */
export function isReceiverWebhook(hook: Webhook, wantedUrl: string, owner: WebhookOwner): boolean {
  const mark = readReceiverDescription(hook.description);
  // Before 17.1 webhooks have no descriptions, so the address decides.
  return mark === null ? hook.url === wantedUrl : isSameOwner(mark.owner, owner);
}

/** Why the secret is set again where the webhook has that of another receiver, or an older one. */
export const otherSecret = 'it was derived from another secret';

/** Why the secret of a webhook must be set again; null when it can stay. GitLab never shows it. */
function whySecret(hook: Webhook, situation: ReceiverSituation): string | null {
  const { wanted, fingerprint, signs, rotate } = situation;
  if (rotate) return 'you asked to rotate it';
  // GitLab forgets the secret with the address that it was for.
  if (hook.url !== wanted.url) return 'its address changes';
  if (hook.hasToken === false) return 'it has no secret token';
  if (signs && hook.isSigned === false) return 'it has no signing token';
  const mark = readReceiverDescription(hook.description);
  if (mark === null)
    return hook.description === null || hook.hasToken === null ? null : 'somebody else set its secret';
  return mark.fingerprint === fingerprint ? null : otherSecret;
}

function planKept(hook: Webhook, situation: ReceiverSituation): readonly SetupChange[] {
  const { wanted, watched, fingerprint, signs: isSigned } = situation;
  const settings = {
    ...wanted,
    description: receiverDescription({ owner: webhookOwnerOf(watched), fingerprint }),
  };
  const { url, name, description, template, sslVerification, branchFilter, switches } = settings;
  const differences = differencesOf(
    {
      ...hook.switches,
      url: hook.url,
      name: hook.name,
      description: hook.description,
      template: hook.template,
      sslVerification: hook.sslVerification,
      branchFilter: hook.branchFilter,
    },
    { url, name, description, ...switches, template, sslVerification, branchFilter },
  );
  const why = whySecret(hook, situation);
  if (differences.length === 0 && why === null) return [];
  // The description only says which secret it is.
  const shown = why === null ? differences : differences.filter((one) => one.name !== 'description');
  return [
    {
      do: 'change-receiver-webhook',
      in: watched,
      id: hook.id,
      hook: settings,
      differences: shown,
      isSigned,
      whySecret: why,
    },
  ];
}

function adviceOn(kept: Webhook | null, { wanted, watched, hooks }: ReceiverSituation): readonly string[] {
  const starting = hooks.filter(({ description }) => readHookDescription(description) !== null);
  return [
    ...starting.map(
      ({ id }) =>
        `webhook ${id} of ${watched.path} starts pipelines for the same events, so each is handled twice: take it away with herald setup --remove, without --receiver`,
    ),
    ...adviceOnUnknownSwitches(kept, wanted.switches),
    ...(kept !== null && kept.description === null
      ? ['this GitLab has no descriptions of webhooks: only --rotate sets the secret of this one again']
      : []),
    ...(kept !== null && kept.state !== 'working'
      ? [
          `GitLab has switched webhook ${kept.id} of ${watched.path} off ${kept.state === 'off' ? 'until a test succeeds' : 'for a while'}, because deliveries failed: see its recent events, fix the cause, then run herald setup with --receiver and --test`,
        ]
      : []),
  ];
}

/**
 * Plans the webhook of a watched project to a receiver: creates or repairs it, sets its secret where that is not the
 * derived one, and deletes duplicates. After the plan was carried out, a second plan is empty. Webhooks that Herald did
 * not create stay untouched.
 */
export function planReceiver(situation: ReceiverSituation): SetupPlan {
  const { wanted, watched, hooks, fingerprint, signs: isSigned } = situation;
  const own = hooks.filter((hook) => isReceiverWebhook(hook, wanted.url, webhookOwnerOf(watched)));
  const kept = own.find(({ url }) => url === wanted.url) ?? own[0] ?? null;
  const description = receiverDescription({ owner: webhookOwnerOf(watched), fingerprint });
  return {
    changes: [
      ...(kept === null
        ? [
            {
              do: 'make-receiver-webhook',
              in: watched,
              hook: { ...wanted, description },
              isSigned,
            } as const,
          ]
        : planKept(kept, situation)),
      ...own
        .filter((one) => one !== kept)
        .map(
          ({ id }): SetupChange => ({
            do: 'delete-webhook',
            in: watched,
            id,
            why: 'it is a second one',
          }),
        ),
    ],
    advice: adviceOn(kept, situation),
  };
}

/** The webhooks to receivers that `herald setup` made in a project or group: all of them go, and nothing else. */
export function planRemovalOfReceiver(
  hooks: readonly Webhook[],
  place: Place | GroupPlace,
  why = 'herald setup created it',
): readonly SetupChange[] {
  const owner = webhookOwnerOf(place);
  return hooks
    .filter(({ description }) => {
      const mark = readReceiverDescription(description);
      return mark !== null && isSameOwner(mark.owner, owner);
    })
    .map(({ id }): SetupChange => ({ do: 'delete-webhook', in: place, id, why }));
}
