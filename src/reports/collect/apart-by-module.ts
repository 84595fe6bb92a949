import {
  createTestIndex,
  durationCodeAt,
  eachSlot,
  type GrowingTestIndex,
  halvesOf,
  highAt,
  idAt,
  lowAt,
  outcomeAt,
} from '../../model/test-index.ts';
import type { TestIndex, TestsReport } from '../../model/tests.ts';
import { hashDigits, type StableHash, stableHash } from './stable-hash.ts';

/** The reports of one folder. */
interface Folder {
  readonly path: string;
  readonly reports: TestsReport[];
  readonly tests: GrowingTestIndex;
}

/** A matrix runs the same tests: more than this share of the larger folder's. */
const shareOfMatrix = 0.5;

/** What an index of all folders keeps of a test, in place of an outcome. */
const inOne = 'passed';
const inSeveral = 'failed';

function folderOf({ cases }: TestsReport): string {
  const path = cases[0]?.report ?? '';
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function hashAt(index: TestIndex, slot: number): StableHash {
  return { high: highAt(index, slot), low: lowAt(index, slot) };
}

function foldersOf(reports: readonly TestsReport[]): readonly Folder[] {
  const folders = new Map<string, Folder>();
  for (const report of reports) {
    const path = folderOf(report);
    const folder = folders.get(path) ?? { path, reports: [], tests: createTestIndex() };
    folders.set(path, folder);
    folder.reports.push(report);
    eachSlot(report.index, (slot) => {
      const { high, low } = hashAt(report.index, slot);
      folder.tests.set(high, low, { outcome: 'passed', durationSeconds: null });
    });
  }
  return [...folders.values()];
}

/** The folders that have a test, of every test that several have: positions in `folders`, ascending. */
function foldersByTest(folders: readonly TestIndex[]): ReadonlyMap<string, readonly number[]> {
  const known = createTestIndex();
  for (const folder of folders)
    eachSlot(folder, (slot) => {
      const { high, low } = hashAt(folder, slot);
      known.set(high, low, {
        outcome: known.outcomeOf(high, low) === null ? inOne : inSeveral,
        durationSeconds: null,
      });
    });
  const byTest = new Map<string, number[]>();
  for (const [position, folder] of folders.entries())
    eachSlot(folder, (slot) => {
      const hash = hashAt(folder, slot);
      if (known.outcomeOf(hash.high, hash.low) !== inSeveral) return;
      const id = hashDigits(hash);
      const positions = byTest.get(id);
      if (positions === undefined) byTest.set(id, [position]);
      else positions.push(position);
    });
  return byTest;
}

function withFolder(hash: StableHash, folder: string): StableHash {
  return stableHash(`${folder}\n${hashDigits(hash)}`);
}

/** A report in which some tests have identities of their folder. */
function renamed(report: TestsReport, folder: string, names: ReadonlySet<string>): TestsReport {
  const index = createTestIndex();
  const renamedTo = (hash: StableHash): StableHash =>
    names.has(hashDigits(hash)) ? withFolder(hash, folder) : hash;
  eachSlot(report.index, (slot) => {
    const outcome = outcomeAt(report.index, slot);
    if (outcome === null) return;
    const { high, low } = renamedTo(hashAt(report.index, slot));
    index.setWithCode(high, low, { outcome, duration: durationCodeAt(report.index, slot) });
  });
  return {
    ...report,
    index: index.finish(),
    cases: report.cases.map((test) => {
      const halves = names.has(test.id) ? halvesOf(test.id) : null;
      return halves === null ? test : { ...test, id: hashDigits(withFolder(halves, folder)) };
    }),
  };
}

/**
 * Names that a folder shares with folders before it which are not runs of the same tests. It looks at shared tests
 * alone, not at each pair of folders: there may be thousands.
 */
function namesOfOtherModules(
  position: number,
  folders: readonly TestIndex[],
  byTest: ReadonlyMap<string, readonly number[]>,
): ReadonlySet<string> {
  const own = folders[position];
  const common = new Uint32Array(position);
  const shared = new Map<string, readonly number[]>();
  if (own === undefined) return new Set();
  eachSlot(own, (slot) => {
    const id = idAt(own, slot);
    const having = byTest.get(id) ?? [];
    if ((having[0] ?? position) < position) shared.set(id, having);
    for (const folder of having) {
      if (folder >= position) break;
      common[folder] = (common[folder] ?? 0) + 1;
    }
  });
  const isModule = (folder: number): boolean =>
    folder < position &&
    (common[folder] ?? 0) <= shareOfMatrix * Math.max(own.size, folders[folder]?.size ?? 0);
  return new Set([...shared].filter(([, having]) => having.some(isModule)).map(([id]) => id));
}

/**
 * Distinguishes modules from a matrix, by the folders that reports are in: folders that share more than half of the
 * larger one's tests are runs of the same tests; others are modules, and a name that two of them have is a test in
 * each. The first folder's tests keep their identities.
 */
export function apartByModule(reports: readonly TestsReport[]): readonly TestsReport[] {
  if (new Set(reports.map(folderOf)).size < 2) return reports;
  const folders = foldersOf(reports);
  const indexes = folders.map(({ tests }) => tests.finish());
  const changed = new Map<TestsReport, TestsReport>();
  const byTest = foldersByTest(indexes);
  if (byTest.size === 0) return reports;
  folders.forEach((folder, position) => {
    const names = namesOfOtherModules(position, indexes, byTest);
    if (names.size > 0)
      for (const report of folder.reports) changed.set(report, renamed(report, folder.path, names));
  });
  return reports.map((report) => changed.get(report) ?? report);
}
