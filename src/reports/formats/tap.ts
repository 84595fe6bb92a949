import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom, suitePath } from '../blank-test-run.ts';
import type { ReportSink, TextFormat } from '../format.ts';

interface Point {
  readonly depth: number;
  readonly ok: boolean;
  readonly description: string;
  readonly directive: { readonly name: 'skip' | 'todo'; readonly reason: string } | null;
  readonly diagnostics: string[];
}

const maxDiagnosticLines = 400;
const maxDepth = 64;
const spacesPerLevel = 4;

/** `ok 1 - description # SKIP reason`; a `#` after a backslash or a word is no directive (TAP 14). */
function pointOf(line: string, depth: number): Point | null {
  const match = /^(not )?ok\b(?:\s+\d+)?(?:\s*-)?\s*([^]*)$/.exec(line);
  if (match === null) return null;
  const rest = match[2] ?? '';
  const directive = /(?:^|\s)#\s*(skip(?:ped)?|todo)\b:?\s*([^]*)$/i.exec(rest);
  const description = directive === null ? rest : rest.slice(0, directive.index);
  return {
    depth,
    ok: match[1] === undefined,
    description: (description.endsWith('{') ? description.slice(0, -1) : description)
      .replaceAll('\\#', '#')
      .trim(),
    directive:
      directive === null
        ? null
        : {
            name: directive[1]?.toLowerCase() === 'todo' ? 'todo' : 'skip',
            reason: directive[2]?.trim() ?? '',
          },
    diagnostics: [],
  };
}

/** https://testanything.org/tap-version-14-specification.html: a failing TODO is not a failure. */
function outcomeOf({ ok, directive }: Point): TestOutcome {
  if (directive?.name === 'skip') return 'skipped';
  if (directive?.name === 'todo') return ok ? 'passed' : 'skipped';
  return ok ? 'passed' : 'failed';
}

/** The value of a key in a YAML block, read leniently: tools write all kinds of YAML. */
function yamlValue(lines: readonly string[], key: string): string | null {
  const pattern = new RegExp(`^\\s*${key}:\\s*(.*)$`);
  for (const [index, line] of lines.entries()) {
    const value = pattern.exec(line)?.[1]?.trim();
    if (value === undefined) continue;
    if (value === '|' || value === '|-' || value === '>' || value === '>-' || value === '')
      return lines[index + 1]?.trim() ?? null;
    return value.replace(/^(['"])(.*)\1$/, '$2');
  }
  return null;
}

interface Place {
  readonly file: string | null;
  readonly line: number | null;
}

/** Where the test stands: `at: {file, line}`, `at: path:1:2` or `location: 'path:1:2'`. */
function placeOf(diagnostics: readonly string[]): Place {
  const text = yamlValue(diagnostics, 'location') ?? yamlValue(diagnostics, 'at') ?? '';
  const match = /^['"]?([^'"\s][^'"]*?):(\d+)(?::\d+)?['"]?$/.exec(text);
  const file = match?.[1] ?? yamlValue(diagnostics, 'file');
  const line = Number(match?.[2] ?? yamlValue(diagnostics, 'line') ?? Number.NaN);
  return {
    file: file === '' || file === null ? null : file,
    line: Number.isInteger(line) && line > 0 ? line : null,
  };
}

function emit(point: Point, suites: readonly string[], sink: ReportSink): void {
  const { diagnostics, directive } = point;
  const outcome = outcomeOf(point);
  const duration = Number(yamlValue(diagnostics, 'duration_ms') ?? Number.NaN);
  const message =
    outcome === 'skipped'
      ? (directive?.reason ?? null)
      : (yamlValue(diagnostics, 'message') ?? yamlValue(diagnostics, 'error'));
  const place = placeOf(diagnostics);
  sink.test({
    ...blankTestRun,
    ...place,
    suite: suitePath(suites),
    name: point.description === '' ? 'unnamed test' : point.description,
    outcome,
    durationSeconds: Number.isFinite(duration) && duration >= 0 ? duration / 1000 : null,
    failure:
      outcome === 'passed'
        ? null
        : failureFrom(outcome, { message, details: diagnostics.join('\n'), type: null }),
  });
}

/**
 * Puts points into a tree: a point of a level is the parent of the deeper ones that came since the last one of its level, as subtests
 * stand before their summary point. Leaves are tests; a parent counts only when it failed and none of its tests did.
 */
function createTree(sink: ReportSink): { add(point: Point): void; finish(): void } {
  interface Node {
    readonly point: Point;
    readonly children: readonly Node[];
  }
  const levels: Node[][] = [];

  function failed({ point, children }: Node): boolean {
    return children.length === 0 ? outcomeOf(point) === 'failed' : children.some(failed);
  }

  function flush(node: Node, suites: readonly string[]): void {
    const blamesNobody =
      node.children.length > 0 && outcomeOf(node.point) === 'failed' && !node.children.some(failed);
    for (const child of node.children) flush(child, [...suites, node.point.description]);
    if (node.children.length === 0 || blamesNobody) emit(node.point, suites, sink);
  }

  /** Deeper nodes whose parent never came stand for themselves. */
  function takeDeeper(depth: number): readonly Node[] {
    const deeper = levels.splice(depth + 1).flat();
    return deeper;
  }

  return {
    add(point) {
      const node: Node = { point, children: takeDeeper(point.depth) };
      if (point.depth === 0) flush(node, []);
      else {
        while (levels.length <= point.depth) levels.push([]);
        levels[point.depth]?.push(node);
      }
    },
    finish() {
      for (const node of levels.flat()) flush(node, []);
    },
  };
}

interface State {
  last: Point | null;
  inYaml: boolean;
  points: number;
  failures: number;
  planned: number | null;
  bailedOut: boolean;
}

/** A block that nobody ended ends before the next point that stands further left. */
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

function readOther(
  line: string,
  state: State,
  { sink, top }: { readonly sink: ReportSink; readonly top: boolean },
): void {
  const plan = top ? /^1\.\.(\d+)(?:\s*#\s*skip\S*\s*(.*))?/i.exec(line) : null;
  if (plan !== null) {
    state.planned = Number(plan[1]);
    if (plan[2] !== undefined) sink.warn(`everything was skipped: ${plan[2].trim()}`);
  } else if (line.startsWith('Bail out!')) {
    const reason = line.slice('Bail out!'.length).trim();
    state.bailedOut = true;
    sink.warn(`the run bailed out: ${reason}`);
    if (state.failures === 0) {
      const failure = { type: null, message: reason, details: '' };
      sink.test({ ...blankTestRun, name: 'Bail out!', outcome: 'errored', failure });
      state.failures += 1;
    }
  } else if (
    /^#\s?/.test(line) &&
    state.last !== null &&
    !state.last.ok &&
    state.last.diagnostics.length < maxDiagnosticLines
  ) {
    state.last.diagnostics.push(line.replace(/^#\s?/, ''));
  }
}

/** Fewer tests than planned: the run ended in the middle, which is not green whatever the others did. */
function endPlan({ planned, points, bailedOut }: State, sink: ReportSink): void {
  if (planned === null || planned <= points || bailedOut) return;
  const message = `${planned} tests were planned and ${points} ran`;
  sink.warn(message);
  const failure = { type: null, message, details: '' };
  sink.test({ ...blankTestRun, name: 'the rest of the plan', outcome: 'errored', failure });
}

/** The Test Anything Protocol, versions 12 to 14, with subtests, directives, YAML and comment diagnostics. */
export const tap: TextFormat = {
  format: 'tap',
  title: 'TAP',
  kind: 'tests',
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
