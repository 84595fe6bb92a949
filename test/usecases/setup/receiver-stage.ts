import { receiverSecretsFrom } from '../../../src/cli/receiver-secrets.ts';
import { setupWishesFrom } from '../../../src/cli/setup-wishes-from.ts';
import { setupOptions } from '../../../src/config/setup-options.ts';
import { problemOfProof } from '../../../src/receiver/authenticate.ts';
import { hookOwnerIn } from '../../../src/receiver/hook-secret.ts';
import { refusal } from '../../../src/receiver/refusal.ts';
import { setupReceiver } from '../../../src/usecases/setup/receiver.ts';
import type { SetupOutcome } from '../../../src/usecases/setup/wishes.ts';
import { canaries } from '../../setup/bot-project-state.ts';
import type { EmbeddedCi } from '../../support/gitlab/state/ci.ts';
import { aSetupStage, type SetupStage } from './stage.ts';

export const address = 'https://herald.example.com';
export const secret = 'CANARY-secret-0123456789-0123456789-a';
export const nextSecret = 'CANARY-secret-0123456789-0123456789-b';

type Variables = Readonly<Record<string, string>>;

/** A receiver that knows these variables, as far as it believes deliveries or not. */
export function aReceiver(variables: Variables): EmbeddedCi['receiver'] {
  const secretsOf = receiverSecretsFrom(variables);
  return ({ url, headers, body }) => {
    const of = (name: string): string => headers[name] ?? '';
    const problem = problemOfProof(
      {
        token: of('X-Gitlab-Token'),
        id: of('webhook-id'),
        timestamp: of('webhook-timestamp'),
        signature: of('webhook-signature'),
      },
      Buffer.from(body),
      { secrets: secretsOf(hookOwnerIn(new URL(url).searchParams)), now: new Date() },
    );
    if (problem === null) return { status: 200, body: '{"outcome":"queued"}' };
    const { status, code, text } = refusal(problem);
    return { status, body: JSON.stringify({ outcome: code, text }) };
  };
}

export interface ReceiverStage extends SetupStage {
  /** Runs `herald setup --receiver` as the maintainer. */
  setup(options?: Readonly<Record<string, unknown>>, key?: string): Promise<readonly SetupOutcome[]>;
  /** Methods of what was written since the last look. */
  writes(): readonly string[];
}

/** Projects to watch, and a receiver that knows the secret. */
export async function aReceiverStage(
  watched: readonly string[] = ['shop/checkout'],
  version = '19.6.0',
): Promise<ReceiverStage> {
  const stage = await aSetupStage(watched);
  const { state, gitlab, clock, log } = stage;
  state.version = version;
  state.ci.receiver = aReceiver({ HERALD_WEBHOOK_SECRET: secret });
  let seen = 0;
  return {
    ...stage,
    async setup(options = {}, key = secret) {
      const variables = { HERALD_WEBHOOK_SECRET: key };
      const parsed = setupOptions.parse({
        server: gitlab.url,
        allowInsecure: true,
        receiver: address,
        parts: ['webhook'],
        watch: watched,
        ...options,
      });
      const secretsOf = receiverSecretsFrom(variables);
      const wishes = setupWishesFrom(
        parsed,
        { variables },
        (owner) =>
          secretsOf(
            typeof owner === 'number' ? { kind: 'project', id: owner } : { kind: 'group', id: owner.group },
          )[0] ?? null,
      );
      const { receiver } = wishes;
      if (receiver === null) throw new Error('no receiver');
      const outcomes: SetupOutcome[] = [];
      const world = { gitlab: stage.connect(canaries.maintainer), clock, log };
      for await (const one of setupReceiver({ ...wishes, receiver }, world)) outcomes.push(one);
      return outcomes;
    },
    writes() {
      const fresh = gitlab.requests.slice(seen);
      seen = gitlab.requests.length;
      return fresh.flatMap(({ method, path }) =>
        method === 'GET' ? [] : [`${method} ${path.replace('/projects/100', '')}`],
      );
    },
  };
}
