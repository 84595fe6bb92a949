import { expect } from 'vitest';
import type { Check } from '../../../src/doctor/check.ts';
import { herald, type Outcome } from '../../cli/herald.ts';
import { bot, canaries } from '../../setup/bot-project-state.ts';
import type { EmbeddedOptions } from '../../support/gitlab/embedded-gitlab.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { aSetupStage, type SetupStage } from '../setup/stage.ts';

export interface Installation {
  readonly stage: SetupStage;
  readonly state: EmbeddedState;
  /** Methods and paths of what was written since the installation stood. */
  writes(): readonly string[];
  /** Runs `herald doctor` on it with a token; by default that of the maintainer. */
  doctor(args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** The same for all projects of a group. */
  groupDoctor(
    group: string,
    args?: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<Outcome>;
  /** What it finds, as `--json` gives it. */
  checks(args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<readonly Check[]>;
}

/** A bot that herald setup made with these options, and that has run once. */
export async function anInstallation(
  options: Readonly<Record<string, unknown>> = {},
  change: (state: EmbeddedState) => void = () => undefined,
  embedded: Omit<EmbeddedOptions, 'state'> = {},
): Promise<Installation> {
  const stage = await aSetupStage(['shop/checkout'], embedded);
  const { state, gitlab } = stage;
  Object.assign(state.tokens[0] ?? {}, { facts: { scopes: ['api'], expires_at: null } });
  state.ci.resourceGroups.push({ project_id: bot.id, key: 'herald-bot', process_mode: 'oldest_first' });
  change(state);
  const outcomes = await stage.run(options);
  expect(outcomes.map(({ refusal }) => refusal)).toEqual(outcomes.map(() => null));
  const before = gitlab.requests.length;
  const start = ['doctor', '--server', gitlab.url, '--allow-insecure', '--bot-project', bot.path];
  const tokens = { HERALD_TOKEN: canaries.maintainer };
  const doctor: Installation['doctor'] = (args = [], env = {}) =>
    herald([...start, '--watch', 'shop/checkout', ...args], { ...tokens, ...env });
  return {
    stage,
    state,
    writes: () =>
      gitlab.requests
        .slice(before)
        .flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`])),
    doctor,
    groupDoctor: (group, args = [], env = {}) =>
      herald([...start, '--group', group, ...args], { ...tokens, ...env }),
    async checks(args = [], env = {}) {
      const { stdout, stderr } = await doctor(['--json', ...args], env);
      expect(stderr).not.toMatch(/^herald/m);
      return stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Check);
    },
  };
}

/** The checks that are not well, in few words. */
export function complaints(checks: readonly Check[]): readonly string[] {
  return checks
    .filter(({ state }) => state !== 'ok')
    .map(({ about, state, words }) => `${state} ${about}: ${words}`);
}
