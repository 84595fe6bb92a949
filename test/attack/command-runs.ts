/** A run of every command against a GitLab in this process, for tests that attack what all of them do. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { CommandName } from '../../src/cli/summaries.ts';
import type { EmbeddedRequest } from '../../src/demo/http.ts';
import { demoVariables } from '../../src/demo/scenario.ts';
import type { Intervention } from '../../src/demo/server.ts';
import { herald, type Outcome } from '../cli/herald.ts';
import { botProjectState, canaries } from '../setup/bot-project-state.ts';
import { startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../support/gitlab/state/of-demo.ts';
import type { EmbeddedState } from '../support/gitlab/state/state.ts';
import { sentryToken, startEmbeddedSentry } from '../support/sentry/embedded-sentry.ts';
import { mergeRequestEvent } from '../usecases/bot/events.ts';
import { aStage } from '../usecases/bot/stage.ts';
import { addDays, day, emptyProject, end } from '../usecases/digest/history-stage.ts';
import { Workshop } from '../usecases/releases/workshop.ts';

export type Before = (request: EmbeddedRequest) => Intervention;

/** One run of a command, and what everybody may read of it. */
export interface CommandRun {
  readonly title: string;
  /**
   * Runs it; every request of the run goes through `before`, those that prepare the stage do not. `more` are variables
   * over the usual ones, for the address of GitLab, which the command line names or leaves to them.
   */
  run(before: Before, more?: MoreVariables, namesServer?: boolean): Promise<Outcome>;
}

export type MoreVariables = (url: string) => Readonly<Record<string, string>>;

const noMore: MoreVariables = () => ({});

/** An intervention that begins when the stage is ready. */
function armed(before: Before): { readonly beforeRequest: Before; arm(): void } {
  let isArmed = false;
  return {
    beforeRequest: (request) => (isArmed ? before(request) : undefined),
    arm: () => {
      isArmed = true;
    },
  };
}

export async function aFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-attack-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

function serverFlag(url: string, isNamed: boolean): readonly string[] {
  return isNamed ? ['--server', url] : [];
}

const usual = ['--max-wait', '1', '--log-level', 'debug'];

/** Commands that ask no GitLab have no limit on waiting for it. */
function isOffline([command = '']: readonly string[]): boolean {
  return ['inspect', 'convert', 'config'].includes(command);
}

/** On the demo's merge request, in its job. */
function inJob(args: readonly string[], text = ''): CommandRun {
  return {
    title: args.join(' '),
    async run(before, more = noMore, namesServer = true) {
      const { beforeRequest, arm } = armed(before);
      const gitlab = await startEmbeddedGitLab({
        state: stateOfDemo(new Date()),
        beforeRequest,
        askedByHand: true,
      });
      onTestFinished(() => gitlab.stop());
      const folder = await aFolder({
        'junit.xml':
          '<testsuite name="s"><testcase classname="A" name="b"><failure message="no"/></testcase></testsuite>',
      });
      arm();
      return herald(
        [
          ...args.map((one) => (one === 'junit.xml' ? join(folder, one) : one)),
          ...(isOffline(args) ? [] : [...usual, ...serverFlag(gitlab.url, namesServer)]),
        ],
        { ...demoVariables('first', gitlab.url, folder), NO_COLOR: '1', ...more(gitlab.url) },
        Readable.from([Buffer.from(text)]),
        folder,
      );
    },
  };
}

/** In a till with releases, issues, pipelines and people. */
function onStage(args: readonly string[], stdin = ''): CommandRun {
  return {
    title: args.join(' '),
    async run(before, more = noMore, namesServer = true) {
      const { beforeRequest, arm } = armed(before);
      const presets =
        'welcome: true, conventional-titles: true, description: true, stale: true, reviewers: true';
      const stage = await aStage(`bot: { presets: { ${presets} } }`, { beforeRequest, askedByHand: true });
      const shop = new Workshop(stage);
      shop.tag('v1.3.0');
      shop.issue(50, 'The drawer sticks');
      shop.merge({ title: 'fix: oil the drawer', description: 'Closes #50' });
      shop.release('v1.4.0', 'Our best one.');
      shop.merge({ title: 'feat: next' });
      const sentry = await startEmbeddedSentry();
      onTestFinished(() => sentry.stop());
      arm();
      const tracker = ['--sentry-server', sentry.url, '--sentry-org', 'acme', '--sentry-projects', 'web'];
      return herald(
        [
          ...args,
          ...(args[0] === 'track-release' ? tracker : []),
          ...serverFlag(stage.gitlab.url, namesServer),
          ...['--project', 'shop/till'],
          ...usual,
        ],
        {
          HERALD_TOKEN: 'bot-token',
          SENTRY_AUTH_TOKEN: sentryToken,
          NO_COLOR: '1',
          ...more(stage.gitlab.url),
        },
        Readable.from([Buffer.from(stdin)]),
        await aFolder(),
      );
    },
  };
}

function ofHistory(args: readonly string[]): CommandRun {
  return {
    title: args.join(' '),
    async run(beforeRequest, more = noMore, namesServer = true) {
      const state = emptyProject();
      addDays(state, end - 20 * day, 2);
      const gitlab = await startEmbeddedGitLab({ state, askedByHand: true, beforeRequest });
      onTestFinished(() => gitlab.stop());
      return herald(
        [...args, ...serverFlag(gitlab.url, namesServer), '--project', 'shop/till', ...usual],
        { HERALD_TOKEN: 'bot-token', NO_COLOR: '1', ...more(gitlab.url) },
        null,
        await aFolder(),
      );
    },
  };
}

const watched = 'shop/checkout';
const bots = ['--bot-project', 'shop/herald-bot', '--watch', watched];
const receiver = ['--receiver', 'https://herald.example.com', '--watch', watched];
const secrets = {
  HERALD_TOKEN: canaries.maintainer,
  HERALD_BOT_TOKEN: canaries.bot,
  HERALD_WEBHOOK_SECRET: 'CANARY-secret-0123456789-0123456789-a',
  NO_COLOR: '1',
};

function aSetupState(): EmbeddedState {
  const state = botProjectState([watched]);
  state.ci.groups.push({ id: 7, full_path: 'shop' });
  Object.assign(state.tokens[0] ?? {}, { facts: { scopes: ['api'], expires_at: null } });
  return state;
}

/** For a bot; `first` are command lines of before. */
function ofBot(args: readonly string[], ...first: readonly (readonly string[])[]): CommandRun {
  return {
    title: [args.join(' '), ...first.map((one) => one.join(' '))].join(' after '),
    async run(before, more = noMore, namesServer = true) {
      const { beforeRequest, arm } = armed(before);
      const gitlab = await startEmbeddedGitLab({ state: aSetupState(), askedByHand: true, beforeRequest });
      onTestFinished(() => gitlab.stop());
      const run = async (line: readonly string[], variables = {}): Promise<Outcome> =>
        herald(
          [
            ...line,
            ...serverFlag(gitlab.url, namesServer || line !== args),
            ...(line[0] === 'search' ? [] : ['--allow-insecure']),
            ...usual,
          ],
          { ...secrets, ...variables },
          null,
          await aFolder(),
        );
      for (const line of first) await run(line);
      arm();
      return run(args, more(gitlab.url));
    },
  };
}

const setup = ['setup', ...bots];

/** Every command that says something; a new one is missed by its name. */
export const commandRuns: Readonly<Record<CommandName, readonly CommandRun[]>> = {
  report: [inJob(['report']), inJob(['report', '--dry-run'])],
  explain: [inJob(['explain']), inJob(['explain', '--json'])],
  inspect: [inJob(['inspect', 'junit.xml'])],
  convert: [inJob(['convert', 'junit.xml', '--to', 'sarif'])],
  comment: [inJob(['comment', '--dry-run'], 'hello'), inJob(['comment'], 'hello')],
  status: [inJob(['status', '--state', 'success']), inJob(['status', '--state', 'success', '--dry-run'])],
  label: [inJob(['label', '--add', 'x']), inJob(['label', '--add', 'x', '--dry-run'])],
  'track-release': [onStage(['track-release', 'v1.4.0']), onStage(['track-release', 'v1.4.0', '--dry-run'])],
  setup: [
    ofBot([...setup, '--plan']),
    ofBot(setup),
    ofBot([...setup, '--plan'], setup),
    ofBot([...setup, '--bot', '--plan']),
    ofBot([...setup, '--remove'], setup),
    ofBot([...setup, '--rotate'], setup),
    ofBot([...setup, '--test'], setup),
    ofBot([...setup, '--instructions']),
    ofBot(['setup', '--bot-project', 'shop/herald-bot', '--rotate-token'], setup),
    ofBot(['setup', '--bot-project', 'shop/herald-bot', '--group', 'shop', '--plan']),
    ofBot(['setup', ...receiver]),
    ofBot(['setup', ...receiver, '--test'], ['setup', ...receiver]),
    ofBot(['setup', ...receiver, '--alerts', 'sentry']),
    ofBot(['setup', '--install', 'shop', '--plan']),
  ],
  bot: [
    onStage(['bot', '--sweep']),
    onStage(['bot', '--sweep', '--dry-run']),
    onStage(['bot', '--backtest', '30d']),
    onStage(['bot', '--payload', '-', '--dry-run'], JSON.stringify(mergeRequestEvent('open'))),
    onStage(['bot', '--payload', '-', '--log-format', 'json'], JSON.stringify(mergeRequestEvent('open'))),
  ],
  serve: [],
  'release-notes': [onStage(['release-notes', 'v1.4.0'])],
  digest: [
    ofHistory(['digest', '--period', '2026-04']),
    ofHistory(['digest', '--period', '2026-04', '--to', 'issue,wiki']),
    ofHistory(['digest', '--period', '2026-04', '--plan']),
  ],
  search: [
    onStage(['search', 'issues', 'till']),
    ofBot(['search', 'projects', 'shop']),
    onStage(['search', 'issues', 'till', '--json']),
  ],
  doctor: [
    ofBot(['doctor', ...bots], setup),
    ofBot(['doctor', ...bots]),
    ofBot(['doctor', ...bots, '--json'], setup),
    ofBot(['doctor', ...bots, '--notify'], setup),
    ofBot(['doctor', ...receiver], ['setup', ...receiver]),
  ],
  config: [inJob(['config', 'print', 'report'])],
  completion: [],
  demo: [],
};
