import { GitLabRefusedError, UsageError } from '../../errors.ts';
import type { WebhookSecret } from '../../model/setup.ts';
import {
  type AccountChange,
  type ChangeOf,
  isAccountChange,
  type Place,
  type SetupChange,
  webhookOwnerOf,
} from '../../setup/change.ts';
import { hookDescription, tokenVariable, triggerDescription } from '../../setup/markers.ts';
import { applyAccountChange } from './apply-account.ts';
import type { SetupWishes, SetupWorld } from './wishes.ts';
import { withoutToken, writeSecret } from './write-secret.ts';

interface Setting {
  readonly world: SetupWorld;
  readonly wishes: SetupWishes;
  /** The bot's project, or where a webhook to a receiver is made. */
  readonly facts: { readonly bot: Place };
}

/**
 * Creates a token, then a webhook with it, and only then deletes the old webhook: no event is missed, and an
 * interrupted run leaves a token that the next run deletes. It does not change the old webhook, because GitLab forgets
 * masked variables when one of them changes.
 */
async function makeWebhook(change: ChangeOf<'make-webhook'>, { world, facts }: Setting): Promise<void> {
  const { gitlab, clock } = world;
  const { bot } = facts;
  const trigger = await gitlab.createTrigger(bot.id, triggerDescription(change.in.id, clock.now()));
  try {
    const hook = { ...change.hook, description: hookDescription(bot.id, trigger.id) };
    await gitlab.createWebhook(change.in.id, { hook, variables: { [tokenVariable]: trigger.token } });
  } catch (error) {
    // If GitLab refuses the webhook, no token is left behind.
    if (error instanceof GitLabRefusedError) await gitlab.deleteTrigger(bot.id, trigger.id);
    throw withoutToken(error, trigger.token);
  }
  if (change.replaces !== null) await gitlab.deleteWebhook(change.in.id, change.replaces);
}

/** The secret goes into the request only; nothing else ever holds it. */
function receiverSecret(change: ReceiverChange, { receiver }: SetupWishes): WebhookSecret {
  const secret = receiver?.secretOf(webhookOwnerOf(change.in)) ?? null;
  if (secret === null)
    throw new UsageError('HERALD_WEBHOOK_SECRET is not set', {
      hint: 'give herald setup --receiver the same secret as the receiver',
    });
  return change.isSigned
    ? { token: secret.tokenBesideSignature, signingToken: secret.signingToken }
    : { token: secret.token, signingToken: null };
}

async function applyReceiverWebhook(change: ReceiverChange, { world, wishes }: Setting): Promise<void> {
  const { gitlab } = world;
  const { hook } = change;
  const owner = webhookOwnerOf(change.in);
  const secret = receiverSecret(change, wishes);
  try {
    if (change.do === 'make-receiver-webhook') await gitlab.createWebhook(owner, { hook, secret });
    else if (change.whySecret === null) await gitlab.updateWebhook(owner, change.id, { hook });
    else await gitlab.updateWebhook(owner, change.id, { hook, secret });
  } catch (error) {
    throw withoutToken(withoutToken(error, secret.token), secret.signingToken ?? secret.token);
  }
}

function setSecret(change: ChangeOf<'set-secret'>, { world, wishes }: Setting): Promise<void> {
  return writeSecret(change, { value: wishes.botToken?.value ?? '', token: null }, world.gitlab);
}

async function changeSchedule(change: ChangeOf<'change-schedule'>, { world }: Setting): Promise<void> {
  const { gitlab } = world;
  if (change.takeOver) await gitlab.takeOverSchedule(change.in.id, change.before.id);
  await gitlab.updateSchedule(change.in.id, change.before, change.schedule);
}

async function applyElsewhere(
  change: Exclude<SetupChange, WebhookChange | ReceiverChange | AccountChange>,
  setting: Setting,
): Promise<void> {
  const { gitlab } = setting.world;
  const project = change.in.id;
  switch (change.do) {
    case 'set-secret':
      return setSecret(change, setting);
    case 'delete-variable':
      return gitlab.deleteVariable(project, change.key, change.place);
    case 'place-variable':
      return gitlab.placeVariable(project, change.key);
    case 'make-schedule':
      await gitlab.createSchedule(project, change.schedule);
      return;
    case 'change-schedule':
      return changeSchedule(change, setting);
    case 'delete-schedule':
      return gitlab.deleteSchedule(project, change.id);
    case 'make-label':
      return gitlab.createLabel(project, change.label);
    case 'delete-label':
      return gitlab.deleteLabel(project, change.name);
    case 'set-process-mode':
      return gitlab.setProcessMode(project, change.key, change.to);
    case 'set-override-role':
      return gitlab.setOverrideRole(project, change.to);
  }
}

type ReceiverChange = ChangeOf<'make-receiver-webhook' | 'change-receiver-webhook'>;

type WebhookChange = ChangeOf<'make-webhook' | 'change-webhook' | 'delete-webhook' | 'delete-trigger'>;

/** Makes one change in GitLab. Throws GitLab's refusal, never with a token in it. */
export async function applySetupChange(change: SetupChange, setting: Setting): Promise<void> {
  const { gitlab } = setting.world;
  if (change.do === 'make-webhook') return makeWebhook(change, setting);
  if (change.do === 'delete-webhook') return gitlab.deleteWebhook(webhookOwnerOf(change.in), change.id);
  if (change.do === 'delete-trigger') return gitlab.deleteTrigger(change.in.id, change.id);
  if (change.do === 'change-webhook') {
    await gitlab.updateWebhook(change.in.id, change.id, { hook: change.hook });
    return;
  }
  if (change.do === 'make-receiver-webhook' || change.do === 'change-receiver-webhook')
    return applyReceiverWebhook(change, setting);
  if (isAccountChange(change)) return applyAccountChange(change, setting.world);
  return applyElsewhere(change, setting);
}
