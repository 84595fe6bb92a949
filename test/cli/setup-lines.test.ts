import { expect, test } from 'vitest';
import { closingLine, outcomeLines, summaryTable } from '../../src/cli/setup-lines.ts';
import type { SetupOutcome } from '../../src/usecases/setup/wishes.ts';

function anOutcome(overrides: Partial<SetupOutcome> = {}): SetupOutcome {
  const nothing = { changes: [], done: 0, advice: [], refusal: null, testedBy: null };
  return { path: 'shop/checkout', of: 'watched', ...nothing, ...overrides };
}

const gone = {
  do: 'delete-webhook',
  in: { id: 100, path: 'shop/checkout' },
  id: 5,
  why: 'it is old',
} as const;
const url = 'https://gitlab.example.com/shop/herald-bot/-/pipelines/7';

test.each<[string, Partial<SetupOutcome>, boolean, readonly string[]]>([
  ['nothing to do', {}, false, ['shop/checkout', '  = nothing to change']],
  ['the project of the bot', { of: 'bot' }, false, ['shop/checkout (the bot)', '  = nothing to change']],
  ['what was done', { changes: [gone], done: 1 }, false, ['shop/checkout', '  - webhook 5: it is old']],
  ['what would be done', { changes: [gone] }, true, ['shop/checkout', '  - webhook 5: it is old']],
  [
    'only what was done before a refusal, and the refusal with its hint',
    { changes: [gone, gone], done: 1, refusal: { message: '403 Forbidden', hint: 'be a maintainer' } },
    false,
    ['shop/checkout', '  - webhook 5: it is old', '  ✗ 403 Forbidden', '    be a maintainer'],
  ],
  [
    'the pipeline of a test',
    { testedBy: { url, isCertain: true } },
    false,
    ['shop/checkout', '  = nothing to change', `  ✓ the test started ${url}`],
  ],
  [
    'that a pipeline may not be that of the test',
    { testedBy: { url, isCertain: false } },
    false,
    [
      'shop/checkout',
      '  = nothing to change',
      `  ? after the test the same user's trigger token started ${url}`,
      '    GitLab does not show what started it: it may belong to another event. The delivery itself succeeded.',
    ],
  ],
  [
    'characters that could move the cursor, made visible',
    { advice: ['\u001b[2J'] },
    false,
    ['shop/checkout', '  = nothing to change', expect.not.stringContaining('\u001b')],
  ],
])('the lines of a project say %s', (_name, overrides, planOnly, lines) => {
  expect(outcomeLines(anOutcome(overrides), planOnly)).toEqual(lines);
});

test('many projects are summed up in a table, a single one is not', () => {
  const options = { planOnly: false, columns: 80 };
  const failed = anOutcome({ path: 'shop/b', refusal: { message: '403', hint: null } });
  const tested = anOutcome({ changes: [gone], done: 1, testedBy: { url, isCertain: false } });
  expect(summaryTable([failed], options)).toEqual([]);
  const table = summaryTable([tested, failed], options).join('\n');
  expect(table).toMatch(/shop\/checkout.*1 change made, tested, not for certain/);
  expect(table).toMatch(/shop\/b.*refused/);
});

test.each<[string, readonly SetupOutcome[], boolean, string]>([
  ['what was made', [anOutcome({ changes: [gone], done: 1 })], false, '1 change made'],
  ['what is planned', [anOutcome({ changes: [gone, gone] })], true, '2 changes planned, none made'],
  [
    'that something was refused',
    [anOutcome({ refusal: { message: '403', hint: null } })],
    false,
    '0 changes made; 1 refused: fix that and run herald setup again',
  ],
])('the last line says %s', (_name, outcomes, planOnly, line) => {
  expect(closingLine(outcomes, planOnly)).toBe(line);
});
