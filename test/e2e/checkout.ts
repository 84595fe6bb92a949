import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A real repository: what stands in a commit, and what changed between two. */
export interface Checkout {
  readonly directory: string;
  git(...args: readonly string[]): string;
  /** Writes files (null deletes one) and commits everything; the new commit's id. */
  commit(message: string, files: Readonly<Record<string, string | null>>): string;
}

export function aCheckout(): Checkout {
  const directory = mkdtempSync(join(tmpdir(), 'herald-checkout-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const who = ['-c', 'user.name=ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...who, ...args], { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main');
  return {
    directory,
    git,
    commit(message, files) {
      for (const [path, content] of Object.entries(files)) {
        const target = join(directory, path);
        if (content === null) rmSync(target, { force: true });
        else {
          mkdirSync(dirname(target), { recursive: true });
          writeFileSync(target, content);
        }
      }
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD').trim();
    },
  };
}
