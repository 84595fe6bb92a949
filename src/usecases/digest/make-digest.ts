import { addProject, finish, startDigest } from '../../digest/compute.ts';
import type { MeasureSettings } from '../../digest/measure.ts';
import { type ParsedPeriod, parsePeriod, type WantedPeriod } from '../../digest/period.ts';
import { UsageError } from '../../errors.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { Clock, Log } from '../../io/port.ts';
import type { Digest, Span } from '../../model/digest.ts';
import { counted } from '../../model/plural.ts';
import type { Instant } from '../../model/project-history.ts';
import { findTagPeriod } from './find-tag-period.ts';
import type { HistoryStore } from './history-store.ts';
import { planReadings } from './plan-reading.ts';
import type { HistoryScope } from './projects-of-scope.ts';
import { readHistories } from './read-histories.ts';

export interface DigestWorld {
  readonly gitlab: GitLab;
  readonly clock: Clock;
  readonly log: Log;
  readonly mask: (text: string) => string;
}

export interface DigestWish {
  readonly scope: HistoryScope;
  readonly period: WantedPeriod;
  /** The longest period, in milliseconds; missing where any is right. */
  readonly longest?: number;
  readonly settings: MeasureSettings;
  readonly reportJob: string | null;
  readonly maxRequests: number | null;
  readonly store: HistoryStore;
  /** Address of the instance. */
  readonly server: string;
}

type Periods = Extract<ParsedPeriod, { kind: 'periods' }>;

/** Throws `UsageError` for what cannot be a period, whatever GitLab has. */
export function checkPeriod(period: WantedPeriod, now: Instant): void {
  const parsed = parsePeriod(period, now);
  if (parsed.kind === 'wrong') throw new UsageError(parsed.message, { hint: parsed.hint });
}

/** The period that is meant. Throws `UsageError`. */
async function periodsOf(
  { scope, period, longest }: DigestWish,
  { gitlab, clock }: DigestWorld,
): Promise<Periods> {
  const parsed = parsePeriod(period, clock.now().getTime());
  const found = parsed.kind === 'tags' ? await ofTags(parsed, { scope, period }, gitlab) : parsed;
  if (found.kind === 'periods') {
    const days = Math.floor((longest ?? Number.POSITIVE_INFINITY) / 86_400_000);
    if (found.period.until - found.period.from > days * 86_400_000)
      throw new UsageError(`a digest covers at most ${days} days here`);
    return found;
  }
  if (found.kind === 'wrong') throw new UsageError(found.message, { hint: found.hint });
  throw new UsageError('the period is not known');
}

async function ofTags(
  tags: Extract<ParsedPeriod, { kind: 'tags' }>,
  { scope, period: { timeZone } }: Pick<DigestWish, 'scope' | 'period'>,
  gitlab: GitLab,
): Promise<ParsedPeriod> {
  if (scope.kind !== 'project')
    throw new UsageError('a period from tag to tag is for one project', { hint: 'give two days instead' });
  return findTagPeriod(tags, { project: await gitlab.fetchProject(scope.project), timeZone }, gitlab);
}

function nameOf(scope: HistoryScope): string {
  if (scope.kind === 'group') return scope.group;
  return scope.kind === 'projects' ? scope.globs.join(', ') : String(scope.project);
}

/** How many requests the digest will take, in lines for people. Throws as `makeDigest` does. */
export async function planDigest(wish: DigestWish, world: DigestWorld): Promise<readonly string[]> {
  const { scope, reportJob, maxRequests, store } = wish;
  const { period, previous } = await periodsOf(wish, world);
  const spans: readonly [Span, Span] = [previous, period];
  const onHistory = (): void => undefined;
  const plan = await planReadings(world, { scope, spans, reportJob, maxRequests, store, onHistory });
  const about = (isAbout: boolean): string => (isAbout ? 'about ' : '');
  const all = counted(plan.requests, { one: 'request', other: 'requests' });
  const asked = counted(plan.asked, { one: 'request', other: 'requests' });
  const of = counted(plan.projects, { one: 'project', other: 'projects' });
  const lists = plan.projects > 1 ? [] : plan.lists;
  return [
    `${period.label}, compared with ${previous.label} (${period.timeZone}), ${of}: ${about(plan.isAbout)}${all}`,
    ...lists.map(({ what, requests, isAbout }) => `  ${what}: ${about(isAbout)}${requests}`),
    `This plan took ${asked}.`,
  ];
}

/** Reads what happened and measures it. Throws `UsageError` and GitLab's errors where nothing can be read. */
export async function makeDigest(wish: DigestWish, world: DigestWorld): Promise<Digest> {
  const { scope, settings, server } = wish;
  const { period, previous } = await periodsOf(wish, world);
  const state = startDigest({
    scope: {
      kind: scope.kind,
      name: nameOf(scope),
      url: scope.kind === 'group' ? `${server}/groups/${scope.group}` : null,
    },
    period,
    previous,
    createdAt: world.clock.now().getTime(),
    settings,
  });
  const { remarks, requests } = await readHistories(world, {
    scope,
    spans: [previous, period],
    reportJob: wish.reportJob,
    maxRequests: wish.maxRequests,
    store: wish.store,
    onHistory: (history) => {
      addProject(state, history);
    },
  });
  const digest = finish(state, requests);
  const [only] = digest.projects;
  const named = scope.kind === 'project' && only !== undefined;
  return {
    ...digest,
    ...(named ? { scope: { kind: scope.kind, name: only.path, url: only.url } } : {}),
    remarks: [...digest.remarks, ...remarks],
  };
}
