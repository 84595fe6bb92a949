import {
  createTestIndex,
  durationCodeAt,
  eachSlot,
  findByHalves,
  type GrowingTestIndex,
  halvesOf,
  highAt,
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
      folder.tests.set(high, low, 'passed');
    });
  }
  return [...folders.values()];
}

/** Names that a folder shares with one before it. */
function shared(folder: TestIndex, earlier: TestIndex): readonly StableHash[] {
  const found: StableHash[] = [];
  eachSlot(folder, (slot) => {
    const hash = hashAt(folder, slot);
    if (findByHalves(earlier, hash.high, hash.low) !== null) found.push(hash);
  });
  return found;
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
    index.setWithCode(high, low, outcome, durationCodeAt(report.index, slot));
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

/** Names that a folder shares with folders before it which are not runs of the same tests. */
function namesOfOtherModules(own: TestIndex, earlier: readonly TestIndex[]): ReadonlySet<string> {
  const modules = earlier
    .map((index) => ({ index, common: shared(own, index) }))
    .filter(({ index, common }) => common.length <= shareOfMatrix * Math.max(own.size, index.size));
  return new Set(modules.flatMap(({ common }) => common.map(hashDigits)));
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
  const known = createTestIndex();
  folders.forEach((folder, position) => {
    const own = indexes[position];
    if (own === undefined) return;
    if (shared(own, known.finish()).length > 0) {
      const names = namesOfOtherModules(own, indexes.slice(0, position));
      if (names.size > 0)
        for (const report of folder.reports) changed.set(report, renamed(report, folder.path, names));
    }
    eachSlot(own, (slot) => {
      const { high, low } = hashAt(own, slot);
      known.set(high, low, 'passed');
    });
  });
  return reports.map((report) => changed.get(report) ?? report);
}
