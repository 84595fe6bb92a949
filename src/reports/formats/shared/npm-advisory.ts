import type { RawFinding } from '../../collect/findings.ts';
import type { ReportSink } from '../../format.ts';
import { blankFinding } from './blank-finding.ts';
import { anyTextAt, listAt, numberAt, textAt, textsAt } from './json-value.ts';
import { severityOfCvss, severityOfSecurityWord } from './severity-scales.ts';

/** What the findings of one advisory share, of a package by its name. */
export function sharedByAdvisory(
  advisory: unknown,
  { name, tool }: { readonly name: string; readonly tool: string },
): RawFinding {
  const word = severityOfSecurityWord(textAt(advisory, 'severity'));
  return {
    ...blankFinding,
    category: 'security',
    tool,
    ruleUrl: textAt(advisory, 'url'),
    severity: word === 'unknown' ? (severityOfCvss(numberAt(advisory, 'cvss', 'score')) ?? word) : word,
    message: `${anyTextAt(advisory, 'title') || 'Vulnerability'} in ${name}`,
  };
}

/** The advisory's GHSA id, which only its URL has; else npm's number. */
export function advisoryId(advisory: unknown): string {
  const ghsa = /GHSA(?:-[0-9a-z]{4}){3}/i.exec(anyTextAt(advisory, 'url').slice(0, 500))?.[0];
  const number = numberAt(advisory, 'id') ?? numberAt(advisory, 'source');
  return ghsa ?? textAt(advisory, 'github_advisory_id') ?? (number === null ? '' : String(number));
}

/** CWE ids, which are one text or a list. */
export function weaknessesOf(advisory: unknown): readonly string[] {
  const single = textAt(advisory, 'cwe');
  return single === null ? textsAt(advisory, 'cwe') : [single];
}

/** Reads an advisory in the form of npm 6, which pnpm and Yarn 1 write too. */
export function readAdvisory(advisory: unknown, tool: string, sink: ReportSink): void {
  const name = anyTextAt(advisory, 'module_name', 'name');
  const id = advisoryId(advisory);
  const paths = listAt(advisory, 'findings').flatMap((finding) => textsAt(finding, 'paths'));
  const parts = [
    anyTextAt(advisory, 'overview'),
    anyTextAt(advisory, 'recommendation'),
    paths.length === 0 ? '' : `Paths: ${paths.slice(0, 20).join(', ')}`,
  ];
  sink.finding(
    {
      ...sharedByAdvisory(advisory, { name, tool }),
      rule: id,
      description: parts.filter((part) => part !== '').join('\n\n'),
      identifiers: [id, ...textsAt(advisory, 'cves'), ...weaknessesOf(advisory)],
    },
    ['npm-audit', id, name].join('\u0000'),
  );
}
