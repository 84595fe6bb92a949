import { describe, expect, test } from 'vitest';
import type { EmbeddedRequest } from '../../../src/demo/http.ts';
import type { Intervention } from '../../../src/demo/server.ts';
import { HeraldError } from '../../../src/errors.ts';
import type { Noteable } from '../../../src/model/noteable.ts';
import { aStage, forkMr, issue, mr, type Stage } from './stage.ts';

/** Every read that the bot makes to find out what somebody may do. */
const reads = {
  membership: /\/members\/all\/\d+$/,
  branches: /\/(?:protected_branches|repository\/branches\/[^/]+)$/,
  environments: /\/protected_environments$/,
  deployments: /\/deployments$/,
  subject: /\/(?:merge_requests|issues)\/\d+$/,
} as const;

type Read = keyof typeof reads;

/** Commands that change something, with the reads that each depends on, and something they do while all is told. */
const commands: readonly {
  readonly words: string;
  readonly on: Noteable;
  readonly needs: readonly Read[];
}[] = [
  { words: 'play deploy', on: mr, needs: ['membership', 'branches', 'environments'] },
  { words: 'retry', on: mr, needs: ['membership', 'branches', 'environments'] },
  { words: 'run', on: mr, needs: ['membership', 'branches', 'environments', 'subject'] },
  { words: 'cancel', on: mr, needs: ['membership', 'branches'] },
  { words: `ok-to-test ${'f0'.repeat(20)}`, on: forkMr, needs: ['membership', 'environments', 'subject'] },
  { words: 'label ~bug', on: mr, needs: ['membership'] },
  // Its author may close it, member or not.
  { words: 'close', on: mr, needs: ['subject'] },
  { words: 'close', on: issue, needs: ['membership', 'subject'] },
  { words: 'milestone 2.0', on: mr, needs: ['membership'] },
];

const refusals: readonly { readonly name: string; readonly answer: NonNullable<Intervention> }[] = [
  { name: '403', answer: { status: 403, body: { message: '403 Forbidden' } } },
  { name: '404 of what is hidden', answer: { status: 404, body: { message: '404 Project Not Found' } } },
  { name: '404 that says nothing', answer: { status: 404, body: { error: '404 Not Found' } } },
  { name: '500', answer: { status: 500, body: { message: '500 Internal Server Error' } } },
];

/** A running pipeline whose failed job was deployed before, so that every command has something to do. */
function withWork({ state }: Stage, words: string): void {
  const [pipeline] = state.pipelines;
  if (pipeline !== undefined && words === 'cancel') pipeline.status = 'running';
  // Not the pipeline's jobs alone: one that never ran is closed where nothing is known.
  for (const job of pipeline?.jobs ?? []) if (job.name === 'unit') Object.assign(job, { started_at: null });
}

async function deedsOf(
  { words, on }: (typeof commands)[number],
  refuse: (request: EmbeddedRequest) => Intervention,
): Promise<readonly string[]> {
  const stage = await aStage(null, { beforeRequest: refuse });
  withWork(stage, words);
  try {
    await stage.handle(stage.say('dev', `/herald ${words}`, on).payload);
  } catch (error) {
    if (!(error instanceof HeraldError)) throw error;
  }
  return stage.deeds();
}

const table = commands.flatMap((command) =>
  command.needs.flatMap((read) =>
    refusals.map((refusal) => ({ command, read, refusal, words: command.words, name: refusal.name })),
  ),
);

describe('what GitLab does not tell of rights opens nothing', () => {
  test.each(commands)('while all is told, "$words" is obeyed', async (command) => {
    expect(await deedsOf(command, () => undefined)).not.toEqual([]);
  });

  test.each(table)('"$words" is not obeyed when $read is answered with $name', async (one) => {
    const { command, read, refusal } = one;
    let asked = 0;
    const deeds = await deedsOf(command, ({ method, path }) => {
      if (method !== 'GET' || !reads[read].test(path)) return undefined;
      asked += 1;
      return refusal.answer;
    });
    expect(asked, 'the read is made').toBeGreaterThan(0);
    expect(deeds).toEqual([]);
  });

  test('the Community Edition, which says that it is one, has no protected environments', async () => {
    const [play] = commands;
    if (play === undefined) throw new Error('there is no command');
    const answer =
      (enterprise: boolean) =>
      (request: EmbeddedRequest): Intervention =>
        request.path.endsWith('/protected_environments')
          ? { status: 404, body: { error: '404 Not Found' } }
          : request.path === '/version'
            ? { status: 200, body: { version: '19.6.0', enterprise } }
            : undefined;
    expect(await deedsOf(play, answer(false))).toEqual(['POST /projects/42/jobs/603/play']);
    expect(await deedsOf(play, answer(true))).toEqual([]);
  });
});
