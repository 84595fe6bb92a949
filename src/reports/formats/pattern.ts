import { UsageError } from '../../errors.ts';
import type { FindingCategory, Severity } from '../../model/findings.ts';
import { type Groups, linearGroups } from '../../patterns/linear-match.ts';
import type { ReportSink, TextFormat } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { countFromText } from './shared/count-from-text.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';

/** A text format that a project describes in its configuration: lines like `file:line: message`. */
export interface FindingPattern {
  /** Shown as the format's name. */
  readonly name: string;
  readonly tool: string;
  /**
   * A JavaScript regular expression for a whole line from its beginning, with the named groups `message` (needed),
   * `path`, `line`, `endLine`, `column`, `severity`, `rule`.
   */
  readonly pattern: string;
  readonly category: FindingCategory;
  /** For lines without a severity, or with a word that says nothing. */
  readonly severity: Severity;
}

/** Longer lines are cut: what matching a line costs grows with its length. */
const maxLineCharacters = 1_000;

/** Gives the groups of a line that matches from its beginning. */
type Matcher = (line: string) => Groups | null;

function compiled({ name, pattern }: FindingPattern): Matcher {
  if (!pattern.includes('(?<message>')) {
    throw new UsageError(`pattern "${name}" has no group (?<message>…): ${pattern.slice(0, 200)}`, {
      hint: 'Name the part of the line that is the message, as in ^(?<path>[^:]+):(?<line>\\d+): (?<message>.*)$',
    });
  }
  try {
    const groupsOf = linearGroups(new RegExp(pattern));
    return (line) => groupsOf(line.slice(0, maxLineCharacters));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    const trouble = error instanceof UsageError ? why : `is not a valid regular expression: ${why}`;
    throw new UsageError(`pattern "${name}" ${trouble}: ${pattern.slice(0, 200)}`, { cause: error });
  }
}

/** `error`, `warning`, …; of `fatal error` the last word counts. */
function severityOf(word: string | undefined, fallback: Severity): Severity {
  const severity = severityOfLinterWord(word?.trim().split(/\s+/).at(-1) ?? null);
  return severity === 'unknown' ? fallback : severity;
}

function readLine(line: string, { groupsOf, pattern }: Compiled, sink: ReportSink): void {
  const groups = groupsOf(line);
  if (groups === null) return;
  const rule = groups['rule'] ?? '';
  sink.finding(
    {
      ...blankFinding,
      category: pattern.category,
      tool: pattern.tool,
      rule,
      severity: severityOf(groups['severity'], pattern.severity),
      message: groups['message'] ?? rule,
      path: groups['path'] ?? null,
      line: countFromText(groups['line'] ?? null),
      endLine: countFromText(groups['endLine'] ?? null),
      column: countFromText(groups['column'] ?? null),
    },
    null,
  );
}

interface Compiled {
  readonly groupsOf: Matcher;
  readonly pattern: FindingPattern;
}

/**
 * Makes a text format of a pattern: every line that matches is a finding, the others are passed over. A file is of this
 * format when a line of its first 64 KiB matches. Throws `UsageError` for a pattern that is broken, has no message, or
 * cannot be matched in linear time.
 */
export function patternFormat(pattern: FindingPattern): TextFormat {
  const shared: Compiled = { groupsOf: compiled(pattern), pattern };
  return {
    format: pattern.name,
    title: `${pattern.tool}, by a pattern of the configuration`,
    kind: 'findings',
    wellKnownNames: [],
    specification: '',
    producers: [],
    syntax: 'text',
    emptyIsClean: true,
    headCharacters: 64 * 1024,
    detect: (head) => head.split(/\r?\n/).some((line) => shared.groupsOf(line) !== null),
    read: (sink) => ({
      line(text) {
        readLine(text, shared, sink);
      },
      end() {
        // Every finding was handed over when its line came.
      },
    }),
  };
}
