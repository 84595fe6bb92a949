import { visibleLine } from '../render/words/visible-text.ts';
import type { InstructionOutcome, InstructionState } from '../usecases/setup/instructions.ts';

const words: Readonly<Record<InstructionState, string>> = {
  opened: '+ instructions for its maintainers:',
  updated: '~ instructions brought up to date:',
  current: '= the instructions are unchanged:',
  closed: '- nothing left to do, closed:',
  none: '= nothing to do',
  'left-closed': '= somebody closed the instructions; this token cannot see whether everything is done:',
  planned: '+ instructions for an issue:',
};

/** The outcome of one project's instructions; with `--plan` their text. */
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
