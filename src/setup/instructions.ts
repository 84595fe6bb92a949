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

/** What is not to be seen may be done already. */
function blocksOf(
  { title, about, blocks }: InstructionStep,
  number: number,
  unseen: ReadonlySet<Unseen>,
): readonly Block[] {
  const doubt = `Herald's user may not see the ${about} here: skip this when it is done already.`;
  return [
    heading(3, text(`${number}. ${title}`)),
    ...(unseen.has(about) ? [paragraph(emphasis(text(doubt)))] : []),
    ...blocks,
  ];
}

export interface WrittenInstructions {
  readonly document: Document;
  /** False when all of it may be done already, as far as can be seen. */
  readonly isCertain: boolean;
}

/**
 * The plan as steps that a person takes on GitLab's own pages, for the projects' maintainers; null when nothing is to
 * be done. It holds no secret, and no address but those of the given GitLab.
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
        ' to work here, somebody with the role Maintainer has to do what follows. Herald keeps this text up to date while it is run, and closes the issue once it sees that nothing is left.',
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
          : `Write no token into this issue. Close it when everything is done: Herald's user may not see all of it.`,
      ),
    ),
  ];
  return { document, isCertain: steps.some(({ about }) => !unseen.has(about)) };
}
