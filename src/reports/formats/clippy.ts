import type { FindingFix, Severity } from '../../model/findings.ts';
import { hashDigits, stableHash } from '../collect/stable-hash.ts';
import type { JsonLinesFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { oddLine } from './shared/json-entries.ts';
import { anyTextAt, has, isJsonObject, listAt, numberAt, textAt, valueAt } from './shared/json-value.ts';
import { severityOfLinterWord } from './shared/severity-scales.ts';
import { wholeLineFix } from './shared/whole-line-fix.ts';

const maxKnown = 200_000;

function isMessage(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'reason', 'string');
}

// doc.rust-lang.org/rustc/json.html: error, warning, note, help, failure-note, "error: internal compiler error".
function severityOf(level: string): Severity {
  if (level.startsWith('error: internal')) return 'critical';
  return level === 'help' ? 'info' : severityOfLinterWord(level);
}

function primarySpan(message: unknown): unknown {
  const spans = listAt(message, 'spans');
  return spans.find((span) => valueAt(span, 'is_primary') === true) ?? spans[0];
}

// Only what the compiler itself would apply; several spans are parts of one change.
function fixOf(message: unknown): FindingFix | null {
  const spans = listAt(message, 'children').flatMap((child) =>
    listAt(child, 'spans').filter((span) => textAt(span, 'suggestion_applicability') === 'MachineApplicable'),
  );
  const text = valueAt(spans[0], 'suggested_replacement');
  if (spans.length !== 1 || typeof text !== 'string') return null;
  const at = (key: string): number | null => numberAt(spans[0], key);
  return wholeLineFix({
    startLine: at('line_start'),
    startColumn: at('column_start'),
    endLine: at('line_end'),
    endColumn: at('column_end'),
    text,
  });
}

function urlOf(rule: string): string | null {
  const lint = /^clippy::([a-z_0-9]+)$/.exec(rule)?.[1];
  if (lint !== undefined) return `https://rust-lang.github.io/rust-clippy/master/index.html#${lint}`;
  return /^E\d{4}$/.test(rule) ? `https://doc.rust-lang.org/error_codes/${rule}.html` : null;
}

function describe(message: unknown): string {
  return listAt(message, 'children')
    .map((child) => anyTextAt(child, 'message'))
    .filter((text) => text !== '')
    .join('\n');
}

function isSummary(text: string): boolean {
  return /^aborting due to |^\d+ warnings? emitted$|^Some errors have detailed|^For more information about/.test(
    text,
  );
}

class MessageReader {
  readonly #sink: ReportSink;
  /** A crate's tests are compiled with its library: each message comes once for both. */
  readonly #known = new Set<string>();
  #hasFailed = false;
  #hasFinished = false;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  value(value: unknown, line: number): void {
    if (!isMessage(value)) this.#sink.incomplete(`line ${line} is not a message of cargo; Herald skipped it`);
    else if (textAt(value, 'reason') === 'compiler-message') this.#readMessage(valueAt(value, 'message'));
    else if (textAt(value, 'reason') === 'build-finished') {
      this.#hasFinished = true;
      this.#hasFailed ||= valueAt(value, 'success') === false;
    }
  }

  badLine(text: string, line: number): void {
    oddLine(text, line, this.#sink);
  }

  end(): void {
    if (this.#hasFailed) this.#sink.failed('cargo says that the build failed');
    // The last message of every build since cargo 1.44.
    if (!this.#hasFinished) this.#sink.incomplete('the message that the build has finished is missing');
  }

  #readMessage(message: unknown): void {
    const text = anyTextAt(message, 'message');
    const level = anyTextAt(message, 'level');
    const span = primarySpan(message);
    if (span === undefined && isSummary(text)) return;
    const rule = textAt(message, 'code', 'code') ?? '';
    const path = textAt(span, 'file_name');
    const place = [numberAt(span, 'line_start'), numberAt(span, 'column_start')] as const;
    if (!this.#isNew([rule, path ?? '', ...place, text].join('\u0000'))) return;
    this.#sink.finding(
      {
        ...blankFinding,
        tool: rule.startsWith('clippy::') ? 'Clippy' : 'rustc',
        rule,
        ruleUrl: urlOf(rule),
        severity: severityOf(level),
        message: text,
        description: describe(message),
        path,
        line: place[0],
        endLine: numberAt(span, 'line_end'),
        column: place[1],
        fix: fixOf(message),
      },
      null,
    );
  }

  #isNew(key: string): boolean {
    const hash = hashDigits(stableHash(key));
    if (this.#known.has(hash)) return false;
    if (this.#known.size < maxKnown) this.#known.add(hash);
    return true;
  }
}

/** What cargo writes with `--message-format=json`: messages of rustc and Clippy, one a line. */
export const clippy: JsonLinesFormat = {
  format: 'clippy',
  title: 'Clippy and rustc JSON',
  kind: 'findings',
  wellKnownNames: ['**/clippy*.json', '**/clippy*.jsonl', '**/cargo-check*.json'],
  specification: 'https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages',
  producers: [{ tool: 'Clippy', option: 'cargo clippy --message-format=json > clippy.json' }],
  syntax: 'json-lines',

  detect(first) {
    const reasons = ['compiler-message', 'compiler-artifact', 'build-script-executed', 'build-finished'];
    return first.some((value) => reasons.includes(anyTextAt(value, 'reason')));
  },

  read(sink) {
    return new MessageReader(sink);
  },
};
