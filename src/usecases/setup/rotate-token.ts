import { GitLabAnswerError, GitLabRefusedError, GitLabUnreachableError, UsageError } from '../../errors.ts';
import type { NewToken } from '../../gitlab/ports/accounts.ts';
import type { Identity, TokenFacts } from '../../gitlab/ports/identity.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { ProjectSettings, ProjectVariable } from '../../model/setup.ts';
import {
  fingerprintOf,
  readSecretDescription,
  type SecretMark,
  secretDescription,
} from '../../setup/markers.ts';
import { canRotate, nextExpiry } from '../../setup/token-lifetime.ts';
import type { SetupWorld } from './wishes.ts';
import { withoutToken } from './write-secret.ts';

const maxWrites = 6;
const firstWaitMs = 1_000;
const looksAfterLoss = 3;

export interface Rotation {
  /** Project whose variable holds the token, by id or path. */
  readonly botProject: number | string;
  readonly tokenKey: string;
  readonly planOnly: boolean;
}

export interface RotationWorld extends SetupWorld {
  /** The token to rotate, and GitLab as it sees it; `gitlab` is the one that writes the variable. */
  readonly token: { readonly value: string; readonly variable: string; readonly gitlab: Identity };
  /** Whether the token that writes the variable is the one to rotate. */
  readonly isOwn: boolean;
  /** GitLab as the user of another token sees it. */
  connect(token: string): Promise<GitLab>;
}

export interface Rotated {
  readonly bot: ProjectSettings;
  /** When the token ends that is replaced; null = never. */
  readonly before: string | null;
  /** The same of the new one, where it was made; with `planOnly` what is asked for. */
  readonly after: string | null;
}

interface Found {
  readonly bot: ProjectSettings;
  readonly variable: ProjectVariable;
  readonly mark: SecretMark | null;
  readonly facts: TokenFacts;
}

/** A token that is somebody's own must never be rotated by mistake: only the one that the variable holds. */
function checkSame(
  { bot, variable, mark }: Pick<Found, 'bot' | 'variable' | 'mark'>,
  { token }: RotationWorld,
): void {
  if (variable.value === token.value || mark?.fingerprint === fingerprintOf(token.value)) return;
  const isUnknown = variable.value === null && mark === null;
  throw new UsageError(
    isUnknown
      ? `the variable ${variable.key} of ${bot.path} is hidden and not written by herald setup, so Herald cannot see whether it holds the token in ${token.variable}`
      : `the token in ${token.variable} is not the one in the variable ${variable.key} of ${bot.path}`,
    {
      hint: isUnknown
        ? "run herald setup with the bot's token in HERALD_BOT_TOKEN first, then --rotate-token"
        : "give the bot's token in HERALD_BOT_TOKEN: herald setup rotates no other token",
    },
  );
}

/** Everything that can be known before. Throws where a rotation would fail, or be that of another token. */
async function look({ botProject, tokenKey }: Rotation, world: RotationWorld): Promise<Found> {
  const { gitlab, token } = world;
  const bot = await gitlab.fetchProjectSettings(botProject);
  const variable = await gitlab.fetchVariable(bot.id, tokenKey, 'everywhere');
  if (variable === null)
    throw new UsageError(`${bot.path} has no variable ${tokenKey} to write a new token into`, {
      hint: 'run herald setup first (docs/guides/setup.md)',
    });
  const mark = readSecretDescription(variable.description);
  checkSame({ bot, variable, mark }, world);
  const facts = await token.gitlab.fetchTokenFacts();
  if (facts === null || !facts.active || !canRotate(facts.scopes))
    throw new UsageError(`GitLab does not let the token in ${token.variable} rotate itself`, {
      hint: 'it needs the scope api or self_rotate, or the fine-grained permission Personal Access Token: Rotate (docs/guides/token.md)',
    });
  return { bot, variable, mark, facts };
}

function write(
  value: string,
  id: number | null,
  { gitlab, found }: { readonly gitlab: SetupWorld['gitlab']; readonly found: Found },
): Promise<void> {
  const { bot, variable, mark } = found;
  const takenOver = mark?.takenOver ?? true;
  return gitlab.updateSecretVariable(bot.id, {
    key: variable.key,
    value,
    protected: variable.protected,
    description: secretDescription({ fingerprint: fingerprintOf(value), takenOver, token: id }),
  });
}

/** No decision of GitLab: no answer came, or none that can be read. */
type Loss = GitLabUnreachableError | GitLabAnswerError;

function isLoss(error: unknown): error is Loss {
  return error instanceof GitLabUnreachableError || error instanceof GitLabAnswerError;
}

function isOfGitLab(error: unknown): error is GitLabRefusedError | Loss {
  return error instanceof GitLabRefusedError || isLoss(error);
}

const newTokenByHand =
  'run herald setup --bot, which makes another one, or create a new token of the same user by hand, give it in HERALD_BOT_TOKEN and run herald setup';

/** Whether the token still works; `unknown` where GitLab cannot be reached. */
async function stateOf(gitlab: Identity): Promise<'works' | 'dead' | 'unknown'> {
  try {
    await gitlab.fetchTokenFacts();
    return 'works';
  } catch (error) {
    if (!isOfGitLab(error)) throw error;
    return error instanceof GitLabRefusedError ? 'dead' : 'unknown';
  }
}

/**
 * After an answer that was lost: whether the old token still works. It must not be sent to be rotated again: GitLab
 * then takes it for stolen, and revokes the new one. To ask about itself is harmless.
 */
async function afterLoss(error: Loss, { token, clock }: RotationWorld): Promise<never> {
  const { status, request } = error;
  let state: Awaited<ReturnType<typeof stateOf>> = 'unknown';
  for (let looks = 1; looks <= looksAfterLoss && state !== 'dead'; looks += 1) {
    await clock.sleep(firstWaitMs * 2 ** looks);
    state = await stateOf(token.gitlab);
  }
  if (state === 'dead')
    throw new GitLabRefusedError('the token was rotated, and the answer with the new one was lost', {
      status,
      request,
      hint: `The old token does not work any more: ${newTokenByHand}.`,
    });
  const what =
    state === 'works'
      ? 'the token was not rotated, and still works'
      : 'it is not known whether the token was rotated';
  throw new GitLabUnreachableError(`${what}: ${error.message}`, {
    status,
    request,
    hint: `Run herald doctor with that token later. If it works, run herald setup --rotate-token again; if not, ${newTokenByHand}.`,
  });
}

/** A refusal is a decision: GitLab made nothing, and the old token works. A lifetime that it refuses is left to it. */
async function rotate(wanted: string | null, world: RotationWorld): Promise<NewToken> {
  const { gitlab } = world.token;
  try {
    return await gitlab.rotateOwnToken(wanted).catch((error: unknown) => {
      if (wanted === null || !(error instanceof GitLabRefusedError) || error.status !== 400) throw error;
      return gitlab.rotateOwnToken(null);
    });
  } catch (error) {
    if (isLoss(error)) return afterLoss(error, world);
    throw error;
  }
}

/** Stores the new token, again and again: from here on nothing else has it. */
async function store(made: NewToken, found: Found, world: RotationWorld): Promise<void> {
  for (let writes = 1; ; writes += 1) {
    try {
      const gitlab = world.isOwn ? await world.connect(made.token) : world.gitlab;
      await write(made.token, made.id, { gitlab, found });
      return;
    } catch (error) {
      if (!isOfGitLab(error)) throw withoutToken(error, made.token);
      if (writes >= maxWrites) throw lost(error, made, found);
      await world.clock.sleep(firstWaitMs * 2 ** (writes - 1));
    }
  }
}

function lost(error: GitLabRefusedError | Loss, { id, token }: NewToken, { bot, variable }: Found): Error {
  const reason = error.message.replaceAll(token, '[MASKED]');
  const message = `the token was rotated, and the new one could not be written into the variable ${variable.key} of ${bot.path}: ${reason}`;
  return new GitLabRefusedError(message, {
    status: error.status,
    request: error.request,
    hint: `The old token does not work any more, and nobody has the new one (number ${id}): ${newTokenByHand}.`,
  });
}

/**
 * Rotates the bot's token, and writes the new one into its variable. Writes the old token there first, which shows that
 * it can be written: after the rotation the old token is dead, and the new one is only here. Throws `UsageError` before
 * anything changed, and GitLab's errors, never with a token in them.
 */
export async function rotateToken(rotation: Rotation, world: RotationWorld): Promise<Rotated> {
  const found = await look(rotation, world);
  const { bot, mark, facts } = found;
  const wanted = nextExpiry(facts, world.clock.now());
  const before = facts.expiresAt;
  if (rotation.planOnly) return { bot, before, after: wanted };
  await write(world.token.value, mark?.token ?? null, { gitlab: world.gitlab, found });
  const made = await rotate(wanted, world);
  await store(made, found, world);
  return { bot, before, after: made.expiresAt };
}

/** The same, where fewer days are left than that; null where there is still time, or the token never ends. */
export async function rotateTokenInTime(
  days: number,
  rotation: Rotation,
  world: RotationWorld,
): Promise<Rotated | null> {
  const facts = await world.token.gitlab.fetchTokenFacts();
  const expiresAt = facts?.expiresAt ?? null;
  if (expiresAt === null) return null;
  const left = (Date.parse(expiresAt) - world.clock.now().getTime()) / 86_400_000;
  return left < days ? rotateToken(rotation, world) : null;
}
