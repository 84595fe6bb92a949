import { describe, expect, test } from 'vitest';
import type { Files, Output } from '../../src/io/port.ts';
import { createProgress } from '../../src/io/progress.ts';

const clear = '\r\u001b[K';

function aTerminal(isTerminal: boolean): { output: Output; written: string[] } {
  const written: string[] = [];
  const output = { isTerminal, columns: 40, color: false, write: (text: string) => void written.push(text) };
  return { output, written };
}

/** Files of ten chunks of 100 KiB; each chunk takes `milliseconds` on the clock. */
function slowFiles(milliseconds: number): { files: Files; now: () => Date } {
  let time = 0;
  async function* read(): AsyncIterable<Uint8Array> {
    for (let chunk = 0; chunk < 10; chunk += 1) {
      time += milliseconds;
      yield await Promise.resolve(new Uint8Array(100 * 1024));
    }
  }
  const nothing = (): never => {
    throw new Error('not used here');
  };
  return { files: { find: nothing, read, readText: nothing, write: nothing }, now: () => new Date(time) };
}

async function readAll(files: Files, path: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of files.read(path)) bytes += chunk.byteLength;
  return bytes;
}

describe('on a terminal', () => {
  test('long reading shows files, bytes and the path, cut to the width', async () => {
    const { output, written } = aTerminal(true);
    const { files, now } = slowFiles(200);
    const watched = createProgress(output, now).watch(files);
    expect(await readAll(watched, 'reports/a-path-that-is-long.xml')).toBe(10 * 100 * 1024);
    await readAll(watched, 'second.xml');
    expect(written[0]).toBe(`${clear}0 files, 0.4 MiB read: reports/a-path-t`);
    expect(written.at(-1)).toBe(`${clear}1 file, 2.0 MiB read: second.xml`);
  });

  test('short work shows nothing', async () => {
    const { output, written } = aTerminal(true);
    const { files, now } = slowFiles(10);
    const progress = createProgress(output, now);
    await readAll(progress.watch(files), 'a.xml');
    progress.clear();
    expect(written).toEqual([]);
  });

  test('the line changes ten times a second at most', async () => {
    const { output, written } = aTerminal(true);
    const { files, now } = slowFiles(60);
    const watched = createProgress(output, now).watch(files);
    for (let file = 0; file < 10; file += 1) await readAll(watched, 'a.xml');
    expect(written.length).toBeGreaterThan(20);
    expect(written.length).toBeLessThanOrEqual(60);
  });

  test('what a path holds cannot move the cursor', async () => {
    const { output, written } = aTerminal(true);
    const { files, now } = slowFiles(600);
    await readAll(createProgress(output, now).watch(files), '\u001b[2J\n\r');
    expect(written.at(-1)).toBe(
      `${clear}0 files, 1.0 MiB read: \\u001b[2J \\u000d`.slice(0, clear.length + 39),
    );
  });

  test('the line is taken away before anything else is written, once', async () => {
    const { output, written } = aTerminal(true);
    const { files, now } = slowFiles(600);
    const progress = createProgress(output, now);
    const other = aTerminal(true);
    const shared = progress.share(other.output);
    await readAll(progress.watch(files), 'a.xml');
    written.length = 0;
    shared.write('first\n');
    shared.write('second\n');
    expect(written).toEqual([clear]);
    expect(other.written).toEqual(['first\n', 'second\n']);
    expect(shared).toMatchObject({ isTerminal: true, columns: 40, color: false });
  });
});

test('nothing is written where there is no terminal', async () => {
  const { output, written } = aTerminal(false);
  const { files, now } = slowFiles(600);
  const progress = createProgress(output, now);
  expect(progress.watch(files)).toBe(files);
  expect(progress.share(output)).toBe(output);
  progress.clear();
  expect(await readAll(progress.watch(files), 'a.xml')).toBe(10 * 100 * 1024);
  expect(written).toEqual([]);
});
