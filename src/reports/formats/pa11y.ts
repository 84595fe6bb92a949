import type { Severity } from '../../model/findings.ts';
import type { JsonFormat, ReportSink } from '../format.ts';
import { blankFinding } from './shared/blank-finding.ts';
import { readEntries, someLookLike } from './shared/json-entries.ts';
import {
  anyTextAt,
  has,
  isJsonObject,
  isList,
  listOf,
  objectOf,
  textAt,
  valueAt,
} from './shared/json-value.ts';

// github.com/pa11y/pa11y: an error is a certain failure of the standard, warnings and notices need a human's eye.
const severityOf = new Map<string, Severity>([
  ['error', 'high'],
  ['warning', 'medium'],
  ['notice', 'info'],
]);

function isIssue(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    has(value, 'code', 'string') &&
    has(value, 'message', 'string') &&
    has(value, 'selector', 'string')
  );
}

/** An entry of pa11y-ci for a page that it could not load has a message and nothing else. */
function isIssueOrError(value: unknown): boolean {
  return (
    isIssue(value) ||
    (isJsonObject(value) && !has(value, 'line', 'number') && !has(value, 'location', 'object'))
  );
}

function isPage(value: unknown): boolean {
  return Array.isArray(value) && (value.length === 0 || someLookLike(listOf(value), isIssueOrError));
}

// Review apps have a host for each branch; the page is what stays.
function pageOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
}

// The context quotes the page at length: its start is enough to find the element.
function describe(issue: unknown, url: string): string {
  const context = anyTextAt(issue, 'context').replace(/\s+/g, ' ').slice(0, 500);
  const lines = [
    url === '' ? '' : `Page: ${url}`,
    `Element: ${anyTextAt(issue, 'selector')}`,
    context === '' ? '' : `Code: ${context}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function readIssue(issue: unknown, url: string, sink: ReportSink): void {
  if (!isIssue(issue)) {
    sink.failed(`pa11y could not check ${url || 'a page'}: ${textAt(issue, 'message') ?? 'no reason given'}`);
    return;
  }
  const rule = anyTextAt(issue, 'code');
  sink.finding(
    {
      ...blankFinding,
      category: 'accessibility',
      tool: 'pa11y',
      rule,
      severity: severityOf.get(anyTextAt(issue, 'type').toLowerCase()) ?? 'unknown',
      message: textAt(issue, 'message') ?? rule,
      description: describe(issue, url),
    },
    ['pa11y', rule, pageOf(url), anyTextAt(issue, 'selector')].join('\u0000'),
  );
}

function readPage(issues: unknown, url: string, sink: ReportSink): void {
  const read = (issue: unknown): void => {
    readIssue(issue, url, sink);
  };
  readEntries(issues, { what: 'issues', keys: ['message', 'code'], read }, sink);
}

/**
 * pa11y's list of issues, its object with a page's URL, and pa11y-ci's results by URL, which GitLab's accessibility job
 * writes.
 */
export const pa11y: JsonFormat = {
  format: 'pa11y',
  title: 'pa11y and GitLab accessibility',
  kind: 'findings',
  wellKnownNames: ['**/gl-accessibility.json', '**/pa11y*.json'],
  specification: 'https://docs.gitlab.com/ci/testing/accessibility_testing/',
  producers: [
    { tool: 'pa11y-ci', option: '--json > gl-accessibility.json' },
    { tool: 'pa11y', option: '--reporter json' },
  ],
  syntax: 'json',
  lists: ['[]', 'issues[]'],

  detect(value) {
    if (Array.isArray(value)) return someLookLike(listOf(value), isIssue);
    if (has(value, 'issues', 'list') && has(value, 'pageUrl', 'string')) return true;
    if (
      !has(value, 'results', 'object') ||
      !has(value, 'passes', 'number') ||
      !has(value, 'errors', 'number')
    )
      return false;
    const pages = Object.values(objectOf(valueAt(value, 'results')));
    return pages.length === 0 || someLookLike(pages, isPage);
  },

  read(value, sink) {
    readPage(isList(value) ? value : valueAt(value, 'issues'), textAt(value, 'pageUrl') ?? '', sink);
    for (const [url, issues] of Object.entries(objectOf(valueAt(value, 'results'))))
      readPage(issues, url, sink);
  },
};
