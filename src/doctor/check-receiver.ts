import type { Webhook } from '../model/setup.ts';
import type { SetupChange, SetupPlan } from '../setup/change.ts';
import { describeChanges } from '../setup/describe-change.ts';
import { otherSecret } from '../setup/plan-receiver.ts';
import { type Check, fine, problem, type Topic, warning } from './check.ts';
import { flag, quoted } from './setup-line.ts';

/** What has a webhook to a receiver, by its full path. */
export interface ReceiverPlace {
  readonly flag: '--watch' | '--group';
  readonly path: string;
}

/** The command that sets up, tests or repairs the webhook of one project or group to a receiver. */
export function receiverLine(
  address: string,
  { flag: place, path }: ReceiverPlace,
  flags: readonly string[] = [],
): string {
  const words = [...flag('--receiver', address), place, path, '--parts', 'webhook', ...flags];
  return ['herald setup', ...words.map(quoted)].join(' ');
}

/** What is known of the webhook of one project or group to a receiver. */
export interface ReceiverSigns {
  readonly place: ReceiverPlace;
  readonly address: string;
  /** Null where there is none. */
  readonly hook: Webhook | null;
  /** What `herald setup` would change with the same options. */
  readonly plan: SetupPlan;
  /** Whether the secret is known here, so that the webhook's can be compared. */
  readonly isSecretKnown: boolean;
}

function stateOf({ hook, place, address }: ReceiverSigns): readonly Check[] {
  if (hook === null || hook.state === 'working') return [];
  const topic: Topic = { project: place.path, about: 'webhook' };
  const until = hook.pausedUntil === null ? '' : ` until ${hook.pausedUntil}`;
  const words =
    hook.state === 'paused'
      ? `GitLab paused webhook ${hook.id}${until} after failed deliveries and will try again by itself`
      : `GitLab switched webhook ${hook.id} off after failed deliveries`;
  return [problem(topic, words, `fix the cause, then run ${receiverLine(address, place, ['--test'])}`)];
}

/** The webhook to a receiver: there, as wanted, with its secret, and not switched off. */
export function checkReceiver(signs: ReceiverSigns): readonly Check[] {
  const { place, address, plan, isSecretKnown } = signs;
  const topic: Topic = { project: place.path, about: 'webhook' };
  const remedy = `run ${receiverLine(address, place)}`;
  const changes = plan.changes.flatMap((change): readonly SetupChange[] => {
    if (change.do !== 'change-receiver-webhook') return [change];
    const differences = change.differences.filter(({ name }) => name !== 'description');
    // Without the secret, nobody can say whether it is another one.
    const isGuess = !isSecretKnown && change.whySecret === otherSecret;
    const whySecret = isGuess ? null : change.whySecret;
    return differences.length === 0 && whySecret === null ? [] : [{ ...change, differences, whySecret }];
  });
  const checks = [
    ...describeChanges(changes).map(({ sign, text }) =>
      problem(topic, sign === '+' ? `missing: ${text}` : text, remedy),
    ),
    ...stateOf(signs),
    ...plan.advice
      .filter((words) => !words.startsWith('GitLab has switched'))
      .map((words) => warning(topic, words, null)),
  ];
  return checks.length > 0 ? checks : [fine(place.path, topic.about, 'as it should be')];
}

/** What is known of a project whose events the webhook of a group delivers. */
export interface CoveredSigns {
  readonly project: string;
  readonly address: string;
  readonly group: string;
  /** Its own webhooks to the same receiver. */
  readonly own: readonly number[];
  /** Events that it needs and the webhook of the group does not deliver. */
  readonly missing: readonly string[];
}

/** A project whose events come by the webhook of its group: all of them, and each of them once. */
export function checkCovered({ project, address, group, own, missing }: CoveredSigns): readonly Check[] {
  const topic: Topic = { project, about: 'webhook' };
  const checks = [
    ...own.map((id) =>
      problem(
        topic,
        `webhook ${id} and that of the group ${group} deliver the same events, so each is handled twice`,
        `run ${receiverLine(address, { flag: '--watch', path: project })}`,
      ),
    ),
    ...(missing.length === 0
      ? []
      : [
          problem(
            topic,
            `the webhook of the group ${group} has events off that are needed: ${missing.join(', ')}`,
            `run ${receiverLine(address, { flag: '--group', path: group })}`,
          ),
        ]),
  ];
  return checks.length > 0 ? checks : [fine(project, topic.about, `that of the group ${group} delivers`)];
}
