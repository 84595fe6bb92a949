import type { Severity } from '../../../model/findings.ts';
import { type Groups, linearGroups } from '../../../patterns/linear-match.ts';
import type { RawFinding } from '../../collect/findings.ts';
import { hashDigits, stableHash } from '../../collect/stable-hash.ts';
import type { ReportSink, TextFormat } from '../../format.ts';
import { blankFinding } from './blank-finding.ts';
import { countFromText } from './count-from-text.ts';
import { severityOfLinterWord } from './severity-scales.ts';

/** What one line means; expressions match from the line's beginning, the first in the list that does counts. */
export interface LineRule {
  readonly means: /** A finding begins: `message`, and what there is of `path`, `line`, `endLine`, `column`, `severity`, `rule`. */
    | 'finding'
    /** The file of the findings that follow: `path`. */
    | 'file'
    /** More about the finding before it: any group of a finding, or `more` for its description. */
    | 'detail'
    /** How many the tool says that there are: `errors`, `problems`. */
    | 'count'
    /** The tool's own verdict that its run failed: `message`. */
    | 'failed'
    /** What looks like another and is none. */
    | 'nothing';
  readonly expression: RegExp;
}

/** How the text of one tool is read, as data: one table in `ready-patterns.ts`. */
export interface ReadyPattern {
  /** As in `patterns`. */
  readonly name: string;
  readonly tool: string;
  /** Where its text is described. */
  readonly specification: string;
  /** The option that makes the tool write it. */
  readonly option: string;
  /** For findings that name none, by their rule. */
  readonly severity: (rule: string) => Severity;
  readonly rules: readonly LineRule[];
  /** Each count is one of its own (a compiler's, for each file), or all of them are of the same findings. */
  readonly counts: 'apart' | 'same';
}

interface CompiledRule {
  readonly means: LineRule['means'];
  readonly groupsOf: (line: string) => Groups | null;
}

/** Longer lines are cut: what matching a line costs grows with its length. */
const maxLineCharacters = 1_000;
const maxKnown = 200_000;

const words = new Map<string, Severity>([
  ['style', 'low'],
  ['remark', 'info'],
  ['help', 'info'],
]);

function severityOf(word: string | undefined): Severity {
  const last = word?.trim().toLowerCase().split(/\s+/).at(-1) ?? '';
  return words.get(last) ?? severityOfLinterWord(last);
}

function findingOf(groups: Groups, pattern: ReadyPattern, file: string | null): RawFinding {
  const rule = groups['rule'] ?? '';
  const severity = severityOf(groups['severity']);
  return {
    ...blankFinding,
    tool: pattern.tool,
    rule,
    severity: severity === 'unknown' ? pattern.severity(rule) : severity,
    message: groups['message']?.trim() ?? rule,
    path: groups['path'] ?? file,
    line: countFromText(groups['line'] ?? null),
    endLine: countFromText(groups['endLine'] ?? null),
    column: countFromText(groups['column'] ?? null),
  };
}

/** A caret is under the column that it is about. */
function columnIn(groups: Groups): number | null {
  const caret = groups['caret'];
  return countFromText(groups['column'] ?? null) ?? (caret === undefined ? null : caret.length + 1);
}

function withDetail(finding: RawFinding, groups: Groups): RawFinding {
  const parts = [finding.description, groups['more']?.trim() ?? ''];
  return {
    ...finding,
    rule: finding.rule || (groups['rule'] ?? ''),
    description: parts.filter((part) => part !== '').join('\n'),
    path: finding.path ?? groups['path'] ?? null,
    line: finding.line ?? countFromText(groups['line'] ?? null),
    column: finding.column ?? columnIn(groups),
  };
}

class LineReader {
  readonly #pattern: ReadyPattern;
  readonly #rules: readonly CompiledRule[];
  readonly #sink: ReportSink;
  readonly #known = new Set<string>();
  #file: string | null = null;
  #finding: RawFinding | null = null;
  readonly #seen = { errors: 0, problems: 0 };
  readonly #counted = { errors: 0, problems: 0 };

  constructor(pattern: ReadyPattern, rules: readonly CompiledRule[], sink: ReportSink) {
    this.#pattern = pattern;
    this.#rules = rules;
    this.#sink = sink;
  }

  line(text: string): void {
    const matched = match(text, this.#rules);
    if (matched !== null) this.#take(matched.means, matched.groups);
  }

  end(): void {
    this.#emit();
    for (const what of ['errors', 'problems'] as const) {
      const [counted, listed] = [this.#counted[what], this.#seen[what]];
      if (counted > listed)
        this.#sink.incomplete(
          `${this.#pattern.tool} counts ${counted} ${what}, and ${listed} of them are in its text`,
        );
    }
  }

  #take(means: LineRule['means'], groups: Groups): void {
    switch (means) {
      case 'finding':
        this.#emit();
        this.#finding = findingOf(groups, this.#pattern, this.#file);
        break;
      case 'file':
        this.#emit();
        this.#file = groups['path'] ?? null;
        break;
      case 'detail':
        if (this.#finding !== null) this.#finding = withDetail(this.#finding, groups);
        break;
      case 'count':
        this.#count(groups);
        break;
      case 'failed':
        this.#sink.failed(`${this.#pattern.tool}: ${groups['message'] ?? 'the run failed'}`);
        break;
      case 'nothing':
        break;
    }
  }

  #count(groups: Groups): void {
    for (const what of ['errors', 'problems'] as const) {
      const count = countFromText(groups[what] ?? null) ?? 0;
      const before = this.#counted[what];
      this.#counted[what] = this.#pattern.counts === 'apart' ? before + count : Math.max(before, count);
    }
  }

  /** Compilers report a problem of a header, or in their summary, once more: it is one finding. */
  #emit(): void {
    const finding = this.#finding;
    this.#finding = null;
    if (finding === null) return;
    this.#seen.problems += 1;
    if (finding.severity === 'high' || finding.severity === 'critical') this.#seen.errors += 1;
    const { path, line, column, rule, message } = finding;
    const key = hashDigits(stableHash([path, line, column, rule, message].join('\u0000')));
    if (this.#known.has(key)) return;
    if (this.#known.size < maxKnown) this.#known.add(key);
    this.#sink.finding(finding, null);
  }
}

function match(
  text: string,
  rules: readonly CompiledRule[],
): { readonly means: LineRule['means']; readonly groups: Groups } | null {
  // Colours of a terminal.
  const line = text.slice(0, maxLineCharacters).replace(/\u001b\[[\d;]*[A-Za-z]/g, '');
  for (const { means, groupsOf } of rules) {
    const groups = groupsOf(line);
    if (groups !== null) return { means, groups };
  }
  return null;
}

const telling = new Set<LineRule['means']>(['count', 'failed', 'finding']);

/**
 * Makes a text format of a ready pattern; a file is of it when a line of its first 64 KiB is a finding, a count or a
 * verdict.
 */
export function readyPatternFormat(pattern: ReadyPattern): TextFormat {
  const rules = pattern.rules.map(({ means, expression }) => ({ means, groupsOf: linearGroups(expression) }));
  return {
    format: pattern.name,
    title: `${pattern.tool}'s text`,
    kind: 'findings',
    wellKnownNames: [],
    specification: pattern.specification,
    producers: [{ tool: pattern.tool, option: pattern.option }],
    syntax: 'text',
    emptyIsClean: true,
    headCharacters: 64 * 1024,
    detect: (head) => head.split(/\r?\n/).some((line) => telling.has(match(line, rules)?.means ?? 'nothing')),
    read: (sink) => new LineReader(pattern, rules, sink),
  };
}
