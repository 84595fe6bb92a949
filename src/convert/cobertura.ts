import {
  type CoveredOf,
  countedLines,
  type FileCoverage,
  percentOf,
  sumOfCounts,
} from '../model/coverage.ts';
import { type ConvertTarget, lostCount } from './target.ts';
import { xmlAttributes } from './xml.ts';

function rate(part: CoveredOf | null): string {
  const percent = part === null ? null : percentOf(part);
  return percent === null ? '0' : String(Math.round(percent * 100) / 10_000);
}

function lineXml(line: number, hits: number, branches: CoveredOf | undefined): string {
  const condition =
    branches === undefined || branches.total === 0
      ? { branch: null, 'condition-coverage': null }
      : {
          branch: 'true',
          'condition-coverage': `${Math.round((100 * branches.covered) / branches.total)}% (${branches.covered}/${branches.total})`,
        };
  return `<line${xmlAttributes({ number: line, hits, ...condition })}/>`;
}

/** Cobertura's figures are of the lines that it lists, also where the report's own count statements. */
function linesOf({ hits, totals }: FileCoverage): CoveredOf {
  return countedLines(hits) ?? totals.lines;
}

function classXml(file: FileCoverage): string {
  const lines: string[] = [];
  const branches = new Map(file.branches.map((entry) => [entry.line, entry]));
  file.hits.forEach((hits, line) => {
    if (hits >= 0) lines.push(lineXml(line, hits, branches.get(line)));
  });
  const { totals, path } = file;
  const attributes = xmlAttributes({
    name: path,
    filename: path,
    'line-rate': rate(linesOf(file)),
    'branch-rate': rate(totals.branches),
    complexity: 0,
  });
  return `      <class${attributes}><methods/><lines>${lines.join('')}</lines></class>`;
}

/** Cobertura XML, of which GitLab shows the lines in the diff: https://docs.gitlab.com/ci/testing/code_coverage/cobertura/ */
export const coberturaTarget: ConvertTarget = {
  name: 'cobertura',
  title: 'Cobertura XML',
  from: 'coverage',
  keyword: 'coverage_report with coverage_format: cobertura',
  write(report) {
    if (report.kind !== 'coverage') return null;
    const { branches } = report.totals;
    const lines = report.files.length === 0 ? report.totals.lines : sumOfCounts(report.files.map(linesOf));
    const attributes = xmlAttributes({
      'line-rate': rate(lines),
      'branch-rate': rate(branches),
      'lines-covered': lines.covered,
      'lines-valid': lines.total,
      'branches-covered': branches?.covered ?? 0,
      'branches-valid': branches?.total ?? 0,
      complexity: 0,
      version: '1',
      timestamp: 0,
    });
    const classes = report.files.map(classXml).join('\n');
    return `<?xml version="1.0" encoding="UTF-8"?>
<coverage${attributes}>
  <sources><source>.</source></sources>
  <packages><package name="." line-rate="${rate(lines)}" branch-rate="${rate(branches)}" complexity="0">
    <classes>
${classes}
    </classes>
  </package></packages>
</coverage>
`;
  },
  losses(report) {
    if (report.kind !== 'coverage') return [];
    const count = (is: (file: FileCoverage) => boolean): number => report.files.filter(is).length;
    const hasLines = ({ hits }: FileCoverage): boolean => hits.some((hit) => hit >= 0);
    return [
      ...lostCount(
        count((file) => !hasLines(file) && file.totals.lines.total > 0),
        {
          one: 'file has totals, but no lines: the diff shows nothing of it',
          other: 'files have totals, but no lines: the diff shows nothing of them',
        },
      ),
      ...(report.files.length === 0 && report.totals.lines.total > 0
        ? ['the report has totals, but no files']
        : []),
    ];
  },
};
