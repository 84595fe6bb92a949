import { GitLabRefusedError } from '../../errors.ts';
import type { AccountOwner, ServiceAccount } from '../../model/setup.ts';
import type { AccountChange, ChangeOf } from '../../setup/change.ts';
import { accountTokenName } from '../../setup/markers.ts';
import { accountName, developer } from '../../setup/plan-account.ts';
import type { SetupWorld } from './wishes.ts';
import { withoutToken, writeSecret } from './write-secret.ts';

/** The bot's account among those of a project or group: the oldest of its name, so that every run finds the same. */
export async function findAccount(
  owner: AccountOwner,
  gitlab: SetupWorld['gitlab'],
): Promise<ServiceAccount | null> {
  const accounts = (await gitlab.fetchServiceAccounts(owner)).filter(({ name }) => name === accountName);
  return [...accounts].sort((a, b) => a.id - b.id)[0] ?? null;
}

async function accountOf(owner: AccountOwner, gitlab: SetupWorld['gitlab']): Promise<ServiceAccount> {
  const account = await findAccount(owner, gitlab);
  if (account !== null) return account;
  throw new GitLabRefusedError(`${owner.path} has no service account named ${accountName} any more`, {
    status: null,
    request: 'the service account of the bot',
    hint: 'somebody deleted it while herald setup was running: run it again',
  });
}

/**
 * Creates a token, writes it into the variable, and has no copy of it afterwards. A token that cannot be stored is
 * revoked, so that none is left that nobody knows; an interrupted run leaves one, which the next run revokes.
 */
async function makeToken(
  { owner, secret }: ChangeOf<'make-bot-token'>,
  { gitlab, clock }: SetupWorld,
): Promise<void> {
  const account = await accountOf(owner, gitlab);
  const made = await gitlab.createAccountToken(
    owner,
    account.id,
    accountTokenName(secret.in.id, clock.now()),
  );
  try {
    await writeSecret(secret, { value: made.token, token: made.id }, gitlab);
  } catch (error) {
    if (error instanceof GitLabRefusedError) await gitlab.revokeAccountToken(owner, account.id, made.id);
    throw withoutToken(error, made.token);
  }
}

/** Makes one change of `--bot` in GitLab. Throws GitLab's refusal, never with a token in it. */
export async function applyAccountChange(change: AccountChange, world: SetupWorld): Promise<void> {
  const { gitlab } = world;
  const { owner } = change;
  if (change.do === 'make-account') {
    await gitlab.createServiceAccount(owner, change);
    return;
  }
  if (change.do === 'make-bot-token') return makeToken(change, world);
  const { id } = await accountOf(owner, gitlab);
  if (change.do === 'revoke-token') return gitlab.revokeAccountToken(owner, id, change.id);
  if (change.isMember) return gitlab.changeMember(change.in.id, id, developer);
  return gitlab.addMember(change.in.id, id, developer);
}
