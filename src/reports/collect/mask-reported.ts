import type { Finding, FindingFix } from '../../model/findings.ts';
import type { Metric } from '../../model/metrics.ts';
import type { Report } from '../../model/report.ts';
import { type FailedAt, isFailing, type TestFailure } from '../../model/tests.ts';
import { type MaskText, maskedValue } from '../../secrets/masked-value.ts';
import { masked } from '../../secrets/spans.ts';
import type { TestRun } from '../format.ts';
import { hashDigits, stableHash } from './stable-hash.ts';
import { testLimits } from './tests.ts';

type RawFinding = Omit<Finding, 'id' | 'report'>;
type RawMetric = Omit<Metric, 'report'>;

/**
 * Takes secrets out of what a format says, before it is identified, cut or kept. Every field is named in it, so that a
 * new one cannot be forgotten: without it the types do not fit.
 */
export interface ReportMask {
  run(run: TestRun): TestRun;
  /** True where nobody sees the names of a run that passes next. */
  hidesPassed(): boolean;
  /** Such a run was counted. */
  passed(): void;
  finding(finding: RawFinding): RawFinding;
  metric(metric: RawMetric): RawMetric;
  /** A path that is an identity: of a file with coverage. */
  path(path: string): string;
  text(text: string): string;
}

/** More than any collector keeps of one text. */
const maxCharacters = 300_000;
/** Different texts that stay different after their secrets are gone. */
const maxDistinct = 10_000;

function bounded(mask: MaskText): MaskText {
  return (text) => mask(text.length > maxCharacters ? text.slice(0, maxCharacters) : text);
}

/** Tests of one group follow one another. */
function remembered(mask: MaskText): MaskText {
  let [last, safe] = ['', ''];
  return (text) => {
    if (text !== last) [last, safe] = [text, mask(text)];
    return safe;
  };
}

const numbered = / \(\d{1,9}\)$/;

interface Masked {
  /** All that distinguished it from others, as written. */
  readonly raw: string;
  /** What distinguishes it from others beside its name, masked. */
  readonly scope: string;
  readonly name: string;
}

/**
 * Numbers names that differ in their secrets only, in the order they come: without that, the passing one of two tests
 * would pass for a rerun of the failing one. The number is the same in each run, whatever the secrets are. Beyond the
 * limit nothing comes twice.
 */
function createDistinction(): (masked: Masked) => string {
  const numbers = new Map<string, Map<string, number>>();
  let size = 0;
  return ({ raw, scope, name }) => {
    const key = hashDigits(stableHash(`${scope}\n${name.replace(numbered, '')}`));
    const ofKey = numbers.get(key) ?? new Map<string, number>();
    const digest = hashDigits(stableHash(raw));
    const number = ofKey.get(digest) ?? (size < maxDistinct ? ofKey.size + 1 : size + 1);
    if (!ofKey.has(digest)) {
      size += 1;
      if (size <= maxDistinct) numbers.set(key, ofKey.set(digest, number));
    }
    return number === 1 && !numbered.test(name) ? name : `${name} (${number})`;
  };
}

/** Whether a text can be that of another after masking: it was masked, or somebody wrote what masking leaves. */
function isAmbiguous(raw: string, safe: string): boolean {
  return raw !== safe || raw.includes(masked);
}

function maskedFailure(failure: TestFailure, mask: MaskText): TestFailure {
  const type = failure.type === null ? null : mask(failure.type);
  const message = mask(failure.message);
  const details = mask(failure.details);
  const isSame = type === failure.type && message === failure.message && details === failure.details;
  return isSame ? failure : { type, message, details };
}

function maskedPlace(place: FailedAt | null, mask: MaskText): FailedAt | null {
  return place === null ? null : { ...place, path: mask(place.path) };
}

function maskedOrNull(failure: TestFailure | null, mask: MaskText): TestFailure | null {
  return failure === null ? null : maskedFailure(failure, mask);
}

/**
 * Says of which runs the names need no look: passing ones, when so many came before that none is kept any more, as only
 * a run that passes after a failure takes no room. They are counted and hashed, and shown nowhere; millions of looks
 * would be felt.
 */
class Room {
  #left = 5 * testLimits.maxCases;

  isOver(): boolean {
    return this.#left <= 0;
  }

  passed(): void {
    this.#left -= 1;
  }

  /** Counts a run; true when its names need no look. */
  isNeverKept({ outcome, failure, earlierFailures }: TestRun): boolean {
    const isPlain = !isFailing(outcome) && failure === null && earlierFailures.length === 0;
    this.#left += isPlain ? -1 : 1;
    return isPlain && this.#left < 0;
  }
}

/** True for a run that has nothing but names. */
function saysNothing({ failure, earlierFailures, attachments }: TestRun): boolean {
  return failure === null && earlierFailures.length === 0 && attachments.length === 0;
}

function createRunMask(mask: MaskText, room: Room): (run: TestRun) => TestRun {
  const distinct = createDistinction();
  const maskSuite = remembered(mask);
  const maskClass = remembered(mask);
  const maskFile = remembered(mask);
  return (run) => {
    if (room.isNeverKept(run)) return run;
    const suite = maskSuite(run.suite);
    const className = maskClass(run.className);
    const file = run.file === null ? null : maskFile(run.file);
    const name = mask(run.name);
    const isNumbered =
      isAmbiguous(run.name, name) ||
      isAmbiguous(run.className, className) ||
      isAmbiguous(run.suite, suite) ||
      (file !== null && isAmbiguous(run.file ?? '', file));
    // Nearly all of a million runs: nothing is copied.
    if (!isNumbered && saysNothing(run)) return run;
    return {
      suite,
      className,
      name: isNumbered
        ? distinct({
            raw: JSON.stringify([run.suite, run.className, run.file, run.name]),
            scope: JSON.stringify([suite, className, file]),
            name,
          })
        : name,
      file,
      line: run.line,
      failedAt: maskedPlace(run.failedAt, mask),
      outcome: run.outcome,
      durationSeconds: run.durationSeconds,
      failure: maskedOrNull(run.failure, mask),
      // The path of a file whose name is masked leads nowhere.
      attachments: run.attachments.filter((path) => mask(path) === path),
      earlierFailures: run.earlierFailures.map((failure) => maskedFailure(failure, mask)),
      scope: mask(run.scope),
      isRerun: run.isRerun,
      isFileOfFailure: run.isFileOfFailure,
    };
  };
}

/** Code that somebody may commit is offered as it is or not at all. */
function maskedFix(fix: FindingFix | null, mask: MaskText): FindingFix | null {
  if (fix === null) return null;
  if (mask(fix.replacement) !== fix.replacement) return null;
  return { ...fix, description: fix.description === null ? null : mask(fix.description) };
}

function maskedText(text: string | null, mask: MaskText): string | null {
  return text === null ? null : mask(text);
}

function maskedFinding(finding: RawFinding, mask: MaskText): RawFinding {
  return {
    category: finding.category,
    severity: finding.severity,
    line: finding.line,
    endLine: finding.endLine,
    column: finding.column,
    suppressed: finding.suppressed,
    tool: mask(finding.tool),
    rule: mask(finding.rule),
    ruleUrl: maskedText(finding.ruleUrl, mask),
    message: mask(finding.message),
    description: mask(finding.description),
    path: maskedText(finding.path, mask),
    identifiers: maskedValue(finding.identifiers, mask),
    fix: maskedFix(finding.fix, mask),
  };
}

/**
 * Makes the mask of one report file. `showsRuns` is false where nobody sees any run: then runs stay as they are
 * written.
 */
export function createReportMask(
  maskText: MaskText,
  { showsRuns }: { readonly showsRuns: boolean },
): ReportMask {
  const text = bounded(maskText);
  const room = new Room();
  const distinctPath = createDistinction();
  const distinctMetric = createDistinction();
  return {
    text,
    run: showsRuns ? createRunMask(text, room) : (run) => run,
    hidesPassed: () => !showsRuns || room.isOver(),
    passed() {
      room.passed();
    },
    finding: (finding) => maskedFinding(finding, text),
    metric(metric) {
      const { name, group, labels, unit, value, better } = metric;
      const safe = {
        name: text(name),
        group: text(group),
        labels: maskedLabels(labels, text),
        unit: maskedText(unit, text),
      };
      const raw = JSON.stringify([group, name, labels]);
      const scope = JSON.stringify([safe.group, safe.labels]);
      const isNumbered = isAmbiguous(raw, JSON.stringify([safe.group, safe.name, safe.labels]));
      const distinct = isNumbered ? distinctMetric({ raw, scope, name: safe.name }) : name;
      return { ...safe, name: distinct, value, better };
    },
    path(path) {
      const safe = text(path);
      return isAmbiguous(path, safe) ? distinctPath({ raw: path, scope: '', name: safe }) : path;
    },
  };
}

/** A label is a name with its value: `token="…"` is a secret by its name. */
function maskedLabels(labels: Metric['labels'], mask: MaskText): Metric['labels'] {
  return Object.fromEntries(
    Object.entries(labels).map(([label, value]) => {
      const start = `${mask(label)}=`;
      const both = mask(start + value);
      return [mask(label), both.startsWith(start) ? both.slice(start.length) : mask(value)];
    }),
  );
}

/** Masks a report that somebody else collected. Of coverage, only paths are texts. */
export function maskedReport<Kind extends Report>(report: Kind, mask: MaskText): Kind {
  if (report.kind !== 'coverage') return maskedValue(report, mask);
  const paths = report.files.map(({ path }) => mask(path));
  if (report.files.every(({ path }, index) => path === paths[index])) return report;
  return { ...report, files: report.files.map((file, index) => ({ ...file, path: paths[index] ?? '' })) };
}
