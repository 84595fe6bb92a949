import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hardWords, proseOfPage, proseOfSource } from './plain-words.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Lines that keep a hard word, and why. `part` is a part of what the test prints for the line. */
const allowed: readonly { readonly path: string; readonly part: string; readonly why: string }[] = [
  { path: 'src/render/words/german-footer.ts', part: 'auf Stand', why: 'German' },
  { path: 'src/render/words/german-gates.ts', part: 'höher', why: 'German' },
];

function hitsIn(...globs: readonly string[]): readonly string[] {
  const paths = execFileSync('git', ['ls-files', '-z', '--', ...globs], { cwd: root, encoding: 'utf8' });
  return paths
    .split('\0')
    .filter((path) => path !== '')
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return hardWords(path, path.endsWith('.md') ? proseOfPage(text) : proseOfSource(path, text));
    })
    .filter((hit) => !allowed.some(({ path, part }) => hit.startsWith(`${path}:`) && hit.includes(part)));
}

describe('plain words', () => {
  test('in comments and messages of the source', () => {
    expect(hitsIn('src/*.ts')).toEqual([]);
  });

  test('on the pages', () => {
    expect(hitsIn('docs/*.md', '*.md', ':!test')).toEqual([]);
  });
});

describe('a hard word', () => {
  test.each([
    ['is no X', 'X is no name of a branch.'],
    ['mend', 'Mend the failing tests.'],
    ['anew', 'Makes the report anew.'],
    ['whoever', 'It is for whoever reads it.'],
    ['stand', 'What stands there counts.'],
    ['tell', 'Told in the comment.'],
    ['is said', 'Then it is said.'],
    ['he', 'An author and his role.'],
    ['is to be', 'What is to be done.'],
    ['left out', 'Empty ones are left out.'],
    ['who without a person', 'Known by who wrote it.'],
    ['who without a person', 'Who writes one is informed.'],
    ['modal verb without a verb', 'The bot can see it, the user may not.'],
    ['at least so', 'Findings that are at least so severe.'],
    ['newest pipeline', 'The report of the newest pipeline.'],
    ['is so already', 'The labels are so already.'],
    ['not said', 'What to search is not said.'],
  ])('is found: %s', (name, sentence) => {
    expect(hardWords('page.md', proseOfPage(sentence)).join('\n')).toContain(`"${name}"`);
  });

  test.each([
    'There is no pipeline, and it is no longer open.',
    'People who know it may see it; the user who wrote it can tell everybody.',
    '`stand` and `he` are code, and `{name}` stands for a name.',
    'A stand-in for the header of theirs.',
  ])('is not found in: %s', (sentence) => {
    expect(hardWords('page.md', proseOfPage(sentence))).toEqual([]);
  });

  test('is named by its line, also in the middle of a comment or text, and across lines', () => {
    const source = [
      '/**',
      ' * The value; null where it is',
      ' * no number.',
      ' */',
      'const he = `${mend} cannot be',
      'told`; // Anew.',
      "const name = 'whoever';",
    ].join('\n');
    expect(hardWords('a.ts', proseOfSource('a.ts', source))).toEqual([
      expect.stringMatching(/^a\.ts:2: "is no X" in ".*where it is no number\..*": write /),
      expect.stringMatching(/^a\.ts:6: "tell" in /),
      expect.stringMatching(/^a\.ts:6: "anew" in /),
    ]);
  });

  test('is not looked for in blocks of code', () => {
    const page = 'Text.\n\n```sh\nherald mend\n```\n\nMore to\nmend.\n';
    expect(hardWords('page.md', proseOfPage(page))).toEqual([expect.stringMatching(/^page\.md:8: "mend"/)]);
  });
});
