import { gzipSync } from 'node:zlib';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { connect, origin, rejection } from '../connect-for-test.ts';

const address = '/api/v4/projects/42/jobs/501/trace';
const job = { projectId: 42, jobId: 501 };

interface Collected {
  readonly texts: () => string;
  readonly begun: () => number;
  begin(): void;
  write(piece: Uint8Array): 'more' | 'enough';
}

function collect(enoughBytes = Number.POSITIVE_INFINITY): Collected {
  let pieces: Uint8Array[] = [];
  let begun = 0;
  return {
    texts: () => Buffer.concat(pieces).toString(),
    begun: () => begun,
    begin() {
      begun += 1;
      pieces = [];
    },
    write(piece) {
      pieces.push(piece);
      return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0) >= enoughBytes ? 'enough' : 'more';
    },
  };
}

describe('the log of a job', () => {
  test('is handed on whole, and larger than an answer may be', async () => {
    const log = 'line\n'.repeat(10_000);
    nock(origin).get(address).reply(200, log, { 'content-type': 'text/plain' });
    const sink = collect();
    await connect({ limits: { maxAnswerBytes: 100 } }).gitlab.readTrace(job, sink);
    expect(sink.texts()).toBe(log);
  });

  test('is unpacked on the way', async () => {
    nock(origin).get(address).reply(200, gzipSync('packed'), { 'content-encoding': 'gzip' });
    const sink = collect();
    await connect().gitlab.readTrace(job, sink);
    expect(sink.texts()).toBe('packed');
  });

  test('is read no further than the reader wants', async () => {
    nock(origin)
      .get(address)
      .reply(200, () => gzipSync('x'.repeat(20_000_000)), { 'content-encoding': 'gzip' });
    const sink = collect(1);
    await connect().gitlab.readTrace(job, sink);
    expect(sink.texts().length).toBeLessThan(1_000_000);
  });

  test('starts again after an answer that was none', async () => {
    nock(origin).get(address).reply(503, 'busy');
    nock(origin).get(address).reply(200, 'whole');
    const sink = collect();
    await connect().gitlab.readTrace(job, sink);
    expect(sink.texts()).toBe('whole');
    expect(sink.begun()).toBe(1);
  });

  test('that may not be seen is refused, and nothing is handed on', async () => {
    nock(origin).get(address).reply(403, { message: '403 Forbidden' });
    const sink = collect();
    expect(await rejection(connect().gitlab.readTrace(job, sink))).toMatchObject({ status: 403 });
    expect(sink.begun()).toBe(0);
  });
});
