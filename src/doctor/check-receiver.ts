import type { Webhook } from '../model/setup.ts';
import type { SetupChange, SetupPlan } from '../setup/change.ts';
import { describeChanges } from '../setup/describe-change.ts';
import { otherSecret } from '../setup/plan-receiver.ts';
import { type Check, fine, problem, type Topic, warning } from './check.ts';
import { flag, quoted } from './setup-line.ts';

/** The command that sets up, tests or repairs one project's webhook to a receiver. */
export function receiverLine(address: string, project: string, flags: readonly string[] = []): string {
  const words = [...flag('--receiver', address), '--watch', project, '--parts', 'webhook', ...flags];
  return ['herald setup', ...words.map(quoted)].join(' ');
}

/** What is known of one project's webhook to a receiver. */
export interface ReceiverSigns {
  readonly project: string;
  readonly address: string;
  /** Null where there is none. */
  readonly hook: Webhook | null;
  /** What `herald setup` would change with the same options. */
  readonly plan: SetupPlan;
  /** Whether the secret is known here, so that the webhook's can be compared. */
  readonly isSecretKnown: boolean;
}

function stateOf({ hook, project, address }: ReceiverSigns): readonly Check[] {
  if (hook === null || hook.state === 'working') return [];
  const topic: Topic = { project, about: 'webhook' };
  const until = hook.pausedUntil === null ? '' : ` until ${hook.pausedUntil}`;
  const words =
    hook.state === 'paused'
      ? `GitLab paused webhook ${hook.id}${until} after failed deliveries and will try again by itself`
      : `GitLab switched webhook ${hook.id} off after failed deliveries`;
  return [problem(topic, words, `fix the cause, then run ${receiverLine(address, project, ['--test'])}`)];
}

/** The webhook of a watched project to its receiver: there, as wanted, with its secret, and not switched off. */
export function checkReceiver(signs: ReceiverSigns): readonly Check[] {
  const { project, address, plan, isSecretKnown } = signs;
  const topic: Topic = { project, about: 'webhook' };
  const remedy = `run ${receiverLine(address, project)}`;
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
  return checks.length > 0 ? checks : [fine(project, topic.about, 'as it should be')];
}
