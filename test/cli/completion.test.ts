import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { aHost } from './a-host.ts';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'herald-completion-'));
  for (const name of ['junit.xml', "it's.xml"]) writeFileSync(join(folder, name), '');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { host, printed } = aHost();
    await run(['completion', shell], host);
    writeFileSync(join(folder, `herald.${shell}`), printed());
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function isThere(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** What bash offers for the last word, as its own completion calls the function. */
function inBash(words: readonly string[]): readonly string[] {
  const script =
    'source ./herald.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _herald; printf "%s\\n" "${COMPREPLY[@]}"';
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return lines(stdout);
}

function inFish(words: readonly string[]): readonly string[] {
  const script = 'source ./herald.fish; complete -C $argv[1]';
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script, words.join(' ')], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return lines(stdout).map((text) => text.split('\t')[0] ?? '');
}

const cases: readonly { readonly words: readonly string[]; readonly offers: readonly string[] }[] = [
  { words: ['herald', 'rep'], offers: ['report'] },
  { words: ['herald', 'report', '--fail'], offers: ['--fail-on'] },
  { words: ['herald', 'report', '--detail', ''], offers: ['compact', 'full', 'normal'] },
  { words: ['herald', 'report', '--detail', 'n'], offers: ['normal'] },
  { words: ['herald', 'report', '--inline', 'findings,t'], offers: ['findings,tests'] },
  { words: ['herald', 'setup', '--parts', 'web'], offers: ['webhook'] },
  { words: ['herald', 'inspect', 'jun'], offers: ['junit.xml'] },
  { words: ['herald', 'report', '--baseline', 'jun'], offers: ['junit.xml'] },
  { words: ['herald', 'report', '--strict', 'jun'], offers: ['junit.xml'] },
  { words: ['herald', 'config', ''], offers: ['check', 'print', 'schema'] },
  { words: ['herald', 'completion', 'z'], offers: ['zsh'] },
  { words: ['herald', 'search', ''], offers: ['issues', 'projects'] },
  { words: ['herald', 'help', 'dem'], offers: ['demo'] },
  { words: ['herald', 'inspect', '--fail'], offers: [] },
];

describe.skipIf(!isThere('bash'))('bash (skipped where it is not installed)', () => {
  test.each(cases)('$words', ({ words, offers }) => {
    expect([...inBash(words)].sort()).toEqual(offers);
  });

  test.each([
    [['herald', 'report', '--detail', '=', 'n'], ['normal']],
    [
      ['herald', 'report', '--detail', '='],
      ['compact', 'full', 'normal'],
    ],
  ])('with the sign that bash makes a word of its own: %j', (words, offers) => {
    expect([...inBash(words)].sort()).toEqual(offers);
  });

  test('knows all options of each command', () => {
    expect(inBash(['herald', 'convert', '--'])).toEqual([
      '--to',
      '--patterns',
      '--strict',
      '--out',
      '--config',
      '--log-level',
      '--log-format',
      '--color',
      '--help',
      '--version',
    ]);
  });
});

describe.skipIf(!isThere('fish'))('fish (skipped where it is not installed)', () => {
  test.each(cases)('$words', ({ words, offers }) => {
    expect([...inFish(words)].sort()).toEqual(offers);
  });
});

/** Types a line and the tab key into an interactive zsh, and reads the line that stands there then. */
function inZsh(line: string): string | undefined {
  // A key of our own prints the line: waiting for what zsh draws would be waiting for a time.
  const script = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'autoload -Uz compinit; compinit -u -D; source ./herald.zsh; print rea""dy'
zpty -r -m shell seen '*ready*'
zpty -w shell 'show() { print -r -- "LINE<$BUFFER>EOL" }; zle -N show; bindkey "^Xz" show; print se""t'
zpty -r -m shell seen '*set*'
zpty -w -n shell "$1"$'\\t\\x18z'
zpty -r -m shell seen '*LINE<*>EOL*'
print -r -- "$seen"
zpty -d shell`;
  const { stdout } = spawnSync('zsh', ['-f', '-c', script, 'zsh', line], { cwd: folder, encoding: 'utf8' });
  return /LINE<([^>$]*)>EOL/.exec(stdout)?.[1]?.trimEnd();
}

describe.skipIf(!isThere('zsh'))('zsh (skipped where it is not installed)', () => {
  test.each([
    ['herald rep', 'herald report'],
    ['herald report --fail', 'herald report --fail-on='],
    ['herald report --detail=n', 'herald report --detail=normal'],
    ['herald report --inline findings,t', 'herald report --inline findings,tests,'],
    ['herald report --strict jun', 'herald report --strict junit.xml'],
    ['herald inspect jun', 'herald inspect junit.xml'],
    ['herald config pr', 'herald config print'],
  ])('%s', (line, completed) => {
    expect(inZsh(line)).toBe(completed);
  });
});

describe('wrong usage', () => {
  test.each([
    [[], 'herald completion needs the name of a shell', 'one of bash, zsh, fish'],
    [['fsh'], 'no completion for "fsh"', 'did you mean "zsh"?'],
    [['powershell'], 'no completion for "powershell"', 'one of bash, zsh, fish'],
    [['bash', 'zsh'], 'unexpected argument "zsh"', 'herald completion takes one shell'],
  ])('%j', async (args, message, hint) => {
    await expect(run(['completion', ...args], aHost().host)).rejects.toMatchObject({
      exitCode: 2,
      message,
      hint,
    });
  });
});
