import { onTestFinished } from 'vitest';
import { refused } from '../../../src/demo/refusals.ts';
import { connectGitLab } from '../../../src/gitlab/rest.ts';
import type { Span } from '../../../src/model/digest.ts';
import type { HistoriesWorld } from '../../../src/usecases/digest/read-histories.ts';
import {
  type HistoryWish,
  type ReadHistory,
  readHistory,
} from '../../../src/usecases/digest/read-history.ts';
import { aClock, aLog, type TestLog } from '../../gitlab/connect-for-test.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../support/gitlab/embedded-gitlab.ts';
import { refusals } from '../../support/gitlab/refusals.ts';
import { route } from '../../support/gitlab/route.ts';
import {
  addMadeUpHistory,
  type MadeUpHistory,
  madeUpPeople,
  monthOfProject,
} from '../../support/gitlab/state/made-up-history.ts';
import { type EmbeddedState, emptyState } from '../../support/gitlab/state/state.ts';

export const token = 'bot-token';
export const day = 86_400_000;
/** The end of the period. */
export const end = Date.parse('2026-05-01T00:00:00Z');
export const spans: readonly [Span, Span] = [
  { from: end - 60 * day, until: end - 30 * day },
  { from: end - 30 * day, until: end },
];
export const projectId = 42;

/** A GitLab with a bot and a project without any history. */
export function emptyProject(): EmbeddedState {
  const state = emptyState();
  state.users.push({ id: 7, username: 'herald-bot' }, ...madeUpPeople);
  state.tokens.push({ value: token, kind: 'personal', userId: 7 });
  state.projects.push({ id: projectId, path_with_namespace: 'shop/till', default_branch: 'main' });
  return state;
}

/** Adds a stretch of about so many days' worth of a month of a project. */
export function addDays(
  state: EmbeddedState,
  from: number,
  days: number,
  more: Partial<MadeUpHistory> = {},
): void {
  const share = (count: number): number => Math.max(1, Math.round((count * days) / 30));
  addMadeUpHistory(state, {
    ...monthOfProject,
    mergeRequests: share(monthOfProject.mergeRequests),
    scheduled: share(monthOfProject.scheduled),
    issues: share(monthOfProject.issues),
    seed: 1,
    projectId,
    from,
    until: from + days * day,
    ...more,
  });
}

/** Periods as they are some time later. */
export function later([before, now]: readonly [Span, Span], milliseconds: number): readonly [Span, Span] {
  const moved = ({ from, until }: Span): Span => ({
    from: from + milliseconds,
    until: until + milliseconds,
  });
  return [moved(before), moved(now)];
}

/** A project with two months of history before `end`. */
export function twoMonths(): EmbeddedState {
  const state = emptyProject();
  addDays(state, end - 60 * day, 30);
  addDays(state, end - 30 * day, 30, { seed: 2 });
  return state;
}

export interface HistoryStage {
  readonly server: EmbeddedGitLab;
  /** The world of a run at a moment. */
  world(now: number): HistoriesWorld & { readonly log: TestLog };
  read(more?: Partial<HistoryWish> & { readonly now?: number }): Promise<ReadHistory>;
  /** Requests since the last time it was asked, as lines. */
  asked(): readonly string[];
}

/** A GitLab that refuses each question of GraphQL, as one does that lacks a field. */
export const withoutGraphql: Partial<EmbeddedOptions> = {
  routes: [
    route('GET', /^\/graphql$/, () => refused(refusals.unknownGraphqlField, "Field 'jobs' doesn't exist")),
  ],
};

/** Reads the history of the project over HTTP. */
export async function startHistoryStage(
  state: EmbeddedState,
  options: Partial<EmbeddedOptions> = {},
): Promise<HistoryStage> {
  const server = await startEmbeddedGitLab({ state, ...options });
  onTestFinished(() => server.stop());
  let heard = 0;
  const stage: HistoryStage = {
    server,
    world(now) {
      const clock = aClock(new Date(now).toISOString());
      const log = aLog();
      const gitlab = connectGitLab({
        apiUrl: server.apiUrl,
        token: { kind: 'bot', value: token, variable: 'HERALD_TOKEN' },
        log,
        clock,
        audit: () => undefined,
        caFile: null,
        variables: {},
        limits: { maxRequestsPerMinute: 1_000_000, maxTries: 1 },
      });
      return { gitlab, clock, log, mask: (text) => text };
    },
    async read({ now = end, ...more } = {}) {
      const project = {
        id: projectId,
        path: 'shop/till',
        url: `${server.url}/shop/till`,
        defaultBranch: 'main',
        archived: false,
      };
      const wish = {
        project,
        spans,
        reportJob: 'herald',
        kept: null,
        maxRequests: null,
        resumeMs: 0,
        ...more,
      };
      return readHistory(stage.world(now), wish);
    },
    asked() {
      const lines = server.requests
        .slice(heard)
        .map(({ method, path, query }) => `${method} ${path}?${query}`);
      heard = server.requests.length;
      return lines;
    },
  };
  return stage;
}
