import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorsOf, coAuthors, ownCommits, skipsHerald } from '../../src/trail/commits.ts';

const sha = 'a1'.repeat(20);

function aCommit(message: string, parents: readonly string[] = ['p'], author = 'Ada <ada@example.com>') {
  const [, authorName = '', authorEmail = ''] = /^(.*) <(.*)>$/.exec(author) ?? [];
  return { sha, title: message, message, authorName, authorEmail, parents };
}

describe('row 60: the people of a commit', () => {
  // As GitLab's and GitHub's own documentation of co-authors writes them.
  test.each<readonly [message: string, names: readonly string[]]>([
    ['A\n\nCo-authored-by: Bob B <bob@example.com>', ['Bob B']],
    ['A\n\nCo-Authored-By: Bob <bob@example.com>\nco-authored-by: Eve <eve@example.com>\n', ['Bob', 'Eve']],
    ['A\r\n\r\nSigned-off-by: X <x@y>\r\nCo-authored-by: Bob <bob@example.com>\r\n', ['Bob']],
    ['A\n\nCo-authored-by: Bob <bob@example.com>\nCo-authored-by: B. <BOB@example.com>', ['Bob']],
    ['A\n\nCo-authored-by: Bob <bob@example.com>\n\nMore words.', []],
    ['A\n\nCo-authored-by: <bob@example.com>', []],
    ['A\n\nCo-authored-by: Bob', []],
    ['A\n\nCo-authored-by: @all <a b>', []],
    ['', []],
  ])('row 60: %j', (message, names) => {
    expect(coAuthors(message).map(({ name }) => name)).toEqual(names);
  });

  test('row 60: are one by their address, whatever name they write', () => {
    const commits = [
      aCommit('A\n\nCo-authored-by: Bob <bob@example.com>'),
      aCommit('B', ['p'], 'Bob B. <Bob@Example.com>'),
      aCommit('C', ['p'], 'Ada L. <ada@example.com>'),
      { sha, title: 'D', message: 'D', authorName: 'Eve' },
    ];
    expect(authorsOf(commits)).toEqual(['Ada', 'Bob', 'Eve']);
  });

  test('row 60: what is written as a trailer is read again', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z .'-]{0,30}[a-z]$/);
    const email = fc.stringMatching(/^[a-z]{1,9}@[a-z]{1,9}\.example$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, email), { selector: ([, one]) => one, maxLength: 9 }),
        (all) => {
          const message = `Title\n\n${all.map(([who, at]) => `Co-authored-by: ${who} <${at}>`).join('\n')}`;
          expect(coAuthors(message)).toEqual(all.map(([who, at]) => ({ name: who.trim(), email: at })));
        },
      ),
      { seed: 60 },
    );
  });
});

describe('row 60: which commits count', () => {
  test('row 60: not merge commits, and not those that ask to be skipped', () => {
    const commits = [
      aCommit('A'),
      aCommit('Merge branch', ['p', 'q']),
      aCommit('B [skip herald]'),
      aCommit('C\n\n[Herald Skip]'),
      aCommit('D [skip ci]'),
    ];
    expect(ownCommits(commits).map(({ title }) => title)).toEqual(['A', 'D [skip ci]']);
    expect(skipsHerald('skip herald')).toBe(false);
  });
});
