import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { gzipMembers } from '../../src/reports/gzip-members.ts';

const limits = { maxUnpackedBytes: 1_000_000, maxMembers: 10 };

/** A member as gitlab-runner writes it (RFC 1952): the name alone, then the whole path as the comment. */
function memberOf(text: string, { name = '', comment = '' } = {}): Buffer {
  const packed = gzipSync(text);
  const flags = (name === '' ? 0 : 8) | (comment === '' ? 0 : 16);
  const header = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255]);
  const texts = [name, comment].filter((one) => one !== '').map((one) => Buffer.from(`${one}\0`));
  return Buffer.concat([header, ...texts, packed.subarray(10)]);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a gzip file', () => {
  test('of several files is taken apart, with the path of each', async () => {
    const long = '<testsuite/>'.repeat(10_000);
    const bytes = Buffer.concat([
      memberOf(long, { name: 'junit.xml', comment: 'api/junit.xml' }),
      memberOf('', { name: 'empty.xml' }),
      memberOf('two'),
    ]);
    const members = await gzipMembers(bytes, limits);
    expect(members.map(({ path }) => path)).toEqual(['api/junit.xml', 'empty.xml', null]);
    expect(members.map(({ unpackedBytes }) => unpackedBytes)).toEqual([long.length, 0, 3]);
    expect(members.map(({ packed }) => gunzipSync(packed).toString())).toEqual([long, '', 'two']);
    expect(members.map(({ digest }) => digest)).toEqual([sha256(long), sha256(''), sha256('two')]);
  });

  test.each(['../../etc/passwd\u0007', 'a\u202eb', '\u2028'])('shows no path like %j', async (comment) => {
    const [member] = await gzipMembers(memberOf('x', { comment }), limits);
    expect(member?.path).toBeNull();
  });

  test('with extra fields and a checksum of its header is read, too', async () => {
    const packed = gzipSync('x');
    const header = Buffer.from([0x1f, 0x8b, 8, 6, 0, 0, 0, 0, 0, 255, 3, 0, 1, 2, 3, 9, 9]);
    const members = await gzipMembers(Buffer.concat([header, packed.subarray(10)]), limits);
    expect(members.map(({ unpackedBytes }) => unpackedBytes)).toEqual([1]);
  });

  const one = memberOf('some text that is long enough', { name: 'a.xml' });
  test.each([
    ['is cut off in its data', one.subarray(0, one.length - 12)],
    ['is cut off in its trailer', one.subarray(0, one.length - 3)],
    ['is cut off in its header', one.subarray(0, 12)],
    ['goes on with something else', Buffer.concat([one, Buffer.from('more')])],
    ['is no deflated data', Buffer.concat([one.subarray(0, 16), Buffer.alloc(40, 0xff)])],
  ])('that %s is broken', async (_what, bytes) => {
    await expect(gzipMembers(bytes, limits)).rejects.toThrow(/cut off or broken/);
  });

  test('that unpacks to too much, or into too many files, is refused', async () => {
    const bomb = memberOf('0'.repeat(2_000_000));
    await expect(gzipMembers(bomb, limits)).rejects.toThrow(/too large/);
    const many = Buffer.concat(Array.from({ length: 11 }, () => memberOf('x')));
    await expect(gzipMembers(many, limits)).rejects.toThrow(/more than 10 files/);
  });
});
