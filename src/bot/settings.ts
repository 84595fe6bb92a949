import type { AlertSource } from '../model/alert.ts';
import type { TrackerSettings } from '../model/closing-reference.ts';
import { defaultNotesSettings, type ReleaseNotesSettings } from '../model/release-notes-settings.ts';
import type { Rule } from './rules/rule.ts';

/** What a project asks of the users of a command besides their role. */
export interface CommandLimits {
  /** They own every changed file of the merge request. */
  readonly codeOwners: boolean;
  /** They are direct members of one of these groups, by full path; empty: no group is asked for. */
  readonly groups: readonly string[];
}

/** The bot's settings in a project: `.herald.yml` of the default branch. */
export interface BotSettings {
  /** Whether the default branch has the file; without it these are the defaults. */
  readonly hasFile: boolean;
  /**
   * Last commit that changed the file; null for the defaults, and where GitLab's answer comes without the header that
   * names it.
   */
  readonly commit: string | null;
  /** Rules of the project and the ready-made ones that it switched on, in the order they are tried. */
  readonly rules: readonly Rule[];
  readonly commands: {
    /** With slash: `/herald`. */
    readonly prefix: string;
    /** Commands that are switched off. */
    readonly disabled: readonly string[];
    /** Command → lowest role, where the project requires more than GitLab does. */
    readonly roles: Readonly<Record<string, string>>;
    /** Command → what the project asks of its users besides their role. */
    readonly limits: Readonly<Record<string, CommandLimits>>;
    /** Globs of labels that `label` and `unlabel` may touch; empty: any. */
    readonly labels: readonly string[];
  };
  /** Trackers outside of GitLab, whose patterns were tried. */
  readonly trackers: readonly TrackerSettings[];
  readonly releaseNotes: ReleaseNotesSettings;
  /** User ids or usernames of other bots, whose comments are not commands. */
  readonly otherBots: readonly string[];
  /** Tools whose alerts become issues. */
  readonly alerts: readonly AlertSource[];
  readonly noise: {
    /** Notes of the bot on one object: further messages go into one note, which is edited. */
    readonly perObject: number;
    readonly perHour: number;
  };
}

/** A project without configuration: commands are answered, no rule acts. */
export const defaultSettings: BotSettings = {
  hasFile: false,
  commit: null,
  rules: [],
  commands: { prefix: '/herald', disabled: [], roles: {}, limits: {}, labels: [] },
  trackers: [],
  releaseNotes: defaultNotesSettings,
  otherBots: [],
  alerts: [],
  noise: { perObject: 20, perHour: 10 },
};
