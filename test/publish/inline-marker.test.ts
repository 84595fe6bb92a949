import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inlineAuthorOf } from '../../src/publish/inline-author.ts';
import { isSameText, parseInlineMarker, withInlineMarker } from '../../src/publish/inline-marker.ts';

const marker = { key: 'report', ids: ['0123456789abcdef', 'f'.repeat(16)], source: '01234567', gone: false };
const author = { id: 900, proof: 'A'.repeat(22) };
const body = withInlineMarker(marker, 'mend it', author);

describe('the marker of a comment on a line', () => {
  test('is read as it was written, whatever stands below it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, gone) => {
        const read = parseInlineMarker(withInlineMarker({ ...marker, gone }, text, author));
        expect(read).toMatchObject({ ...marker, gone, author, intact: true });
        expect(isSameText(read?.text ?? 'nothing', text)).toBe(true);
      }),
    );
  });

  test.each([
    ['line ends as a browser sends them', body.replaceAll('\n', '\r\n'), true],
    ['white space that GitLab cut', `${body}\n\n`, true],
    ['a word that somebody changed', body.replace('mend', 'leave'), false],
    ['a line that somebody added', `${body}\n\nplease`, false],
  ])('%s: intact is %3$s', (_why, text, intact) => {
    expect(parseInlineMarker(text)?.intact).toBe(intact);
  });

  test.each([
    ['in a later line', `hello\n${body}`],
    ['with a blank before it', ` ${body}`],
    ['with text behind it', body.replace('-->', '--> x')],
    ['quoted', `> ${body}`],
    ['of another version', body.replace('v=1', 'v=2')],
    ['with an id that is too short', body.replace('0123456789abcdef', '0123456789abcde')],
    ['with no id', body.replace(/ids=\S+/, 'ids=')],
    ['with capital digits', body.replace('0123456789abcdef', '0123456789ABCDEF')],
    ['with an author that is no number', body.replace('by=900', 'by=9e2')],
    ['with a proof that is too long', body.replace('A'.repeat(22), 'A'.repeat(23))],
    ['with a key that cannot be', body.replace('key=report', 'key=re port')],
    ['that is empty', ''],
  ])('does not count %s', (_why, text) => {
    expect(parseInlineMarker(text)).toBeNull();
  });
});

describe('whose a comment on a line is', () => {
  const mergeRequest = { project: 42, iid: 7 };

  function users(signs: string) {
    let asked = 0;
    return {
      asked: () => asked,
      fetchCurrentUser: () => {
        asked += 1;
        return Promise.resolve({ id: 900, username: 'herald-bot' });
      },
      signature: (claim: string) => `${signs}${claim.length}`.padEnd(22, '_').slice(0, 22),
    };
  }

  async function written(by: ReturnType<typeof users>, key = 'report', iid = 7): Promise<string> {
    const of = inlineAuthorOf(by, { mergeRequest: { ...mergeRequest, iid }, key });
    return withInlineMarker({ ...marker, key }, 'mend it', await of.sign(marker.ids));
  }

  const thread = (text: string, authorId: number) =>
    ({
      id: 'a',
      noteId: 1,
      authorId,
      body: text,
      place: null,
      replies: [],
      resolvable: true,
      resolved: false,
      resolvedById: null,
    }) as const;

  test('is told by its proof alone, without a request', async () => {
    const text = await written(users('one'));
    const later = users('one');
    const own = await inlineAuthorOf(later, { mergeRequest, key: 'report' }).ownThread(thread(text, 900));
    expect(own?.comment.ids).toEqual(marker.ids);
    expect(later.asked()).toBe(0);
  });

  test('is nobody’s that pasted it: GitLab is asked, and the author is another', async () => {
    const text = await written(users('one'));
    const later = users('one');
    expect(
      await inlineAuthorOf(later as never, { mergeRequest, key: 'report' }).ownThread(thread(text, 11)),
    ).toBeNull();
    expect(later.asked()).toBe(1);
  });

  test('is ours after the token was replaced, as the author is the same', async () => {
    const text = await written(users('old'));
    const later = users('new');
    const own = await inlineAuthorOf(later, { mergeRequest, key: 'report' }).ownThread(thread(text, 900));
    expect(own?.comment.intact).toBe(true);
    expect(later.asked()).toBe(1);
  });

  test('is not this report’s when its key is another', async () => {
    const text = await written(users('one'), 'nightly');
    const later = users('one');
    expect(
      await inlineAuthorOf(later as never, { mergeRequest, key: 'report' }).ownThread(thread(text, 900)),
    ).toBeNull();
    expect(later.asked()).toBe(0);
  });
});
