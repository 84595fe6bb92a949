import { expect, test } from 'vitest';
import { askEarly } from '../../../src/gitlab/transport/early-user.ts';
import { openLine } from '../../../src/gitlab/transport/open-line.ts';
import { aClock, aLog, canary } from '../connect-for-test.ts';
import { serve, useRealNetwork } from '../loopback.ts';

useRealNetwork();

test('an early request to a GitLab that hangs ends without an answer when its connections are closed', async () => {
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const { origin } = await serve(() => {
    arrive();
  });
  const statuses: (number | null)[] = [];
  const early = askEarly(
    openLine({
      apiUrl: `${origin}/api/v4`,
      token: { kind: 'bot', value: canary, variable: 'HERALD_TOKEN' },
      log: aLog(),
      clock: aClock(),
      audit: ({ status, milliseconds }) => statuses.push(status, milliseconds),
      caFile: null,
      variables: {},
    }),
  );
  await arrived;
  early.line.connections.close();
  expect(await early.answer).toBeNull();
  expect(statuses).toEqual([null, 0]);
});
