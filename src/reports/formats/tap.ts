import { formOf } from '../../model/plural.ts';
import type { ReportSink, TextFormat } from '../format.ts';
import { blankTestRun } from './shared/blank-test-run.ts';
import { createTree, outcomeOf, type Point, pointOf } from './shared/tap-points.ts';

const maxDiagnosticLines = 400;
const maxDepth = 64;
const spacesPerLevel = 4;

interface State {
  last: Point | null;
  inYaml: boolean;
  points: number;
  failures: number;
  /** Of all plans: streams are written one behind the other. */
  planned: number | null;
  bailedOut: boolean;
  /** Failures that the producer's summary counts. */
  counted: number;
}

/** A block that nobody ended ends before the next point that is further left. */
function isBeyondYaml(line: string): boolean {
  return /^(?:not )?ok\b(?:\s+\d|\s*-|\s*$)|^1\.\.\d+|^Bail out!/.test(line);
}

function readLine(
  line: string,
  state: State,
  { tree, sink }: { tree: ReturnType<typeof createTree>; sink: ReportSink },
): void {
  const trimmed = line.trimStart();
  if (state.inYaml && !isBeyondYaml(line)) {
    if (/^\.\.\.\s*$/.test(trimmed)) state.inYaml = false;
    else if (state.last !== null && state.last.diagnostics.length < maxDiagnosticLines)
      state.last.diagnostics.push(line);
    return;
  }
  state.inYaml = false;
  if (state.last !== null && /^---\s*$/.test(trimmed) && trimmed !== line) {
    state.inYaml = true;
    return;
  }
  const depth = Math.min(Math.floor((line.length - trimmed.length) / spacesPerLevel), maxDepth);
  const point = pointOf(trimmed, depth);
  if (point !== null) {
    settle(state, tree);
    state.last = point;
    if (depth === 0) state.points += 1;
    if (outcomeOf(point) === 'failed') state.failures += 1;
    return;
  }
  readOther(trimmed, state, { sink, top: depth === 0 });
}

function settle(state: State, tree: ReturnType<typeof createTree>): void {
  if (state.last !== null) tree.add(state.last);
  state.last = null;
}

/** What producers write behind the points: node and tape count, Perl's Test::More complains. */
const summary = /^#\s{0,40}(?:(?:fail(?:ed|ures)?|cancelled)\s{0,40}:?\s{1,40}\d{1,9}\s{0,40}$|Looks like )/i;

function readSummary(line: string, state: State, sink: ReportSink): void {
  const count = Number(/(\d{1,9})$/.exec(line.trim())?.[1] ?? Number.NaN);
  if (/^#\s*Looks like/i.test(line)) sink.failed(line.replace(/^#\s*/, ''));
  else if (Number.isInteger(count)) state.counted += count;
}

function bailOut(reason: string, state: State, sink: ReportSink): void {
  state.bailedOut = true;
  if (state.failures > 0) {
    sink.failed(`the run bailed out: ${reason}`);
    return;
  }
  sink.warn(`the run bailed out: ${reason}`);
  sink.test({
    ...blankTestRun,
    name: 'Bail out!',
    outcome: 'errored',
    failure: { type: null, message: reason, details: '' },
  });
  state.failures += 1;
}

/** Comments below a point that failed say why; the title of the next subtest is none of them. */
function addComment(line: string, { comments }: Point): void {
  if (!line.startsWith('#') || /^#\s*Subtest: /.test(line) || comments.length >= maxDiagnosticLines) return;
  comments.push(line.replace(/^#\s?/, ''));
}

function readOther(
  line: string,
  state: State,
  { sink, top }: { readonly sink: ReportSink; readonly top: boolean },
): void {
  const plan = top ? /^1\.\.(\d+)(?:\s*#\s*skip\S*\s*(.*))?/i.exec(line) : null;
  if (plan !== null) {
    state.planned = (state.planned ?? 0) + Number(plan[1]);
    if (plan[2] !== undefined) sink.warn(`everything was skipped: ${plan[2].trim()}`);
  } else if (line.startsWith('Bail out!')) bailOut(line.slice('Bail out!'.length).trim(), state, sink);
  else if (top && summary.test(line)) readSummary(line, state, sink);
  else if (state.last !== null && !state.last.ok) addComment(line, state.last);
}

/**
 * Fewer tests than planned: the run ended in the middle, which is not green whatever the others did. More, and none at
 * all where the plan ought to be, are failures to every harness.
 */
function endPlan({ planned, points, bailedOut, failures, counted }: State, sink: ReportSink): void {
  if (counted > 0 && failures === 0)
    sink.declaredTests({ total: null, failed: counted, errored: null, skipped: null });
  if (bailedOut) return;
  if (planned === null) {
    sink.incomplete('the plan is missing: the run may have ended early');
    return;
  }
  if (planned === points) return;
  const message = `${planned} ${formOf(planned, { one: 'test was', other: 'tests were' })} planned, ${points} ran`;
  if (planned < points) {
    sink.failed(message);
    return;
  }
  sink.warn(message);
  const failure = { type: null, message, details: '' };
  sink.test({ ...blankTestRun, name: 'the rest of the plan', outcome: 'errored', failure });
}

/** The Test Anything Protocol, versions 12 to 14, with subtests, directives, YAML and comment diagnostics. */
export const tap: TextFormat = {
  format: 'tap',
  title: 'TAP',
  kind: 'tests',
  unit: 'Each test point without subtests is one test.',
  reruns: 'Nothing: every point is a test of its own.',
  wellKnownNames: ['**/*.tap', '**/.tap/results/*.tap'],
  specification: 'https://testanything.org/tap-version-14-specification.html',
  producers: [
    { tool: 'node --test', option: '--test-reporter=tap' },
    { tool: 'prove, bats, tape, node-tap, pg_prove', option: '' },
  ],
  syntax: 'text',
  detect: (head) =>
    /^[ \t]*TAP version 1\d[ \t\r]*$/m.test(head) ||
    /^(?:not )?ok\b/m.test(head) ||
    /^1\.\.\d+(?:\s|$)/.test(head),
  read(sink) {
    const tree = createTree(sink);
    const state: State = {
      last: null,
      inYaml: false,
      points: 0,
      failures: 0,
      planned: null,
      bailedOut: false,
      counted: 0,
    };
    return {
      line: (text) => {
        readLine(text, state, { tree, sink });
      },
      end() {
        settle(state, tree);
        tree.finish();
        endPlan(state, sink);
      },
    };
  },
};
