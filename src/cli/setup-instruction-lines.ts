import { visibleLine } from '../render/words/visible-text.ts';
import type { InstructionOutcome, InstructionState } from '../usecases/setup/instructions.ts';

const words: Readonly<Record<InstructionState, string>> = {
  opened: '+ instructions for its maintainers:',
  updated: '~ instructions brought up to date:',
  current: '= the instructions are as they were:',
  closed: '- nothing is left to do, closed:',
  none: '= nothing to do',
  'left-closed': '= the instructions were closed, and whether they are done cannot be seen with this token:',
  planned: '+ instructions that would stand in an issue:',
};

/** What became of one project's instructions; with `--plan` their text. */
export function instructionLines(outcome: InstructionOutcome): readonly string[] {
  const { path, state, url, markdown, refusal } = outcome;
  const told =
    refusal === null
      ? [`  ${words[state]}${url === null ? '' : ` ${url}`}`]
      : [`  ✗ ${refusal.message}`, ...(refusal.hint === null ? [] : [`    ${refusal.hint}`])];
  const text = state === 'planned' && markdown !== null ? ['', ...markdown.split('\n'), ''] : [];
  return [path, ...told, ...text].map((line) =>
    line.replace(/^( *)(.*)$/s, (_all, indent: string, rest: string) => indent + visibleLine(rest)),
  );
}
