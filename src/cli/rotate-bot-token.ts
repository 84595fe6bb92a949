import type { GitLab } from '../gitlab/ports/port.ts';
import type { Rotated, RotationWorld } from '../usecases/setup/rotate-token.ts';
import type { SetupWishes, SetupWorld } from '../usecases/setup/wishes.ts';
import type { Host } from './host.ts';
import { textLine } from './json-line.ts';

interface Token {
  readonly value: string;
  readonly variable: string;
}

/** What a rotation works with. */
export interface RotationSession {
  readonly world: SetupWorld;
  /** The token that writes the variable. */
  readonly own: Token;
  connect(token: string, variable: string): ReturnType<Host['connectGitLab']>;
}

/** The world of a rotation: the token to rotate is the given one, or else that of the run. */
export async function rotationWorld(given: Token | null, session: RotationSession): Promise<RotationWorld> {
  const { world, own } = session;
  const isOwn = given === null || given.value === own.value;
  const { value, variable } = given ?? own;
  const connect = async (token: string): Promise<GitLab> => (await session.connect(token, variable)).gitlab;
  return {
    ...world,
    token: { value, variable, gitlab: isOwn ? world.gitlab : await connect(value) },
    isOwn,
    connect,
  };
}

function untilWords(day: string | null): string {
  return day === null ? 'never expires' : `expires on ${day}`;
}

/** A rotation in one line. */
export function rotationLine({ bot, before, after }: Rotated, key: string, planOnly: boolean): string {
  const old = `token in the variable ${key} of ${bot.path}, which ${untilWords(before)}`;
  return planOnly
    ? `the ${old}, would be replaced by one that ${untilWords(after)}; nothing was changed`
    : `the ${old}, was replaced by one that ${untilWords(after)}`;
}

/** Runs `herald setup --rotate-token`. */
export async function rotateBotToken(
  wishes: SetupWishes,
  session: RotationSession,
  host: Host,
): Promise<void> {
  const { rotateToken } = await import('../usecases/setup/rotate-token.ts');
  const { tokenKey, planOnly } = wishes;
  const rotated = await rotateToken(wishes, await rotationWorld(wishes.botToken, session));
  host.output.write(textLine(rotationLine(rotated, tokenKey, planOnly), host));
}
