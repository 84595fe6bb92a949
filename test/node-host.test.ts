import { expect, test } from 'vitest';
import { UsageError } from '../src/errors.ts';
import { createHost, reportFailure } from '../src/node-host.ts';

function aProcess(env: Readonly<Record<string, string>>) {
  let errors = '';
  const stream = (write: (text: string) => void) => ({
    write,
    isTTY: true,
    columns: 80,
    on: () => undefined,
  });
  const host = createHost({
    env,
    cwd: () => '/nonexistent',
    stdout: stream(() => undefined),
    stderr: stream((text) => (errors += text)),
    on: () => undefined,
  } as unknown as NodeJS.Process);
  return { host, errors: () => errors };
}

test('a terminal is coloured, unless it is dumb or the user asks for none', () => {
  expect(aProcess({}).host.output.color).toBe(true);
  expect(aProcess({ TERM: 'dumb' }).host.output.color).toBe(false);
  expect(aProcess({ NO_COLOR: '1' }).host.errorOutput.color).toBe(false);
});

test('COLUMNS is the width of both streams', () => {
  const { host } = aProcess({ COLUMNS: '60' });
  expect([host.output.columns, host.errorOutput.columns]).toEqual([60, 60]);
  expect(aProcess({}).host.output.columns).toBe(80);
});

test('what a failure quotes cannot move the cursor', () => {
  const { host, errors } = aProcess({});
  reportFailure(new UsageError('key: "\u001b[2Ja\u202e"'), host);
  expect(errors()).toBe('herald: key: "\\u001b[2Ja\\u202e"\n');
});
