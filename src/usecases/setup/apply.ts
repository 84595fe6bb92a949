import { GitLabRefusedError } from '../../errors.ts';
import type { SecretVariable, Variables } from '../../gitlab/ports/setup.ts';
import type { ChangeOf, SetupChange } from '../../setup/change.ts';
import {
  hookDescription,
  secretDescription,
  tokenVariable,
  triggerDescription,
} from '../../setup/markers.ts';
import type { SetupFacts, SetupWishes, SetupWorld } from './wishes.ts';

interface Setting {
  readonly world: SetupWorld;
  readonly wishes: SetupWishes;
  readonly facts: SetupFacts;
}

/** GitLab may repeat what it was sent. */
function withoutToken(error: unknown, token: string): unknown {
  if (!(error instanceof GitLabRefusedError) || !error.message.includes(token)) return error;
  const { status, request, hint } = error;
  return new GitLabRefusedError(error.message.replaceAll(token, '[MASKED]'), {
    status,
    request,
    ...(hint === null ? {} : { hint: hint.replaceAll(token, '[MASKED]') }),
  });
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
    await gitlab.createWebhook(change.in.id, hook, { [tokenVariable]: trigger.token });
  } catch (error) {
    // If GitLab refuses the webhook, no token is left behind.
    if (error instanceof GitLabRefusedError) await gitlab.deleteTrigger(bot.id, trigger.id);
    throw withoutToken(error, trigger.token);
  }
  if (change.replaces !== null) await gitlab.deleteWebhook(change.in.id, change.replaces);
}

async function setSecret(change: ChangeOf<'set-secret'>, { world, wishes }: Setting): Promise<void> {
  const { gitlab } = world;
  const { key, protected: isProtected, how } = change;
  const value = wishes.botToken?.value ?? '';
  const variable = { key, value, protected: isProtected, description: secretDescription(change) };
  if (how === 'make') return gitlab.createSecretVariable(change.in.id, variable, 'everywhere');
  if (how === 'write') return gitlab.updateSecretVariable(change.in.id, variable);
  return makeSecretAnew(change.in.id, variable, gitlab);
}

/**
 * GitLab hides only new variables, and one environment cannot have two variables of one name. So the new variable is
 * first created in another environment, which shows that GitLab accepts it. Then the old one is deleted, and the new
 * one takes its place. Wherever a run is interrupted, one of the two holds the token, and the next run continues.
 */
async function makeSecretAnew(project: number, variable: SecretVariable, gitlab: Variables): Promise<void> {
  const { key } = variable;
  await gitlab.createSecretVariable(project, variable, 'aside');
  await gitlab.deleteVariable(project, key, 'everywhere');
  try {
    await gitlab.placeVariable(project, key);
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    await gitlab.createSecretVariable(project, variable, 'everywhere');
    await gitlab.deleteVariable(project, key, 'aside');
  }
}

async function changeSchedule(change: ChangeOf<'change-schedule'>, { world }: Setting): Promise<void> {
  const { gitlab } = world;
  if (change.takeOver) await gitlab.takeOverSchedule(change.in.id, change.before.id);
  await gitlab.updateSchedule(change.in.id, change.before, change.schedule);
}

async function applyElsewhere(change: Exclude<SetupChange, WebhookChange>, setting: Setting): Promise<void> {
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

type WebhookChange = ChangeOf<'make-webhook' | 'change-webhook' | 'delete-webhook' | 'delete-trigger'>;

/** Makes one change in GitLab. Throws GitLab's refusal, never with a token in it. */
export async function applySetupChange(change: SetupChange, setting: Setting): Promise<void> {
  const { gitlab } = setting.world;
  if (change.do === 'make-webhook') return makeWebhook(change, setting);
  if (change.do === 'delete-webhook') return gitlab.deleteWebhook(change.in.id, change.id);
  if (change.do === 'delete-trigger') return gitlab.deleteTrigger(change.in.id, change.id);
  if (change.do !== 'change-webhook') return applyElsewhere(change, setting);
  await gitlab.updateWebhook(change.in.id, change.id, change.hook);
}
