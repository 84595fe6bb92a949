import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
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

describe('a process of a receiver', () => {
  function aChild() {
    const channel = { ref: vi.fn(), unref: vi.fn() };
    const child = Object.assign(new EventEmitter(), {
      env: { HERALD_DELIVERY: 'one' },
      cwd: () => '/nonexistent',
      stdout: { write: () => true, on: () => undefined },
      stderr: { write: () => true, on: () => undefined },
      send: vi.fn(),
      connected: true,
      channel,
      pid: 1,
      kill: vi.fn(),
      exitCode: undefined as number | undefined,
    });
    const host = createHost(child as unknown as NodeJS.Process);
    return { child, host };
  }

  test.each(['disconnect', 'SIGTERM'])(
    'that is cut off by %s sleeps no more, and never says that its work is done',
    async (event) => {
      const { child, host } = aChild();
      const sleep = host.clock.sleep(3_600_000);
      child.emit(event);
      await sleep;
      expect(child.exitCode).toBe(5);
      // What was broken off may have been optional, so that the run went on to its end.
      child.exitCode = 0;
      host.end();
      expect(child.exitCode).toBe(5);
    },
  );

  test('that comes to its end by itself keeps its exit code', () => {
    const { child, host } = aChild();
    child.exitCode = 0;
    host.end();
    expect(child.exitCode).toBe(0);
  });
});
