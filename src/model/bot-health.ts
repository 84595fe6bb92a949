/** The bot's health: whether events reach it, how much it has to do, and when its token expires. */
import type { CiStatus } from './pipeline.ts';

/** A pipeline of the bot's project. */
export interface BotRun {
  readonly status: CiStatus;
  /** ISO 8601; null where GitLab does not say. */
  readonly createdAt: string | null;
}

/** Running pipelines among the latest ones of the bot's project. */
export interface BotRuns {
  /** Latest pipeline that a webhook or another trigger started. */
  readonly lastEvent: BotRun | null;
  /** Newest one that a schedule or "New pipeline" started. */
  readonly lastSweep: BotRun | null;
  readonly running: number;
  /** Created, pending, or queued behind the one that runs. */
  readonly waiting: number;
  /** How many pipelines were looked at, and whether there may be more. */
  readonly looked: number;
  readonly isCapped: boolean;
}

export interface BotHealth {
  /** Null where GitLab does not show the token; `expiresAt` is a day, null = never. */
  readonly token: { readonly expiresAt: string | null } | null;
  /**
   * The webhook of the project that starts the bot; `hidden` from tokens below Maintainer, `none` in the project
   * itself.
   */
  readonly webhook: 'hidden' | 'none' | 'working' | 'paused' | 'off';
  /** `hidden` from users who cannot see the pipelines of the bot's project; null when the token cannot see them. */
  readonly runs: BotRuns | 'hidden' | null;
}
