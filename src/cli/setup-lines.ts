import { counted } from '../model/plural.ts';
import { terminalTable } from '../render/terminal/table.ts';
import { visibleLine } from '../render/words/visible-text.ts';
import { describeChanges } from '../setup/describe-change.ts';
import type { InstructionOutcome, InstructionState } from '../usecases/setup/instructions.ts';
import type { SetupOutcome, TestResult } from '../usecases/setup/wishes.ts';

const ofWords: Readonly<Record<SetupOutcome['of'], string>> = {
  watched: '',
  group: ' (the group)',
  bot: ' (the bot)',
  account: ' (the account of the bot)',
  install: '',
};

const changeForms = { one: 'change', other: 'changes' };

function refusalLines(refusal: SetupOutcome['refusal']): readonly string[] {
  if (refusal === null) return [];
  return [`  ✗ ${refusal.message}`, ...(refusal.hint ? [`    ${refusal.hint}`] : [])];
}

function visibleAsIndented(line: string): string {
  return line.replace(/^( *)(.*)$/s, (_all, indent: string, text: string) => indent + visibleLine(text));
}

/** The outcome of one project: a line for each change, with the signs of a diff, and advice for people. */
export function outcomeLines(outcome: SetupOutcome, planOnly: boolean): readonly string[] {
  const { path, of, changes, done, advice, refusal, testedBy, results = [] } = outcome;
  const shown = planOnly || refusal === null ? changes : changes.slice(0, done);
  const lines = [
    `${path}${ofWords[of]}`,
    ...describeChanges(shown).map(({ sign, text }) => `  ${sign} ${text}`),
    ...(shown.length === 0 && refusal === null ? ['  = nothing to change'] : []),
    ...advice.map((text) => `  ! ${text}`),
    ...testLines(testedBy),
    ...results.map((text) => `  ✓ ${text}`),
    ...refusalLines(refusal),
  ];
  return lines.map(visibleAsIndented);
}

function testLines(result: TestResult | null): readonly string[] {
  if (result === null) return [];
  return result.isCertain
    ? [`  ✓ the test started ${result.url}`]
    : [
        `  ? after the test the same user's trigger token started ${result.url}`,
        '    GitLab does not show what started it: it may belong to another event. The delivery itself succeeded.',
      ];
}

function resultOf({ changes, done, refusal, testedBy }: SetupOutcome, planOnly: boolean): string {
  if (refusal !== null) return done === 0 ? 'refused' : `refused after ${counted(done, changeForms)}`;
  const tested = testedBy === null ? '' : testedBy.isCertain ? ', tested' : ', tested, not for certain';
  if (changes.length === 0) return `nothing to change${tested}`;
  return planOnly
    ? `${counted(changes.length, changeForms)} planned`
    : `${counted(done, changeForms)} made${tested}`;
}

/** A row for each project; nothing for a single one. */
export function summaryTable(
  outcomes: readonly SetupOutcome[],
  { planOnly, columns }: { readonly planOnly: boolean; readonly columns: number },
): readonly string[] {
  if (outcomes.length < 2) return [];
  const rows = outcomes.map((outcome) => [
    visibleLine(`${outcome.path}${ofWords[outcome.of]}`),
    resultOf(outcome, planOnly),
  ]);
  return terminalTable({ titles: ['Project', 'Result'], aligns: ['left', 'left'], rows }, columns);
}

/** The run in one line. */
export function closingLine(outcomes: readonly SetupOutcome[], planOnly: boolean): string {
  const refused = outcomes.filter(({ refusal }) => refusal !== null).length;
  const planned = outcomes.reduce((sum, { changes }) => sum + changes.length, 0);
  const made = outcomes.reduce((sum, { done }) => sum + done, 0);
  const what = planOnly
    ? `${counted(planned, changeForms)} planned, none made`
    : `${counted(made, changeForms)} made`;
  const again = refused === 0 ? '' : `; ${refused} refused: fix that and run herald setup again`;
  return `${what}${again}`;
}

const stateWords: Readonly<Record<InstructionState, string>> = {
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
    refusal === null ? [`  ${stateWords[state]}${url === null ? '' : ` ${url}`}`] : refusalLines(refusal);
  const text = state === 'planned' && markdown !== null ? ['', ...markdown.split('\n'), ''] : [];
  return [path, ...told, ...text].map(visibleAsIndented);
}
