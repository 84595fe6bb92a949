import { describe, expect, test } from 'vitest';
import { createLogReader, type LogLine } from '../../src/traces/log-lines.ts';
import { createTraceReader } from '../../src/traces/read-trace.ts';

function linesOf(log: string): readonly LogLine[] {
  const lines: LogLine[] = [];
  const reader = createLogReader((line) => lines.push(line));
  reader.write(Buffer.from(log));
  reader.end();
  return lines;
}

const numbered = (log: string): readonly string[] =>
  linesOf(log).map(({ number, text }) => `${number} ${text}`);

/** GitLab's own rules: lib/gitlab/ci/ansi2json/converter.rb, and the page that numbers its lines. */
describe('lines are counted as on the page of the job', () => {
  test.each([
    { name: 'an empty line has no number', log: 'a\n\nb\n', lines: ['1 a', '2 b'] },
    { name: 'nor has one of escape sequences', log: 'a\n\u001b[0;m\nb', lines: ['1 a', '2 b'] },
    { name: 'a line of blanks has one, and shows nothing', log: 'a\n  \nb', lines: ['1 a', '3 b'] },
    { name: 'colours go', log: '\u001b[31;1mred\u001b[0;m text', lines: ['1 red text'] },
    { name: 'what was overwritten goes', log: '10%\r50%\rdone\nnext', lines: ['1 done', '2 next'] },
    { name: 'line ends of Windows are line ends', log: 'a\r\nb\r\n', lines: ['1 a', '2 b'] },
    {
      name: 'the text behind a section begins a line',
      log: 'section_start:1:x[collapsed=true]\r\u001b[0K\u001b[36;1mHead\u001b[0m\nbody\nsection_end:2:x\r\u001b[0Kafter',
      lines: ['1 Head', '2 body', '3 after'],
    },
    {
      name: 'text before a section is a line of its own',
      log: 'before section_start:1:x\r\u001b[0Khead\n',
      lines: ['1 before', '2 head'],
    },
    {
      name: 'timestamps go, and what continues a line is joined to it',
      log: '2026-03-04T10:00:00.000000Z 00O one\n2026-03-04T10:00:01.000000Z 00O+ more\n2026-03-04T10:00:02.000000Z 01E two\n',
      lines: ['1 one more', '2 two'],
    },
    {
      name: 'a progress bar over many pieces of a timestamped line shows its end',
      log: '2026-03-04T10:00:00.000000Z 00O 1%\r\n2026-03-04T10:00:01.000000Z 00O+50%\r\n2026-03-04T10:00:02.000000Z 00O+done\n',
      lines: ['1 done'],
    },
    {
      name: 'a title and a link of the terminal go',
      log: '\u001b]0;t\u0007a \u001b]8;;http://x\u001b\\b\u001b]8;;\u001b\\',
      lines: ['1 a b'],
    },
  ])('$name', ({ log, lines }) => {
    expect(numbered(log)).toEqual(lines);
  });

  test('a line of megabytes gives what it said last', () => {
    const [line] = linesOf(`${'1%\r'.repeat(1_000_000)}done\n`);
    expect(line?.text).toBe('done');
  });
});

describe('a command is what the runner echoed', () => {
  test.each([
    { name: 'in bold green', log: '\u001b[32;1m$ make\u001b[0;m', command: true },
    { name: 'not what a tool prints in grey', log: '\u001b[2m$ vite build\u001b[22m', command: false },
    {
      name: 'not a message of the runner',
      log: '\u001b[32;1mSkipping Git submodules setup\u001b[0;m',
      command: false,
    },
  ])('$name', ({ log, command }) => {
    expect(linesOf(log)[0]?.command).toBe(command);
  });
});

describe('of a log over 500 KiB GitLab shows the end and counts from there', () => {
  function digestOf(lines: number): ReturnType<ReturnType<typeof createTraceReader>['end']> {
    const reader = createTraceReader();
    reader.write(Buffer.from('error: at the start\n'));
    for (let line = 1; line < lines; line += 1) reader.write(Buffer.from(`${String(line).padStart(9)} \n`));
    reader.write(Buffer.from('error: at the end'));
    return reader.end();
  }

  test('the first line shown has number 1', () => {
    const digest = digestOf(100_000);
    const last = digest.tail.at(-1);
    // 17 bytes of the last line; of the 511,983 before it the page leaves out the first, broken one of 11 bytes each.
    const whole = Math.floor((500 * 1024 - 17) / 11);
    expect(last?.text).toBe('error: at the end');
    expect(last === undefined ? null : digest.numberOf(last)).toBe(whole + 1);
  });

  test('a line before the window has none', () => {
    const digest = digestOf(100_000);
    const first = digest.ofCommand[0]?.line;
    expect(first?.text).toBe('error: at the start');
    expect(first === undefined ? 0 : digest.numberOf(first)).toBeNull();
  });

  test('in a shorter one nothing is left out', () => {
    const digest = digestOf(10_000);
    const last = digest.tail.at(-1);
    expect(last === undefined ? null : digest.numberOf(last)).toBe(10_001);
  });
});
