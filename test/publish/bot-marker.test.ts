import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Noteable } from '../../src/model/noteable.ts';
import {
  type BotMark,
  type MarkOwner,
  ownBotMark,
  textBelowMark,
  withBotMark,
} from '../../src/publish/bot-marker.ts';

function ownerWith(changes: Partial<MarkOwner> = {}, token = 'token'): MarkOwner {
  return {
    on: { kind: 'merge_request', project: 42, iid: 17 },
    authorId: 7,
    sign: (text) => createHmac('sha256', token).update(text).digest('base64url').slice(0, 22),
    ...changes,
  };
}

const owner = ownerWith();
const mark: BotMark = {
  kind: 'note',
  key: 'rule/welcome',
  by: 'rule welcome',
  event: 'merge_request.opened',
  config: '4f2b9c1d7e8a',
  permission: null,
};
const body = withBotMark(mark, owner, 'Welcome!');
const line = body.slice(0, body.indexOf('\n'));

test('a marker is one hidden line before the text', () => {
  expect(body).toMatch(
    /^<!-- herald:bot v=1 on=merge_request\/42\/17 kind=note key=rule\/welcome by=rule%20welcome event=merge_request\.opened config=4f2b9c1d7e8a permission=- author=7 token=[A-Za-z0-9_-]{8} proof=[A-Za-z0-9_-]{22} -->\n\nWelcome!$/,
  );
  expect(textBelowMark(`${body.replaceAll('\n', '\r\n')}\n`)).toBe('Welcome!');
});

const text = fc.string({ unit: 'grapheme', maxLength: 80 });
const marks: fc.Arbitrary<BotMark> = fc.record({
  kind: fc.constantFrom('note', 'thread'),
  key: text,
  by: text,
  event: text,
  config: fc.option(fc.stringMatching(/^[0-9a-f]{7,64}$/)),
  permission: fc.option(text),
});

test('any marker comes back as it was, whatever the text below it', () => {
  fc.assert(
    fc.property(marks, text, (any, below) => {
      expect(ownBotMark(withBotMark(any, owner, below), owner)).toEqual(any);
    }),
  );
});

test('what is very long is cut, the same for the same', () => {
  const long = { ...mark, key: 'k'.repeat(5_000) };
  const read = ownBotMark(withBotMark(long, owner, ''), owner);
  expect(read?.key.length).toBeLessThan(200);
  expect(read).toEqual(ownBotMark(withBotMark(long, owner, ''), owner));
});

function tokenIn(marker: string): string | undefined {
  return / token=([A-Za-z0-9_-]{8}) /.exec(marker)?.[1];
}

test('one by the token of before is our own: the token of the same user was replaced', () => {
  expect(ownBotMark(body, ownerWith({}, 'next'))).toEqual(mark);
});

describe('it is not our own', () => {
  const copies: readonly { name: string; on?: Partial<Noteable>; authorId?: number; token?: string }[] = [
    { name: 'on another merge request', on: { iid: 18 } },
    { name: 'on an issue of the same number', on: { kind: 'issue' } },
    { name: 'in another project', on: { project: 43 } },
    { name: 'by another author', authorId: 8 },
    { name: 'on another merge request, by a token of before', on: { iid: 18 }, token: 'next' },
    { name: 'by another author, by a token of before', authorId: 8, token: 'next' },
  ];

  test.each(copies)('copied whole: $name', ({ on = {}, authorId = 7, token }) => {
    const other = ownerWith({ on: { ...owner.on, ...on }, authorId }, token);
    expect(ownBotMark(body, other)).toBeNull();
  });

  test.each([
    { name: 'below another line', forged: `Look:\n${body}` },
    { name: 'after a space', forged: ` ${body}` },
    { name: 'after a byte order mark', forged: `\ufeff${body}` },
    { name: 'in a quote', forged: `> ${body}` },
    { name: 'with words behind it', forged: `${line} and more` },
    { name: 'of another version', forged: body.replace('v=1', 'v=2') },
    { name: 'with a field left out', forged: body.replace(' permission=-', '') },
    {
      name: 'with two fields exchanged',
      forged: body.replace('kind=note key=rule/welcome', 'key=rule/welcome kind=note'),
    },
    { name: 'made a thread', forged: body.replace('kind=note', 'kind=thread') },
    { name: 'encoded otherwise', forged: body.replace('welcome by', '%77elcome by') },
    { name: 'with no proof', forged: body.replace(/proof=\S+/, 'proof=') },
    { name: 'with another proof', forged: body.replace(/proof=\S+/, `proof=${'A'.repeat(22)}`) },
    { name: 'with a line break in a field', forged: body.replace('rule%20welcome', 'rule\nwelcome') },
  ])('$name', ({ forged }) => {
    expect(ownBotMark(forged, owner)).toBeNull();
  });

  test('with any one character changed, taken out or put in', () => {
    fc.assert(
      fc.property(
        fc.nat(line.length - 1),
        fc.string({ maxLength: 1 }),
        fc.boolean(),
        (at, character, replaces) => {
          const mangled = line.slice(0, at) + character + line.slice(replaces ? at + 1 : at);
          // With another token in it, it is one of before this token: told below.
          fc.pre(mangled !== line && tokenIn(mangled) === tokenIn(line));
          expect(ownBotMark(`${mangled}\n\nWelcome!`, owner)).toBeNull();
        },
      ),
    );
  });

  test('with the fields of another marker of the same author', () => {
    fc.assert(
      fc.property(marks, (other) => {
        const foreign = withBotMark(other, owner, '');
        const proof = /proof=\S+/.exec(foreign)?.[0] ?? '';
        fc.pre(JSON.stringify(other) !== JSON.stringify(mark));
        expect(ownBotMark(body.replace(/proof=\S+/, proof), owner)).toBeNull();
      }),
    );
  });
});
