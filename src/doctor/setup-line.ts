import type { ProjectSettings } from '../model/setup.ts';
import { webhookSwitches } from '../model/webhook-switch.ts';
import type { WantedWebhook } from '../setup/change.ts';
import type { Given } from './standing-webhook.ts';
import { readTriggerAddress } from './trigger-address.ts';

type Path = Pick<ProjectSettings, 'id' | 'path'>;

/** Arguments for `herald setup` that fix one thing and keep every earlier choice. */
export interface SetupLine {
  readonly part: 'webhook' | 'token' | 'schedule' | 'queue' | 'labels' | 'pipeline-variables';
  readonly bot: Path;
  /** Null for the bot's own project alone. */
  readonly watched: Path | null;
  /** Flags and their values, in turn. */
  readonly flags: readonly string[];
}

/** A flag with its value, which must not be taken for another flag. */
export function flag(name: string, value: string): readonly string[] {
  return value.startsWith('-') ? [`${name}=${value}`] : [name, value];
}

/** A word for a POSIX shell. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The command as a line for a shell. */
export function setupLine({ part, bot, watched, flags }: SetupLine): string {
  const other = watched === null || watched.id === bot.id ? [] : ['--bot-project', bot.path];
  const words = [...other, '--watch', (watched ?? bot).path, '--parts', part, ...flags];
  return ['herald setup', ...words.map(quoted)].join(' ');
}

interface Keeping {
  readonly bot: Pick<ProjectSettings, 'defaultBranch'>;
  /** As `herald setup` would make it with the options that are given. */
  readonly byDefault: WantedWebhook;
  readonly given: Given;
  /** Events that it should send in addition. */
  readonly needed: readonly string[];
}

/** Events to name; empty where `herald setup` finds the same ones by itself. */
function eventsToName({ switches }: WantedWebhook, { byDefault, given, needed }: Keeping): readonly string[] {
  const isOn = (name: string): boolean => switches[name] === true || needed.includes(name);
  const isSame = webhookSwitches.every((name) => isOn(name) === (byDefault.switches[name] === true));
  return isSame && !given.has('events') ? [] : webhookSwitches.filter(isOn);
}

/** Flags with which `herald setup` keeps a webhook as it was chosen. */
export function flagsOfWebhook(chosen: WantedWebhook, keeping: Keeping): readonly string[] {
  const { bot, byDefault, given } = keeping;
  const ref = readTriggerAddress(chosen.url)?.ref ?? null;
  const events = eventsToName(chosen, keeping);
  const isWhole = chosen.template === '' && (byDefault.template !== '' || given.has('template'));
  return [
    ...(ref === null || ref === bot.defaultBranch ? [] : flag('--ref', ref)),
    ...(events.length === 0 ? [] : ['--events', events.join(',')]),
    ...(chosen.branchFilter === '' ? [] : flag('--branches', chosen.branchFilter)),
    ...(isWhole ? ['--no-template'] : []),
    ...(chosen.sslVerification ? [] : ['--no-ssl-verification']),
  ];
}
