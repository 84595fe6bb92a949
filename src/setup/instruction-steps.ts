import { code, paragraph, text } from '../model/document.ts';
import {
  changeScheduleStep,
  forbidVariablesStep,
  makeScheduleStep,
  setQueueStep,
  setVariableStep,
} from './bot-steps.ts';
import {
  type AccountChange,
  type ChangeOf,
  isAccountChange,
  isSettingChange,
  type Place,
  type SetupChange,
} from './change.ts';
import { type InstructionStep, type Projects, pages, placeOf } from './instruction-step.ts';
import { changeWebhookStep, makeWebhookSteps } from './webhook-steps.ts';

/** Things to delete, or left by an interrupted run. */
function takeAway(change: TakenAway, projects: Projects): InstructionStep {
  const { in: place } = change;
  switch (change.do) {
    case 'delete-webhook':
      return {
        title: `Delete webhook ${change.id}`,
        about: 'webhooks',
        blocks: [placeOf(place, projects, pages.hooks), paragraph(text(`Why: ${change.why}.`))],
      };
    case 'delete-trigger':
      return {
        title: `Revoke trigger token ${change.id}`,
        about: 'trigger tokens',
        blocks: [placeOf(place, projects, pages.triggers), paragraph(text(`Why: ${change.why}.`))],
      };
    case 'delete-schedule':
      return {
        title: `Delete schedule ${change.id}`,
        about: 'schedules',
        blocks: [placeOf(place, projects, pages.schedules), paragraph(text(`Why: ${change.why}.`))],
      };
    case 'delete-variable':
    case 'place-variable':
      return {
        title: `Put the variable ${change.key} in order`,
        about: 'variables',
        blocks: [
          placeOf(place, projects, pages.variables),
          paragraph(
            text('A run was interrupted and left one for the environment '),
            code('herald-setup'),
            text(
              change.do === 'place-variable'
                ? ': set it to all environments.'
                : ': delete it, and keep the one for all environments.',
            ),
          ),
        ],
      };
  }
}

export interface StepContext {
  readonly bot: Place;
  readonly apiUrl: string;
  readonly projects: Projects;
}

type StepChange = Exclude<SetupChange, ChangeOf<'make-label' | 'delete-label'>>;

function settingStep(
  change: ChangeOf<'set-process-mode' | 'set-override-role'>,
  { apiUrl, projects }: Pick<StepContext, 'apiUrl' | 'projects'>,
): InstructionStep {
  return change.do === 'set-process-mode'
    ? setQueueStep(change, apiUrl)
    : forbidVariablesStep(change, projects);
}

/**
 * How a person makes one change on GitLab's own pages. `labelStep` lists labels together; only `--bot` plans changes of
 * accounts, and makes them itself.
 */
export function stepsOf(change: StepChange, context: StepContext): readonly InstructionStep[] {
  return isAccountChange(change) ? [] : stepsOfSetting(change, context);
}

type TakenAway = ChangeOf<
  'delete-webhook' | 'delete-trigger' | 'delete-schedule' | 'delete-variable' | 'place-variable'
>;

const takenAway: ReadonlySet<string> = new Set<TakenAway['do']>([
  'delete-webhook',
  'delete-trigger',
  'delete-schedule',
  'delete-variable',
  'place-variable',
]);

function isTakenAway(change: SetupChange): change is TakenAway {
  return takenAway.has(change.do);
}

function stepsOfSetting(
  change: Exclude<StepChange, AccountChange>,
  { bot, apiUrl, projects }: StepContext,
): readonly InstructionStep[] {
  if (isSettingChange(change)) return [settingStep(change, { apiUrl, projects })];
  if (isTakenAway(change)) return [takeAway(change, projects)];
  switch (change.do) {
    // Made with a secret, so by herald setup itself: --instructions plans none.
    case 'make-receiver-webhook':
    case 'change-receiver-webhook':
      return [];
    case 'make-webhook':
      return makeWebhookSteps(change, bot, projects);
    case 'change-webhook':
      return [changeWebhookStep(change, projects)];
    case 'set-secret':
      return [setVariableStep(change, projects)];
    case 'make-schedule':
      return [makeScheduleStep(change, projects)];
    case 'change-schedule':
      return [changeScheduleStep(change, projects)];
  }
}

/** The labels to create in one project; null if there are none. */
export function labelStep(changes: readonly SetupChange[], projects: Projects): InstructionStep | null {
  const made = changes.filter((change): change is ChangeOf<'make-label'> => change.do === 'make-label');
  const [first] = made;
  if (first === undefined) return null;
  return {
    title: 'Make the labels of reports',
    about: 'labels',
    blocks: [
      placeOf(first.in, projects, pages.labels),
      {
        kind: 'table',
        columns: ['Title', 'Description', 'Colour'].map((title) => ({ title: [text(title)], align: 'left' })),
        rows: made.map(({ label: { name, description, color } }) => [
          [code(name)],
          [text(description)],
          [code(color)],
        ]),
      },
    ],
  };
}
