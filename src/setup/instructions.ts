import {
  type Block,
  code,
  codeBlock,
  type Document,
  emphasis,
  heading,
  list,
  paragraph,
  text,
} from '../model/document.ts';
import type { ChangeOf, SetupChange, SetupPlan } from './change.ts';
import type { InstructionStep, Unseen } from './instruction-step.ts';
import { labelStep, type StepContext, stepsOf } from './instruction-steps.ts';

export interface Instructions extends StepContext {
  readonly plan: SetupPlan;
  readonly unseen: ReadonlySet<Unseen>;
  /** What a maintainer runs instead, without any token in it. */
  readonly command: string;
}

type StepChange = Exclude<SetupChange, ChangeOf<'make-label' | 'delete-label'>>;

function isStep(change: SetupChange): change is StepChange {
  return change.do !== 'make-label' && change.do !== 'delete-label';
}

function stepsFor({ plan, ...context }: Instructions): readonly InstructionStep[] {
  const labels = labelStep(plan.changes, context.projects);
  const steps = plan.changes.filter(isStep).flatMap((change) => stepsOf(change, context));
  return labels === null ? steps : [...steps, labels];
}

/** Steps whose state cannot be seen may already be done. */
function blocksOf(
  { title, about, blocks }: InstructionStep,
  number: number,
  unseen: ReadonlySet<Unseen>,
): readonly Block[] {
  const doubt = `Herald's user cannot see the ${about} here: skip this step if it is already done.`;
  return [
    heading(3, text(`${number}. ${title}`)),
    ...(unseen.has(about) ? [paragraph(emphasis(text(doubt)))] : []),
    ...blocks,
  ];
}

export interface WrittenInstructions {
  readonly document: Document;
  /** False when all of it may already be done, as far as can be seen. */
  readonly isCertain: boolean;
}

/**
 * The plan as steps that a person takes on GitLab's own pages, for the projects' maintainers; null when there is
 * nothing to do. It holds no secret, and no address but those of the given GitLab.
 */
export function setupInstructions(instructions: Instructions): WrittenInstructions | null {
  const { plan, unseen, command, bot } = instructions;
  const steps = stepsFor(instructions);
  if (steps.length === 0) return null;
  const document: Document = [
    paragraph(
      text('For Herald’s bot in '),
      code(bot.path),
      text(
        ' to work here, somebody with the role Maintainer must do the following steps. Herald updates this text each time it runs, and closes the issue when it sees that nothing is left to do.',
      ),
    ),
    paragraph(text('One command does all of it, with a maintainer’s token in the variable HERALD_TOKEN:')),
    codeBlock(command, 'sh'),
    paragraph(text('Or by hand:')),
    ...steps.flatMap((step, index) => blocksOf(step, index + 1, unseen)),
    ...(plan.advice.length === 0
      ? []
      : [heading(3, text('To know')), list(...plan.advice.map((words) => [paragraph(text(words))]))]),
    paragraph(
      text(
        unseen.size === 0
          ? 'Write no token into this issue.'
          : `Write no token into this issue. Close it when everything is done: Herald's user cannot see all of it.`,
      ),
    ),
  ];
  return { document, isCertain: steps.some(({ about }) => !unseen.has(about)) };
}
