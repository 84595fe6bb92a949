import { addProject, finish, startDigest } from '../../src/digest/compute.ts';
import type { MeasureSettings } from '../../src/digest/measure.ts';
import type { Digest, MeasuredFigure, Span } from '../../src/model/digest.ts';
import type { ProjectHistory } from '../../src/model/project-history.ts';
import { november, october, usualSettings } from './histories.ts';

interface Asked {
  readonly settings?: Partial<MeasureSettings>;
  readonly period?: Span;
  readonly previous?: Span;
}

/** The digest of November of some projects, compared with October. */
export function digestOf(
  histories: readonly ProjectHistory[],
  { settings = {}, period = november, previous = october }: Asked = {},
): Digest {
  const all = { ...usualSettings, ...settings };
  const state = startDigest({
    createdAt: november.until,
    scope: { kind: 'project', name: 'group/app', url: null },
    period: { ...period, label: 'period', timeZone: all.timeZone },
    previous: { ...previous, label: 'previous', timeZone: all.timeZone },
    settings: all,
  });
  for (const history of histories) addProject(state, history);
  return finish(state, null);
}

const known = new WeakMap<ProjectHistory, Map<string, Digest>>();

/** The same digest once. */
function digestOfOne(history: ProjectHistory, asked: Asked): Digest {
  const digests = known.get(history) ?? new Map<string, Digest>();
  known.set(history, digests);
  const key = JSON.stringify(asked);
  const digest = digests.get(key) ?? digestOf([history], asked);
  digests.set(key, digest);
  return digest;
}

/** One figure of such a digest. */
export function measured(id: string, history: ProjectHistory, asked: Asked = {}): MeasuredFigure {
  const found = digestOfOne(history, asked).figures.find((figure) => figure.id === id);
  if (found === undefined) throw new Error(`no measure ${id}`);
  return found;
}

/** The rows of one table of such a digest. */
export function rowsOf(
  id: string,
  history: ProjectHistory,
  asked: Asked = {},
): readonly (readonly (string | number | null)[])[] {
  const found = digestOfOne(history, asked).tables.find((table) => table.id === id);
  if (found === undefined) throw new Error(`no table ${id}`);
  return found.rows.map(({ cells }) => cells);
}
