import { changedLines } from '../diff/changed-lines.ts';
import type { EarlierFinding, FindingsComparison, LineRange, NewFinding } from '../model/comparison.ts';
import type { Diff } from '../model/diff.ts';
import type { EarlierFindings } from '../model/earlier-run.ts';
import { type Finding, type FindingsReport, severities } from '../model/findings.ts';

const maxFixed = 500;

type Changed = ReadonlyMap<string, readonly LineRange[]>;

/** What is known of the lines that change. */
interface Changes {
  readonly lines: Changed;
  /** Files whose lines GitLab omits, or some of them. */
  readonly omitted: ReadonlySet<string>;
}

function changesOf(diff: Diff): Changes {
  const omitted = diff.files.filter(({ complete }) => !complete).map(({ newPath }) => newPath);
  return { lines: changedLines(diff), omitted: new Set(omitted) };
}

function isOnChangedLine({ path, line, endLine }: Finding, changes: Changes | null): boolean | null {
  if (changes === null || path === null || line === null) return null;
  const last = Math.max(line, endLine ?? line);
  const isOn = changes.lines.get(path)?.some(({ start, end }) => start <= last && end >= line) ?? false;
  return isOn || !changes.omitted.has(path) ? isOn : null;
}

/** The parts of a finding that do not depend on its file. */
function sayingOf({ tool, rule, message }: Pick<Finding, 'tool' | 'rule' | 'message'>, path: string): string {
  return JSON.stringify([tool, rule, message.slice(0, keptMessageLength), path]);
}

/** Messages are kept cut in `herald-report.json`: both sides are compared at this length. */
export const keptMessageLength = 200;

/**
 * Earlier findings that only their file's new name made new: the same tool, rule and message in a file that the diff
 * renames, when there is exactly one on each side. By id of the new finding.
 */
function movedWithFile(
  fresh: readonly Finding[],
  gone: readonly EarlierFinding[],
  diff: Diff | null,
): ReadonlyMap<string, EarlierFinding> {
  const earlierPath = new Map(
    (diff?.files ?? [])
      .filter(({ change }) => change === 'renamed')
      .map((file) => [file.newPath, file.oldPath]),
  );
  const bySaying = groupedBy(gone, (finding) =>
    finding.path === null ? null : sayingOf(finding, finding.path),
  );
  const freshBySaying = groupedBy(fresh, (finding) => {
    const path = finding.path === null ? undefined : earlierPath.get(finding.path);
    return path === undefined ? null : sayingOf(finding, path);
  });
  const moved = new Map<string, EarlierFinding>();
  for (const [saying, [one, ...others]] of freshBySaying) {
    const [earlier, ...more] = bySaying.get(saying) ?? [];
    if (one !== undefined && earlier !== undefined && others.length + more.length === 0)
      moved.set(one.id, earlier);
  }
  return moved;
}

function groupedBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | null,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function byWeight(a: NewFinding, b: NewFinding): number {
  const changed = Number(b.onChangedLine === true) - Number(a.onChangedLine === true);
  return changed || severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity);
}

/**
 * New, fixed and existing findings by their stable identity, so that a finding whose line moved, or whose file the diff
 * renames, stays the same one. New ones on lines of the diff come first, then the more severe. Suppressed ones do not
 * count.
 */
export function compareFindings(
  now: FindingsReport,
  before: EarlierFindings,
  diff: Diff | null,
): FindingsComparison {
  const current = now.findings.filter(({ suppressed }) => !suppressed);
  const ids = new Set(current.map(({ id }) => id));
  const unknown = current.filter(({ id }) => !before.ids.has(id));
  const gone = [...before.ids].filter((id) => !ids.has(id));
  const goneFindings = gone.flatMap((id) => before.findings.get(id) ?? []);
  const moved = movedWithFile(unknown, goneFindings, diff);
  const movedFrom = new Set([...moved.values()].map(({ id }) => id));
  const changed = diff === null ? null : changesOf(diff);
  const fresh = unknown
    .filter(({ id }) => !moved.has(id))
    .map((finding) => ({ finding, onChangedLine: isOnChangedLine(finding, changed) }))
    .sort(byWeight);
  return {
    fresh,
    fixed: {
      count: gone.length - movedFrom.size,
      items: goneFindings.filter(({ id }) => !movedFrom.has(id)).slice(0, maxFixed),
    },
    existing: current.length - fresh.length,
    undecided: [],
    complete: now.omittedFindings === 0 && before.complete,
  };
}

/**
 * New findings where the earlier run has none to compare with: those on lines that the diff adds, and all of the files
 * that it adds. Whether the others are new is not known.
 */
export function findingsOnDiff(now: FindingsReport, diff: Diff): FindingsComparison {
  const current = now.findings.filter(({ suppressed }) => !suppressed);
  const changed = changesOf(diff);
  const addedFiles = new Set(
    diff.files.filter(({ change }) => change === 'added').map(({ newPath }) => newPath),
  );
  const placed = current.map((finding) => ({ finding, onChangedLine: isOnChangedLine(finding, changed) }));
  const isNew = ({ finding, onChangedLine }: NewFinding): boolean =>
    onChangedLine === true || (finding.path !== null && addedFiles.has(finding.path));
  return {
    fresh: placed.filter(isNew).sort(byWeight),
    fixed: { count: 0, items: [] },
    existing: 0,
    undecided: placed.filter((one) => !isNew(one)).map(({ finding }) => finding),
    complete: now.omittedFindings === 0,
  };
}
