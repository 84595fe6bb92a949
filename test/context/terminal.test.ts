import { describe, expect, test } from 'vitest';
import { colorFrom, columnsFrom } from '../../src/context/terminal.ts';

describe('colour', () => {
  test.each([
    [{}, 'on-terminals'],
    [{ TERM: 'xterm-256color' }, 'on-terminals'],
    [{ TERM: 'dumb' }, 'never'],
    [{ CI: 'true' }, 'always'],
    [{ CI: 'true', TERM: 'dumb' }, 'never'],
    // "when present and not an empty string (regardless of its value)"
    [{ NO_COLOR: '1', CI: 'true' }, 'never'],
    [{ NO_COLOR: '0' }, 'never'],
    [{ NO_COLOR: '', CI: 'true' }, 'always'],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, 'never'],
    [{ FORCE_COLOR: '1' }, 'always'],
    [{ FORCE_COLOR: '3', TERM: 'dumb' }, 'always'],
    [{ FORCE_COLOR: '' }, 'on-terminals'],
    [{ FORCE_COLOR: '0', CI: 'true' }, 'never'],
    [{ CLICOLOR_FORCE: '1' }, 'always'],
    [{ CLICOLOR_FORCE: '0' }, 'on-terminals'],
    [{ CLICOLOR: '0', CI: 'true' }, 'never'],
    [{ CLICOLOR: '1' }, 'on-terminals'],
  ])('%j: %s', (variables, color) => {
    expect(colorFrom(variables)).toBe(color);
  });
});

test.each([
  ['80', 80],
  ['5', 20],
  [undefined, null],
  ['', null],
  ['0', null],
  ['-1', null],
  ['wide', null],
  ['99999', null],
])('COLUMNS %s asks for %s', (COLUMNS, columns) => {
  expect(columnsFrom({ COLUMNS })).toBe(columns);
});
