import type { LineRange } from '../../model/comparison.ts';
import type { Severity } from '../../model/findings.ts';
import type { InlineItem, InlineKind } from '../../model/inline-comment.ts';
import type { Summary } from '../../model/summary.ts';
import { isFailing } from '../../model/tests.ts';
import type { Language } from '../words/english.ts';
import { coverageItems, type SourceLines } from './coverage-items.ts';
import { findingItems } from './finding-items.ts';
import { itemId, sourceOf } from './item-id.ts';
import { testItems } from './test-items.ts';

export interface InlineWishes {
  readonly kinds: readonly InlineKind[];
  /** Findings of that severity or above. */
  readonly severity: Severity;
}

export interface InlineView {
  /** Changed lines by path, see `diff/changed-lines.ts`. */
  readonly changed: ReadonlyMap<string, readonly LineRange[]>;
  readonly sources: SourceLines;
  readonly words: Language;
}

/** What one run has to say on lines, and what it knows about what earlier runs said. */
export interface InlineRun {
  /** The most important first. */
  readonly items: readonly InlineItem[];
  /** Ids of everything that still holds, worth a comment or not. */
  readonly alive: ReadonlySet<string>;
  /** Reports that were read whole: what came from one of them and is not alive is gone. */
  readonly sources: ReadonlySet<string>;
}

function itemsOf(
  summary: Summary,
  { kinds, severity }: InlineWishes,
  view: InlineView,
): readonly InlineItem[] {
  const wants = (kind: InlineKind): boolean => kinds.includes(kind);
  return [
    ...(wants('findings') ? findingItems(summary, { ...view, severity }) : []),
    ...(wants('tests') ? testItems(summary, view) : []),
    ...(wants('coverage') ? coverageItems(summary, view) : []),
  ];
}

function aliveIn({ findings, tests }: Summary, items: readonly InlineItem[]): ReadonlySet<string> {
  const found = findings?.findings.filter(({ suppressed }) => !suppressed) ?? [];
  const failing = tests?.cases.filter(({ outcome }) => isFailing(outcome)) ?? [];
  return new Set([
    ...items.map(({ id }) => id),
    ...found.map(({ id }) => itemId('findings', id)),
    ...failing.map(({ id }) => itemId('tests', id)),
  ]);
}

/** Kinds of which this run knows all: where something was cut, silence does not mean that it was fixed. */
function judgedKinds(
  { findings, tests, comparison, diff }: Summary,
  kinds: readonly InlineKind[],
): readonly InlineKind[] {
  const failing = tests?.cases.filter(({ outcome }) => isFailing(outcome)).length ?? 0;
  const isWhole: Readonly<Record<InlineKind, boolean>> = {
    findings: findings?.omittedFindings === 0,
    tests: tests !== null && failing === tests.totals.failed + tests.totals.errored,
    coverage: comparison.patch?.complete === true,
  };
  return diff?.complete === true ? kinds.filter((kind) => isWhole[kind]) : [];
}

/** What this run says on lines of the diff, and what it can judge. */
export function inlineRun(summary: Summary, wishes: InlineWishes, view: InlineView): InlineRun {
  const items = itemsOf(summary, wishes, view);
  const read = summary.files.filter(({ error }) => error === null);
  return {
    items,
    alive: aliveIn(summary, items),
    sources: new Set(
      judgedKinds(summary, wishes.kinds).flatMap((kind) =>
        kind === 'coverage' ? [sourceOf(kind)] : read.map(({ path }) => sourceOf(kind, path)),
      ),
    ),
  };
}
