import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder that is removed after the test, outside of the checkout. */
export function temporaryFolder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'herald-test-')));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

/** Makes files and links below a folder; `-> target` as content makes a link. */
export function lay(root: string, files: Readonly<Record<string, string>>): string {
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), full);
    else writeFileSync(full, content);
  }
  return root;
}

/** Files of the given names, each with a little content. */
export function layNames(root: string, paths: readonly string[]): string {
  return lay(root, Object.fromEntries(paths.map((path) => [path, 'x'])));
}

const pipeMaker = 'mkfifo';

/** Makes a named pipe, which Node itself cannot. */
export function layPipe(path: string): void {
  execFileSync(pipeMaker, [path]);
}
