import { code, list, paragraph, text } from '../model/document.ts';
import type { ChangeOf } from './change.ts';
import {
  differenceItems,
  type InstructionStep,
  item,
  type Projects,
  pages,
  placeOf,
} from './instruction-step.ts';
import { weakerMeans } from './plan-override-role.ts';

/** The variable with the bot's token. */
export function setVariableStep(change: ChangeOf<'set-secret'>, projects: Projects): InstructionStep {
  const { in: bot, key, how, why, protected: isProtected } = change;
  const titles = {
    make: `Add the variable ${key}`,
    write: `Change the variable ${key}`,
    'make-anew': `Create the variable ${key} again`,
  };
  return {
    title: how === 'make' ? titles.make : `${titles[how]} (${why})`,
    about: 'variables',
    blocks: [
      placeOf(bot, projects, pages.variables),
      list(
        ...(how === 'make-anew'
          ? [
              item(
                text('Have the token ready, then delete the variable: GitLab can hide only new variables.'),
              ),
            ]
          : []),
        item(text('Key: '), code(key), text('; environments: all.')),
        item(text(how === 'write' ? 'Visibility: masked.' : 'Visibility: masked and hidden.')),
        item(
          text(
            `Protect variable: ${isProtected ? 'on, so that only pipelines of protected branches have it' : 'off'}. Expand variable reference: off.`,
          ),
        ),
        item(
          text(
            'Value: the access token of the bot, with the scope api. Never write the token into this issue.',
          ),
        ),
      ),
    ],
  };
}

/** The schedule of the sweep. */
export function makeScheduleStep(change: ChangeOf<'make-schedule'>, projects: Projects): InstructionStep {
  const { description, cron, timezone, ref, variables } = change.schedule;
  return {
    title: 'Make the schedule',
    about: 'schedules',
    blocks: [
      placeOf(change.in, projects, pages.schedules),
      list(
        item(text('Description: '), code(description), text('.')),
        item(text('Interval: custom, '), code(cron), text(`; time zone: ${timezone}.`)),
        item(text('Target branch: '), code(ref), text('.')),
        ...Object.entries(variables).map(([key, value]) =>
          item(text('Variable: '), code(key), text(' with the value '), code(value), text('.')),
        ),
      ),
    ],
  };
}

/** Changes to the schedule of the sweep. */
export function changeScheduleStep(change: ChangeOf<'change-schedule'>, projects: Projects): InstructionStep {
  const { before, differences, takeOver } = change;
  return {
    title: `Change the schedule ${before.description}`,
    about: 'schedules',
    blocks: [
      placeOf(change.in, projects, pages.schedules),
      list(
        ...(takeOver
          ? [item(text('Take ownership of the schedule first: only its owner can change it.'))]
          : []),
        ...differenceItems(differences.filter(({ name }) => name !== 'owner')),
      ),
    ],
  };
}

/** The process mode of a queue, which only the API can set. */
export function setQueueStep(change: ChangeOf<'set-process-mode'>, apiUrl: string): InstructionStep {
  const address = `${apiUrl}/projects/${change.in.id}/resource_groups/${encodeURIComponent(change.key)}`;
  return {
    title: `Let the queue ${change.key} work in order`,
    about: 'resource groups',
    blocks: [
      paragraph(
        text('GitLab has no page for this. With an access token of a maintainer of '),
        code(change.in.path),
        text(', send '),
        code(`PUT ${address}`),
        text(' with '),
        code(`process_mode=${change.to}`),
        text(`; now it is ${change.from}.`),
      ),
    ],
  };
}

/** The role that can set variables of the bot's pipelines. */
export function forbidVariablesStep(
  change: ChangeOf<'set-override-role'>,
  projects: Projects,
): InstructionStep {
  return {
    title: 'Let nobody set pipeline variables',
    about: 'variables',
    blocks: [
      placeOf(change.in, projects, pages.variables),
      list(
        item(text('Minimum role to use pipeline variables: No one allowed.')),
        item(text(`Why: ${weakerMeans}. Payloads of webhooks still arrive.`)),
      ),
    ],
  };
}
