import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { genuineIssueKey, type Sign, withIssueMarker } from '../../src/model/issue-marker.ts';
import { shortMarkerText } from '../../src/model/marker-text.ts';

const signWith =
  (token: string): Sign =>
  (text) =>
    createHmac('sha256', token).update(text).digest('base64url').slice(0, 22);
const sign = signWith('token');
const owner = { project: 42, authorId: 7 };
const description = withIssueMarker({ key: 'rule/red main', body: '**Red**' }, owner, sign);

test('a marker is one hidden line before the text', () => {
  expect(description).toMatch(
    /^<!-- herald:issue v=1 key=rule\/red%20main by=7:[A-Za-z0-9_-]{22} -->\n\n\*\*Red\*\*$/,
  );
});

test('any key comes back as it was, long ones as they are cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 600 }), (key) => {
      const body = withIssueMarker({ key, body: 'x' }, owner, sign);
      expect(genuineIssueKey(body, owner, sign)).toBe(shortMarkerText(key));
    }),
  );
});

describe('no key is read', () => {
  test.each([
    { name: 'of an issue by somebody else who copied it', of: { project: 42, authorId: 8 } },
    { name: 'of an issue in another project', of: { project: 43, authorId: 7 } },
  ])('$name', ({ of }) => {
    expect(genuineIssueKey(description, of, sign)).toBeNull();
  });

  test.each([
    { name: 'by another token', body: description, by: signWith('other') },
    { name: 'below the first line', body: `x\n${description}`, by: sign },
    { name: 'quoted', body: `> ${description}`, by: sign },
    { name: 'with another key', body: description.replace('red', 'green'), by: sign },
    { name: 'without a key', body: description.replace('rule/red%20main', ''), by: sign },
    { name: 'with words after it', body: description.replace('-->\n', '--> and more\n'), by: sign },
  ])('$name', ({ body, by }) => {
    expect(genuineIssueKey(body, owner, by)).toBeNull();
  });

  test('of a line with any one character changed', () => {
    const line = description.slice(0, description.indexOf('\n'));
    fc.assert(
      fc.property(fc.nat(line.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        fc.pre(line[at] !== character);
        const mangled = line.slice(0, at) + character + line.slice(at + 1);
        expect(genuineIssueKey(`${mangled}\n\nx`, owner, sign)).toBeNull();
      }),
    );
  });
});
