import type { CoverageUnit, CoveredOf, LineBranches, NamedParts } from '../../model/coverage.ts';
import { createFlaggedKeys, visitEntries } from './flagged-keys.ts';
import { stableHash } from './stable-hash.ts';

const BRANCH_IDS = 2 ** 31;
/** A key of statements holds how many they are, so that one number says all. */
const STATEMENTS = 2 ** 16;

/** The key of a branch in a line; `id` is the format's own name of it. */
export function branchKey(line: number, id: string): number {
  return line * BRANCH_IDS + (stableHash(id).low >>> 1);
}

/** The key of so many statements, which run together or not at all. */
export function statementsKey(id: string, count: number): number {
  const { high, low } = stableHash(id);
  return ((high & 0xf) * 2 ** 32 + low) * STATEMENTS + Math.min(count, STATEMENTS - 1);
}

/** Counts the statements of keys; null when there are none. */
export function countedStatements(entries: Float64Array): CoveredOf | null {
  let covered = 0;
  let total = 0;
  visitEntries(entries, (key, ran) => {
    const count = key % STATEMENTS;
    total += count;
    if (ran) covered += count;
  });
  return total === 0 ? null : { covered, total };
}

/** What the figures of files count together; files of nothing count nothing. */
export function unitOfFiles(
  files: readonly { readonly named: NamedParts | null; readonly lines: CoveredOf }[],
): CoverageUnit {
  const counting = files.filter(({ lines }) => lines.total > 0);
  const inStatements = counting.filter(({ named }) => (named?.statements.length ?? 0) > 0).length;
  if (inStatements === 0) return 'lines';
  return inStatements === counting.length ? 'statements' : 'mixed';
}

/** How many of the named branches of each line there are, and were taken. */
export function branchesByLine(entries: Float64Array): readonly LineBranches[] {
  const lines: LineBranches[] = [];
  let current = { line: 0, covered: 0, total: 0 };
  visitEntries(entries, (key, taken) => {
    const line = Math.floor(key / BRANCH_IDS);
    if (line !== current.line) {
      current = { line, covered: 0, total: 0 };
      lines.push(current);
    }
    current.total += 1;
    if (taken) current.covered += 1;
  });
  return lines;
}

/** Unites keys: what ran in one of the reports ran. */
export function unitedEntries(all: readonly Float64Array[]): Float64Array {
  const keys = createFlaggedKeys();
  for (const entries of all) visitEntries(entries, keys.add);
  return keys.entries();
}

/** One report's branches of a line: its count, and those that it names, by key. */
interface LineNames {
  readonly count: CoveredOf;
  readonly names: ReadonlyMap<number, boolean>;
}

const noNames: ReadonlyMap<number, boolean> = new Map();

function namesByLine(entries: Float64Array): ReadonlyMap<number, Map<number, boolean>> {
  const lines = new Map<number, Map<number, boolean>>();
  visitEntries(entries, (key, taken) => {
    const line = Math.floor(key / BRANCH_IDS);
    const names = lines.get(line) ?? new Map<number, boolean>();
    names.set(key, taken);
    lines.set(line, names);
  });
  return lines;
}

function missed({ names }: LineNames): readonly number[] {
  return [...names].filter(([, taken]) => !taken).map(([key]) => key);
}

/** True when every branch that was not taken has a name: what has none was taken. */
function namesWhatItMissed(line: LineNames): boolean {
  return missed(line).length === line.count.total - line.count.covered;
}

function took(line: LineNames, key: number): boolean {
  const taken = line.names.get(key);
  if (taken !== undefined) return taken;
  // A list of all branches that lacks one does not know it; a list of the missed ones says that it was taken.
  return line.names.size < line.count.total;
}

/**
 * Unites the branches of one line, of reports that name them alike: what one of them took was taken. Null when one of
 * them does not name all that it missed, or they do not count the same number of branches: then nobody knows which ones
 * are the same.
 */
function unitedLine(lines: readonly LineNames[]): CoveredOf | null {
  const all = new Set(lines.flatMap(({ names }) => [...names.keys()]));
  const total = lines.reduce((most, { count }) => Math.max(most, count.total), all.size);
  const partly = lines.some(({ names, count }) => names.size < count.total);
  if (!lines.every(namesWhatItMissed)) return null;
  if (partly && lines.some(({ count }) => count.total !== total)) return null;
  const untaken = [...new Set(lines.flatMap(missed))].filter((key) => !lines.some((line) => took(line, key)));
  return { covered: total - untaken.length, total };
}

interface BranchedFile {
  readonly branches: readonly LineBranches[];
  readonly named: NamedParts | null;
}

function addLines({ branches, named }: BranchedFile, lines: Map<number, LineNames[]>): void {
  const byLine = named === null ? null : namesByLine(named.branches);
  for (const { line, covered, total } of branches) {
    const known = { count: { covered, total }, names: byLine?.get(line) ?? noNames };
    const others = lines.get(line);
    if (others === undefined) lines.set(line, [known]);
    else others.push(known);
  }
}

/** The lines whose branches several reports of one file name alike, with what they make together. */
export function unitedBranches(files: readonly BranchedFile[]): ReadonlyMap<number, CoveredOf> {
  const united = new Map<number, CoveredOf>();
  const naming = files[0]?.named?.naming;
  if (naming === undefined || files.some(({ named }) => named?.naming !== naming)) return united;
  const lines = new Map<number, LineNames[]>();
  for (const file of files) addLines(file, lines);
  for (const [line, reports] of lines) {
    const count = unitedLine(reports);
    if (count !== null) united.set(line, count);
  }
  return united;
}
