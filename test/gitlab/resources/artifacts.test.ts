import { randomBytes } from 'node:crypto';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { AnswerTooLargeError } from '../../../src/errors.ts';
import { connect, origin, rejection } from '../connect-for-test.ts';

const address = '/api/v4/projects/42/jobs/501/artifacts/a.bin';
const job = { projectId: 42, jobId: 501 };
const ofRef = { projectId: 42, ref: 'main', jobName: 'report' };

describe('an artifact', () => {
  test('is given byte by byte, whatever its type says', async () => {
    const bytes = randomBytes(5000);
    nock(origin).get(address).reply(200, bytes, { 'content-type': 'application/json' });
    const file = await connect().gitlab.fetchArtifactFile(job, 'a.bin', 5000);
    expect(Buffer.from(file ?? []).equals(bytes)).toBe(true);
  });

  test('may be empty', async () => {
    nock(origin).get(address).reply(200, '');
    expect((await connect().gitlab.fetchArtifactFile(job, 'a.bin', 5000))?.byteLength).toBe(0);
  });

  test('that is not there is null', async () => {
    nock(origin).get(address).reply(404, { message: '404 Not Found' });
    nock(origin).get('/api/v4/projects/42/jobs/artifacts/main/raw/a.bin').query(true).reply(404);
    const { gitlab } = connect();
    expect(await gitlab.fetchArtifactFile(job, 'a.bin', 5000)).toBeNull();
    expect(await gitlab.fetchArtifactFileOfRef(ofRef, 'a.bin', 5000)).toBeNull();
  });

  test('that is larger than wanted is not read', async () => {
    nock(origin).get(address).reply(200, 'x'.repeat(5001));
    const error = await rejection(connect().gitlab.fetchArtifactFile(job, 'a.bin', 5000));
    expect(error).toBeInstanceOf(AnswerTooLargeError);
    expect(error).toMatchObject({ code: 'unusable-answer' });
    expect(error.message).toContain('too large: more than 5000 bytes');
  });

  test('that the token may not see is refused', async () => {
    nock(origin).get(address).reply(403, { message: '403 Forbidden' });
    // However long the answer that says so.
    expect(await rejection(connect().gitlab.fetchArtifactFile(job, 'a.bin', 1))).toMatchObject({
      status: 403,
    });
  });

  test('is looked for inside its archive only', async () => {
    const { gitlab } = connect();
    const error = await rejection(gitlab.fetchArtifactFile(job, '../../../../user', 1));
    expect(error.message).toContain('its path is outside the API');
    expect(gitlab.requestCount()).toBe(0);
  });
});
