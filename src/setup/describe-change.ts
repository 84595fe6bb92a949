import { formOf } from '../model/plural.ts';
import {
  type AccountChange,
  type ChangeOf,
  type Difference,
  isAccountChange,
  isSettingChange,
  type SecretChange,
  type SetupChange,
} from './change.ts';
import { describeInstallChange, type InstallChange, isInstallChange } from './install-change.ts';

/** What the switches of a webhook are about, without their `_events`. */
export const eventWords: Readonly<Record<string, string>> = {
  merge_requests: 'merge requests',
  issues: 'issues',
  confidential_issues: 'confidential issues',
  note: 'comments',
  confidential_note: 'internal comments',
  push: 'pushes',
  tag_push: 'tags',
  wiki_page: 'wiki pages',
  deployment: 'deployments',
  releases: 'releases',
  feature_flag: 'feature flags',
  milestone: 'milestones',
  emoji: 'reactions',
  resource_access_token: 'expiring access tokens',
  vulnerability: 'vulnerabilities',
  pipeline: 'pipelines',
  job: 'jobs',
};

/** The events of a webhook in words. */
function eventsOf(switches: Readonly<Record<string, boolean>>): string {
  const names = Object.entries(switches).flatMap(([name, on]) => (on ? [name.replace(/_events$/, '')] : []));
  return names.length === 0 ? 'no events' : names.map((name) => eventWords[name] ?? name).join(', ');
}

function differencesText(differences: readonly Difference[]): string {
  return differences.map(({ name, from, to }) => `${name} ${from} → ${to}`).join('; ');
}

interface Described {
  readonly sign: '+' | '~' | '-';
  readonly text: string;
}

type LabelChange = ChangeOf<'make-label' | 'delete-label'>;

function describeWebhook(change: ChangeOf<'make-webhook'>): Described {
  const { hook, replaces, why } = change;
  const what = `a trigger token of its own, for ${eventsOf(hook.switches)}`;
  return replaces === null
    ? { sign: '+', text: `webhook with ${what}` }
    : { sign: '~', text: `webhook ${replaces} is replaced by one with ${what}: ${why}` };
}

/**
 * Changes as lines of the plan; `sign` says whether something comes, changes or goes. Labels share a line. Never with a
 * token in it.
 */
export function describeChanges(changes: readonly (SetupChange | InstallChange)[]): readonly Described[] {
  const made = changes.flatMap((change) => (change.do === 'make-label' ? [change.label.name] : []));
  const gone = changes.flatMap((change) => (change.do === 'delete-label' ? [change.name] : []));
  const others = changes.filter(
    (change): change is Exclude<SetupChange, LabelChange> | InstallChange =>
      change.do !== 'make-label' && change.do !== 'delete-label',
  );
  const labels = (sign: Described['sign'], names: readonly string[]): readonly Described[] =>
    names.length === 0
      ? []
      : [{ sign, text: `${formOf(names.length, { one: 'label', other: 'labels' })} ${names.join(', ')}` }];
  const described = others.map((change) =>
    isInstallChange(change)
      ? describeInstallChange(change)
      : isAccountChange(change)
        ? describeAccount(change)
        : describeChange(change),
  );
  return [...described, ...labels('+', made), ...labels('-', gone)];
}

type ScheduleChange = ChangeOf<'make-schedule' | 'change-schedule' | 'delete-schedule'>;

function isScheduleChange(change: SetupChange): change is ScheduleChange {
  return ['make-schedule', 'change-schedule', 'delete-schedule'].includes(change.do);
}

function describeChange(change: Exclude<SetupChange, LabelChange | AccountChange>): Described {
  if (isSettingChange(change)) return describeSetting(change);
  if (isScheduleChange(change)) return describeSchedule(change);
  switch (change.do) {
    case 'make-webhook':
      return describeWebhook(change);
    case 'change-webhook':
      return { sign: '~', text: `webhook ${change.id}: ${differencesText(change.differences)}` };
    case 'make-receiver-webhook':
    case 'change-receiver-webhook':
      return describeReceiverWebhook(change);
    case 'delete-webhook':
      return { sign: '-', text: `webhook ${change.id}: ${change.why}` };
    case 'delete-trigger':
      return { sign: '-', text: `trigger token ${change.id} in ${change.in.path}: ${change.why}` };
    case 'set-secret':
      return describeSecret(change);
    case 'delete-variable':
    case 'place-variable':
      return describeVariable(change);
  }
}

function describeReceiverWebhook(
  change: ChangeOf<'make-receiver-webhook' | 'change-receiver-webhook'>,
): Described {
  const secret = change.isSigned
    ? 'a secret token and a signing token of its own'
    : 'a secret token of its own';
  if (change.do === 'make-receiver-webhook')
    return {
      sign: '+',
      text: `webhook to ${change.hook.url} with ${secret}, for ${eventsOf(change.hook.switches)}`,
    };
  const parts = [
    ...(change.differences.length === 0 ? [] : [differencesText(change.differences)]),
    ...(change.whySecret === null ? [] : [`${secret}: ${change.whySecret}`]),
  ];
  return { sign: '~', text: `webhook ${change.id}: ${parts.join('; ')}` };
}

function describeSetting(change: ChangeOf<'set-process-mode' | 'set-override-role'>): Described {
  const what =
    change.do === 'set-process-mode'
      ? `resource group ${change.key}`
      : 'role that may set pipeline variables';
  return { sign: '~', text: `${what}: ${change.from} → ${change.to}` };
}

function describeVariable(change: ChangeOf<'delete-variable' | 'place-variable'>): Described {
  const name = `variable ${change.key}`;
  if (change.do === 'delete-variable' && change.place === 'everywhere') return { sign: '-', text: name };
  const aside = `${name}, set aside by an interrupted run`;
  return change.do === 'delete-variable'
    ? { sign: '-', text: aside }
    : { sign: '~', text: `${aside}, takes its place` };
}

/** Writing a variable does not change its visibility. */
function visibilityOf(way: ChangeOf<'set-secret'>['how'], isProtected: boolean): string {
  const words = ['masked', ...(way === 'write' ? [] : ['hidden']), ...(isProtected ? ['protected'] : [])];
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

function describeAccount(change: AccountChange): Described {
  const { owner } = change;
  switch (change.do) {
    case 'make-account':
      return { sign: '+', text: `service account ${change.name} of ${owner.path}` };
    case 'add-member':
      return change.isMember
        ? { sign: '~', text: `role of the service account in ${change.in.path}: Developer` }
        : { sign: '+', text: `the service account as a Developer of ${change.in.path}` };
    case 'make-bot-token': {
      const { sign, text } = describeSecret(change.secret);
      return { sign, text: `a new token of the service account in the ${text}` };
    }
    case 'revoke-token':
      return { sign: '-', text: `token ${change.id} of the service account: ${change.why}` };
  }
}

function describeSecret(change: SecretChange): Described {
  const { key, how: way, takenOver, protected: isProtected, why } = change;
  const how = visibilityOf(way, isProtected);
  const anew = way === 'make-anew' ? ' is created again' : '';
  const whose = takenOver ? ' (somebody else made it: --remove will leave it)' : '';
  return { sign: way === 'make' ? '+' : '~', text: `variable ${key}${anew}, ${how}: ${why}${whose}` };
}

function describeSchedule(change: ScheduleChange): Described {
  if (change.do === 'delete-schedule') return { sign: '-', text: `schedule ${change.id}: ${change.why}` };
  const { cron, ref, description } = change.schedule;
  if (change.do === 'make-schedule')
    return { sign: '+', text: `schedule "${cron}" on ${ref}: ${description}` };
  const takenOver = change.takeOver ? ' is taken over' : '';
  return {
    sign: '~',
    text: `schedule ${change.before.id}${takenOver}: ${differencesText(change.differences)}`,
  };
}
