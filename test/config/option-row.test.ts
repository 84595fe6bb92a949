import { describe, expect, test } from 'vitest';
import { optionRows } from '../../src/config/option-row.ts';
import { optionsByCommand } from '../../src/config/options.ts';

const rows = Object.entries(optionsByCommand).flatMap(([command, schema]) =>
  optionRows(schema).map((row) => ({ command, ...row })),
);

describe('every option', () => {
  test.each(rows)('$command --$name has a description that ends in a full stop', ({ description }) => {
    expect(description).toMatch(/\.$/);
  });
});

test('a row knows flag, variable, type, choices and default', () => {
  expect(rows.find(({ key }) => key === 'failOn')).toMatchObject({
    name: 'fail-on',
    variable: 'HERALD_FAIL_ON',
    type: 'array',
    choices: null,
    defaultValue: [],
    input: true,
  });
  expect(rows.find(({ key }) => key === 'comment')).toMatchObject({
    type: 'string',
    choices: ['always', 'changes', 'failures', 'errors', 'never'],
    defaultValue: 'always',
  });
});

test('options of the same name mean the same in every command', () => {
  const byName = new Map<string, string>();
  for (const row of rows) {
    // The demo writes to a folder of its own; `--remove` is said at the moment, of labels or of a whole set-up, and
    // never in a file, and so is `--to`, of a format or of places.
    if (['output', 'remove', 'to'].includes(row.name)) continue;
    const known = byName.get(row.name);
    expect(known ?? row.description).toBe(row.description);
    byName.set(row.name, row.description);
  }
});
