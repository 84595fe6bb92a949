import { describe, expect, test } from 'vitest';
import { createOutput, type TextStream } from '../../src/io/output.ts';

const usual = { color: 'on-terminals', columns: null } as const;

function aStream(terminal: Partial<Pick<TextStream, 'isTTY' | 'columns'>>) {
  const written: string[] = [];
  let listener: (error: Error) => void = () => undefined;
  const stream = {
    ...terminal,
    write: (text: string) => written.push(text),
    on: (_event: 'error', added: (error: Error) => void) => {
      listener = added;
    },
  };
  return {
    stream,
    written,
    fail: (code: string) => {
      listener(Object.assign(new Error(code), { code }));
    },
  };
}

test('text goes to the stream as it is', () => {
  const { stream, written } = aStream({});
  createOutput(stream, usual).write('a\n');
  expect(written).toEqual(['a\n']);
});

describe('colour', () => {
  test.each([
    { isTTY: true, color: 'on-terminals', colored: true },
    { isTTY: true, color: 'never', colored: false },
    { isTTY: false, color: 'on-terminals', colored: false },
    { isTTY: undefined, color: 'on-terminals', colored: false },
    { isTTY: false, color: 'always', colored: true },
  ] as const)('is $colored for terminal $isTTY and choice $color', ({ isTTY, color, colored }) => {
    expect(createOutput(aStream({ isTTY }).stream, { color, columns: null }).color).toBe(colored);
  });
});

describe('columns', () => {
  test('are the width of the window, as it is now', () => {
    const terminal = { isTTY: true, columns: 80 };
    const stream = Object.assign(aStream({}).stream, terminal);
    const output = createOutput(stream, usual);
    stream.columns = 120;
    expect(output.columns).toBe(120);
  });

  test('are those that the user asks for, whatever the window', () => {
    const { stream } = aStream({ isTTY: true, columns: 80 });
    expect(createOutput(stream, { ...usual, columns: 60 }).columns).toBe(60);
  });

  test.each([{}, { isTTY: true, columns: 0 }])('are 100 where the width is unknown: %j', (terminal) => {
    expect(createOutput(aStream(terminal).stream, usual).columns).toBe(100);
  });
});

test('a stream that is no terminal says so', () => {
  expect(createOutput(aStream({}).stream, usual).isTerminal).toBe(false);
});

test.each(['EPIPE', 'ERR_STREAM_DESTROYED'])(
  'a reader that went away (%s) ends the output quietly',
  (code) => {
    const { stream, written, fail } = aStream({});
    const output = createOutput(stream, usual);
    fail(code);
    output.write('nobody reads this');
    expect(written).toEqual([]);
  },
);

test('another fault of the stream is not hidden', () => {
  const { stream, fail } = aStream({});
  createOutput(stream, usual);
  expect(() => {
    fail('ENOSPC');
  }).toThrow('ENOSPC');
});
