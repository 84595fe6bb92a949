import { gzipSync } from 'node:zlib';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { canary, connect, connectAsJob, origin, rejection } from '../connect-for-test.ts';

const artifacts = '/api/v4/projects/42/jobs/501/artifacts';
const job = { projectId: 42, jobId: 501 };
const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100_000)]);

describe('a report of a job', () => {
  test('comes as GitLab keeps it, packed or not, whatever its headers say', async () => {
    const packed = gzipSync('<testsuite/>');
    const headers = {
      'content-type': 'application/json',
      'content-disposition': 'attachment; filename="a.zip"',
    };
    nock(origin).get(artifacts).query({ file_type: 'junit' }).reply(200, packed, headers);
    const answer = await connect().gitlab.fetchReport(job, 'junit', 5000);
    expect(answer).toMatchObject({ kind: 'report' });
    expect('bytes' in answer && Buffer.from(answer.bytes).equals(packed)).toBe(true);
  });

  test('is asked for with a job token, too', async () => {
    nock(origin, { reqheaders: { 'job-token': canary } })
      .get(artifacts)
      .query({ file_type: 'sast' })
      .reply(200, '{}');
    expect(await connectAsJob().gitlab.fetchReport(job, 'sast', 5000)).toMatchObject({ kind: 'report' });
  });

  test('in object storage is fetched there without the token', async () => {
    const storage = nock('https://storage.example.com').get('/a?x=1');
    nock(origin).get(artifacts).query(true).reply(302, '', { location: 'https://storage.example.com/a?x=1' });
    let sent: Record<string, unknown> = {};
    storage.reply(function () {
      sent = this.req.headers;
      return [200, '{}'];
    });
    expect(await connect().gitlab.fetchReport(job, 'sast', 5000)).toMatchObject({ kind: 'report' });
    expect(JSON.stringify(sent)).not.toContain(canary);
    expect(sent).not.toHaveProperty('authorization');
  });

  test.each([
    ['absent', 404, ''],
    ['archive', 200, zip],
    ['too-large', 200, 'x'.repeat(5001)],
  ])('that does not come is %s', async (kind, status, body) => {
    nock(origin).get(artifacts).query({ file_type: 'junit' }).reply(status, body);
    expect(await connect().gitlab.fetchReport(job, 'junit', 5000)).toEqual({ kind });
  });

  test('that the token may not read is refused', async () => {
    nock(origin).get(artifacts).query(true).reply(403, { message: '403 Forbidden' });
    expect(await rejection(connect().gitlab.fetchReport(job, 'junit', 5000))).toMatchObject({ status: 403 });
  });

  test('is read anew when an answer breaks off', async () => {
    nock(origin).get(artifacts).query(true).reply(200, 'half', { 'content-length': '100' });
    nock(origin).get(artifacts).query(true).reply(200, 'whole');
    const answer = await connect().gitlab.fetchReport(job, 'junit', 5000);
    expect('bytes' in answer && Buffer.from(answer.bytes).toString()).toBe('whole');
  });
});

describe('whether GitLab gives reports by type', () => {
  test.each([
    [400, true],
    [200, false],
    [404, false],
  ])('is told by %s for a type that it does not have', async (status, gives) => {
    nock(origin)
      .get(artifacts)
      .query({ file_type: 'herald' })
      .reply(status, status === 200 ? zip : { error: 'file_type does not have a valid value' });
    expect(await connect().gitlab.givesReports(job)).toBe(gives);
  });

  test('is not told by a refusal', async () => {
    nock(origin).get(artifacts).query(true).reply(403, { message: '403 Forbidden' });
    expect(await rejection(connect().gitlab.givesReports(job))).toMatchObject({ status: 403 });
  });
});

describe('the list of an archive', () => {
  const entries = [
    { name: 'out', path: 'out/', type: 'directory', mode: '040755' },
    { name: 'a.xml', path: 'out/a.xml', type: 'file', size: 12, mode: '100644' },
  ];

  test('has its files, over all pages', async () => {
    const list = nock(origin).get(`${artifacts}/tree`).query({ recursive: 'true', per_page: '100' });
    list.reply(200, entries, { 'x-next-page': '2' });
    nock(origin)
      .get(`${artifacts}/tree`)
      .query({ recursive: 'true', per_page: '100', page: '2' })
      .reply(200, [{ name: 'b', path: 'b', type: 'file', size: 1, mode: '100644' }]);
    expect(await connect().gitlab.fetchArchiveFiles(job, 1000)).toEqual([
      { path: 'out/a.xml', sizeBytes: 12 },
      { path: 'b', sizeBytes: 1 },
    ]);
  });

  test.each([
    ['is not there', 404, { message: '404 Not Found' }],
    ['is a file of this name', 200, 'a text'],
    ['is a file with other JSON', 200, { path: 1 }],
  ])('that %s is null, as before 18.8', async (_what, status, body) => {
    nock(origin).persist().get(`${artifacts}/tree`).query(true).reply(status, body);
    expect(await connect().gitlab.fetchArchiveFiles(job, 1000)).toBeNull();
  });
});
