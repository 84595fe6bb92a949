/**
 * A digest from histories. Each project is counted once and can be forgotten then: what stays of it are numbers, its
 * worst things and its gaps.
 */
import type { Digest, MeasuredFigure, MeasureSection, Offender, SeriesPoint, Span } from '../model/digest.ts';
import type { Instant, ProjectHistory } from '../model/project-history.ts';
import { bucketsOf, inZone } from './calendar.ts';
import { sourceInWords } from './facts/deployments.ts';
import { byText, byValue, byValueUp, offendersKept } from './facts/worst.ts';
import type { Measure, MeasureSettings } from './measure.ts';
import { isBeyondNoise } from './noise.ts';
import { addRows, emptyTable, type TableState, tableOf } from './ranked-tables.ts';
import { isCut, readableOf } from './readable.ts';
import { measures, methodVersion, tables } from './registry.ts';
import type { Sample } from './sample.ts';
import { addToSide, comparableOf, emptySide, figureOf, type Side } from './side.ts';
import type { TableSource } from './table.ts';

/** What a digest is about. */
export interface DigestRequest extends Pick<Digest, 'scope' | 'period' | 'previous'> {
  readonly createdAt: Instant;
  readonly settings: MeasureSettings;
}

interface PlacedOffender {
  readonly project: string;
  readonly index: number;
  readonly offender: Offender;
}

interface MeasureState {
  readonly measure: Measure;
  readonly current: Side;
  readonly previous: Side;
  readonly course: readonly { readonly span: Span; readonly side: Side }[];
  offenders: readonly PlacedOffender[];
}

/** Grows with each project, by a few numbers a project and the values of its medians. */
export interface DigestState {
  readonly request: DigestRequest;
  readonly measures: readonly MeasureState[];
  readonly tables: ReadonlyMap<string, TableState>;
  readonly projects: Digest['projects'][number][];
  readonly empty: string[];
  readonly daysOf: (span: Span) => number;
}

/** A digest without projects. */
export function startDigest(request: DigestRequest): DigestState {
  const { period } = request;
  const courses = new Map<Measure['series'], readonly Span[]>([
    ['day', bucketsOf(period, unitOf(period, 'day'), { ...period, max: 1_200 })],
    ['week', bucketsOf(period, unitOf(period, 'week'), { ...period, max: 1_200 })],
  ]);
  return {
    request,
    measures: measures.map((measure) => ({
      measure,
      current: emptySide(),
      previous: emptySide(),
      course: (courses.get(measure.series) ?? []).map((span) => ({ span, side: emptySide() })),
      offenders: [],
    })),
    tables: new Map(tablesFor(request.settings).map(({ id }) => [id, emptyTable()])),
    projects: [],
    empty: [],
    daysOf: dayCounter(period.timeZone),
  };
}

function tablesFor({ people }: MeasureSettings): readonly TableSource[] {
  return tables.filter(({ isAboutPeople }) => people || isAboutPeople !== true);
}

const day = 86_400_000;

/** A course of at most some sixty points can be read. */
function unitOf({ from, until }: Span, finest: 'day' | 'week'): 'day' | 'week' | 'month' {
  const days = (until - from) / day;
  if (days > 400) return 'month';
  return days > 45 ? 'week' : finest;
}

/** Days of a span by the clocks of the time zone: a day of 23 hours is a whole one, a part of a day is a fraction. */
function dayCounter(timeZone: string): (span: Span) => number {
  const known = new Map<Instant, number>();
  const clockOf = (at: Instant): number => {
    const clock = known.get(at) ?? at + inZone(at, timeZone).offsetNanoseconds / 1_000_000;
    known.set(at, clock);
    return clock;
  };
  return ({ from, until }) => Math.max(0, clockOf(until) - clockOf(from)) / day;
}

/** Counts one project; afterwards nothing of its history is held. */
export function addProject(state: DigestState, history: ProjectHistory): void {
  const { project, read } = history;
  state.projects.push({ id: project.id, path: project.path, url: project.url, gaps: gapsOf(read) });
  if (project.defaultBranch === null) state.empty.push(project.path);
  for (const measured of state.measures) addMeasure(measured, state, history);
  const { period, settings } = state.request;
  for (const source of tablesFor(settings)) {
    const table = state.tables.get(source.id);
    if (table === undefined || readableOf(source, { history, span: period, settings }).kind === 'unread')
      continue;
    addRows(table, source, { project, rows: source.rows(history, period, settings) });
  }
}

function gapsOf(read: ProjectHistory['read']): readonly string[] {
  return [
    ...new Set(
      Object.entries(read).flatMap(([part, { gap, usable }]) =>
        gap !== null || !usable ? [gap ?? `${part.replaceAll('-', ' ')} could not be read`] : [],
      ),
    ),
  ];
}

function addMeasure(measured: MeasureState, state: DigestState, history: ProjectHistory): void {
  const { measure, current, previous, course } = measured;
  const { request, daysOf } = state;
  const { settings, period } = request;
  const add = (side: Side, span: Span, sampleOf: () => Sample): void => {
    addToSide(side, readableOf(measure, { history, span, settings }), () => ({
      sample: sampleOf(),
      doubts: measure.doubts?.(history, span, settings) ?? {},
      daysOf,
    }));
  };
  add(current, period, () => measure.sample(history, period, settings));
  add(previous, request.previous, () =>
    measure.isStateNow === true
      ? { kind: 'none', reason: 'GitLab shows only how it is now' }
      : measure.sample(history, request.previous, settings),
  );
  addCourse(measure, course, { history, settings, daysOf });
  if (
    measure.offenders !== undefined &&
    readableOf(measure, { history, span: period, settings }).kind === 'read'
  )
    addOffenders(measured, history.project.path, measure.offenders(history, period, settings));
}

function addCourse(
  measure: Measure,
  course: MeasureState['course'],
  {
    history,
    settings,
    daysOf,
  }: { readonly history: ProjectHistory; readonly settings: MeasureSettings } & Pick<DigestState, 'daysOf'>,
): void {
  if (course.length === 0) return;
  const spans = course.map(({ span }) => span);
  const samples =
    measure.samples?.(history, spans, settings) ??
    spans.map((span) => measure.sample(history, span, settings));
  for (const [index, { span, side }] of course.entries()) {
    const sample = samples[index];
    if (sample === undefined) continue;
    const readable = readableOf(measure, { history, span, settings });
    if (isCut(readable, span) && (sample.kind === 'count' || sample.kind === 'days')) continue;
    addToSide(side, readable, () => ({ sample, doubts: {}, daysOf }));
  }
}

function addOffenders(measured: MeasureState, project: string, offenders: readonly Offender[]): void {
  const { measure } = measured;
  const state = measured;
  const order = measure.better === 'higher' ? byValueUp : byValue;
  state.offenders = [
    ...measured.offenders,
    ...offenders.map((offender, index) => ({ project, index, offender })),
  ]
    .sort(
      (one, other) =>
        (hasValue(one) || hasValue(other) ? order(one.offender, other.offender) : 0) ||
        byText(one.project, other.project) ||
        one.index - other.index,
    )
    .slice(0, offendersKept);
}

function hasValue({ offender }: PlacedOffender): boolean {
  return offender.value !== null;
}

/** The digest of all projects that were counted, in whatever order. */
export function finish(state: DigestState, requests: number | null): Digest {
  const { request } = state;
  const count = state.projects.length;
  return {
    methodVersion,
    createdAt: new Date(request.createdAt).toISOString(),
    scope: request.scope,
    period: request.period,
    previous: request.previous,
    projects: state.projects.toSorted((one, other) => byText(one.path, other.path) || one.id - other.id),
    deploymentSource: sourceInWords(request.settings),
    figures: state.measures.map((measured) => finishMeasure(measured, count)),
    tables: tablesFor(request.settings).map((source) =>
      tableOf(state.tables.get(source.id) ?? emptyTable(), source, count),
    ),
    remarks: remarksOf(state),
    requests,
  };
}

function finishMeasure(measured: MeasureState, projects: number): MeasuredFigure {
  const { measure, current, previous, course, offenders } = measured;
  const { id, section, unit, better, nothing } = measure;
  const words = { unit, nothing: projects === 0 ? 'no project was read' : nothing };
  const [now, before] = [comparableOf(current), comparableOf(previous)];
  return {
    id,
    section,
    unit,
    better,
    current: figureOf(current, words),
    previous: figureOf(previous, words),
    isBeyondNoise: now !== null && before !== null && isBeyondNoise(now, before),
    series: course.map(({ span, side }): SeriesPoint => {
      const { value, n } = figureOf(side, words);
      return { ...span, value, n };
    }),
    offenders: offenders.map(({ project, offender }) =>
      projects > 1 ? { ...offender, name: nameInGroup(section, project, offender.name) } : offender,
    ),
  };
}

/** `group/app!12` as GitLab writes references; `group/app: build` for what has none, and `#12` of a pipeline. */
function nameInGroup(section: MeasureSection, project: string, name: string): string {
  const isReference =
    name.startsWith('!') || (name.startsWith('#') && section !== 'ci' && section !== 'tests');
  return isReference ? `${project}${name}` : `${project}: ${name}`;
}

function remarksOf({ empty, projects }: DigestState): readonly string[] {
  if (empty.length === 0) return [];
  if (projects.length === 1) return ['The project has no default branch: it is empty.'];
  return [`Empty projects, without a default branch: ${empty.length} of ${projects.length}.`];
}
