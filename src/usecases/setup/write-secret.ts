import { GitLabRefusedError } from '../../errors.ts';
import type { SecretVariable, Variables } from '../../gitlab/ports/setup.ts';
import type { SecretChange } from '../../setup/change.ts';
import { fingerprintOf, secretDescription } from '../../setup/markers.ts';

/** A refusal without the token: GitLab may repeat what it was sent. */
export function withoutToken(error: unknown, token: string): unknown {
  if (!(error instanceof GitLabRefusedError) || !error.message.includes(token)) return error;
  const { status, request, hint } = error;
  return new GitLabRefusedError(error.message.replaceAll(token, '[MASKED]'), {
    status,
    request,
    ...(hint === null ? {} : { hint: hint.replaceAll(token, '[MASKED]') }),
  });
}

/** Writes a token into the bot's variable; `token` is its id, where it is known. */
export async function writeSecret(
  change: SecretChange,
  { value, token }: { readonly value: string; readonly token: number | null },
  gitlab: Variables,
): Promise<void> {
  const { key, protected: isProtected, how } = change;
  const description = secretDescription({ ...change, fingerprint: fingerprintOf(value), token });
  const variable = { key, value, protected: isProtected, description };
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
