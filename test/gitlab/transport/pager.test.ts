import fc from 'fast-check';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { nextQuery } from '../../../src/gitlab/transport/pager.ts';
import { aJobAnswer, connect, origin, rejection } from '../connect-for-test.ts';

const address = '/api/v4/projects/42/pipelines/1001/jobs';
const first = { include_retried: 'true', per_page: '100' };
const jobs = (...ids: readonly number[]): nock.Body => ids.map((id) => aJobAnswer({ id, name: `job ${id}` }));

async function jobIds(): Promise<readonly number[]> {
  return (await connect().gitlab.fetchJobs(42, 1001)).jobs.map(({ id }) => id);
}

describe('pages', () => {
  test('are followed by Link where totals are missing', async () => {
    nock(origin)
      .get(address)
      .query(first)
      .reply(200, jobs(1, 2), {
        link: `<${origin}${address}?include_retried=true&page=2&per_page=100>; rel="next", <${origin}${address}?page=1>; rel="first"`,
      });
    nock(origin)
      .get(address)
      .query({ ...first, page: '2' })
      .reply(200, jobs(3), { 'x-next-page': '' });
    expect(await jobIds()).toEqual([1, 2, 3]);
  });

  test('are followed by x-next-page where Link is missing', async () => {
    const totals = { 'x-total': '3', 'x-total-pages': '2' };
    nock(origin)
      .get(address)
      .query(first)
      .reply(200, jobs(1), { ...totals, 'x-next-page': '2' });
    nock(origin)
      .get(address)
      .query({ ...first, page: '2' })
      .reply(200, jobs(2), { ...totals, 'x-next-page': '' });
    expect(await jobIds()).toEqual([1, 2]);
  });

  test('are asked of GitLab itself, wherever Link leads', async () => {
    const link = '<http://10.0.0.1:8080/other/path?page=2&cursor=x>; rel="next"';
    nock(origin).get(address).query(first).reply(200, jobs(1), { link });
    nock(origin).get(address).query({ page: '2', cursor: 'x' }).reply(200, jobs(2));
    expect(await jobIds()).toEqual([1, 2]);
  });

  test('may be short or empty and not be the last', async () => {
    nock(origin).get(address).query(first).reply(200, [], { 'x-next-page': '2' });
    nock(origin)
      .get(address)
      .query({ ...first, page: '2' })
      .reply(200, jobs(1));
    expect(await jobIds()).toEqual([1]);
  });

  test('are no list where one leads to itself: what is missing could have failed', async () => {
    nock(origin).get(address).query(first).reply(200, jobs(1), { 'x-next-page': '2' });
    nock(origin)
      .get(address)
      .query({ ...first, page: '2' })
      .reply(200, jobs(2), { 'x-next-page': '2' });
    const error = await rejection(jobIds());
    expect(error).toMatchObject({ code: 'unusable-answer' });
    expect(error.message).toContain('its pages lead to each other');
  });

  const full = Array.from({ length: 100 }, (_, index) => index + 1);

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['no header says that there is one', {}, {}],
    [
      'the number of pages says so',
      { 'x-page': '1', 'x-total-pages': '2' },
      { 'x-page': '2', 'x-total-pages': '2' },
    ],
    [
      'no header but the number of pages is right',
      { 'x-next-page': '', 'x-total-pages': '2' },
      { 'x-next-page': '' },
    ],
  ])('after a full page another one is read where %s', async (_name, ofFirst, ofSecond) => {
    nock(origin)
      .get(address)
      .query(first)
      .reply(200, jobs(...full), ofFirst);
    nock(origin)
      .get(address)
      .query({ ...first, page: '2' })
      .reply(200, jobs(101), ofSecond);
    expect(await jobIds()).toEqual([...full, 101]);
  });

  test('of a list that knows none are read once', async () => {
    nock(origin)
      .get(address)
      .query(first)
      .reply(200, jobs(...full));
    nock(origin)
      .get(address)
      .query({ ...first, page: '2' })
      .reply(200, jobs(...full));
    expect(await jobIds()).toEqual(full);
  });

  test('end at a bound, with a warning', async () => {
    let page = 1;
    nock(origin)
      .get(address)
      .query(true)
      .times(50)
      .reply(200, () => jobs(page), { 'x-next-page': () => String((page += 1)) });
    const { gitlab, log } = connect();
    expect((await gitlab.fetchJobs(42, 1001)).jobs.length).toBe(50);
    expect(log.lines.join()).toContain('Herald reads only the first 50 pages');
  });

  test('that are no list are not understood', async () => {
    nock(origin).get(address).query(first).reply(200, { message: 'a list? me?' });
    const error = await rejection(connect().gitlab.fetchJobs(42, 1001));
    expect(error).toMatchObject({ code: 'unusable-answer', status: 200 });
    expect(error.message).toContain('the whole answer does not fit');
  });

  test('name the row and the field that does not fit', async () => {
    nock(origin)
      .get(address)
      .query(first)
      .reply(200, [aJobAnswer(), aJobAnswer({ name: 5 })]);
    expect((await rejection(connect().gitlab.fetchJobs(42, 1001))).message).toContain('the field 1.name');
  });
});

describe('the query of the next page', () => {
  test.each([
    { name: 'is none without headers', headers: {}, expected: null },
    {
      name: 'is none on the last page',
      headers: { 'x-next-page': '', link: '<u?page=1>; rel="first"' },
      expected: null,
    },
    {
      name: 'is that of Link',
      headers: { link: '<https://x/y?page=3&a=b>; rel="next"' },
      expected: 'page=3&a=b',
    },
    {
      name: 'is that of Link before x-next-page',
      headers: { link: '<u?page=3>; rel=next', 'x-next-page': '9' },
      expected: 'page=3',
    },
    {
      name: 'may stand anywhere in Link',
      headers: { link: '<u?page=1>; rel="prev", <u?page=3>; title="t"; rel="next"' },
      expected: 'page=3',
    },
    { name: 'is none in a Link without one', headers: { link: '<u>; rel="next"' }, expected: null },
    {
      name: 'keeps the parameters with x-next-page',
      headers: { 'x-next-page': '3' },
      expected: 'sort=asc&page=3',
    },
    { name: 'is none for what is no page', headers: { 'x-next-page': '../..' }, expected: null },
    {
      name: 'is none on the last of all pages',
      headers: { 'x-page': '3', 'x-total-pages': '3' },
      expected: null,
    },
    {
      name: 'is the next of all pages',
      headers: { 'x-page': '2', 'x-total-pages': '3' },
      expected: 'sort=asc&page=3',
    },
  ] satisfies readonly { name: string; headers: Record<string, string>; expected: string | null }[])(
    '$name',
    ({ headers, expected }) => {
      expect(nextQuery('sort=asc', headers as Record<string, string>, 7)).toBe(expected);
    },
  );

  test.each([
    ['sort=asc', 20, 'sort=asc&page=2'],
    ['page=4&per_page=100', 100, 'page=5&per_page=100'],
    ['pagination=keyset&per_page=100', 100, null],
  ])('is guessed after a full page without headers: %s', (query, rows, expected) => {
    expect(nextQuery(query, {}, rows)).toBe(expected);
    expect(nextQuery(query, {}, rows - 1)).toBe(null);
  });

  test('is found or not in any header, in no time', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom('<'.repeat(50_000), '<a>;'.repeat(20_000), `<a>${' '.repeat(50_000)}`),
    );
    fc.assert(
      fc.property(hostile, hostile, (link, page) => {
        const next = nextQuery('a=b', { link, 'x-next-page': page }, 100);
        expect(next === null || typeof next === 'string').toBe(true);
      }),
    );
  });
});
