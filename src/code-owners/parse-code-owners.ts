/**
 * A CODEOWNERS file. Source: https://docs.gitlab.com/user/project/codeowners/reference/
 */

import { pathPattern, type SplitPath } from './path-pattern.ts';

export interface OwnerRule {
  readonly pattern: string;
  /** Whether a path fits the pattern. */
  readonly fits: (path: SplitPath) => boolean;
  /** True for `!pattern`: such paths need no owner in the section. */
  readonly excludes: boolean;
  /** As written: `@user`, `@group/subgroup`, `@@developer`, `name@example.com`. */
  readonly owners: readonly string[];
}

export interface OwnerSection {
  /** Empty for what stands before the first section. */
  readonly name: string;
  /** `^[Name]`: its owners need not approve. */
  readonly optional: boolean;
  readonly approvals: number;
  readonly rules: readonly OwnerRule[];
}

export type CodeOwners = readonly OwnerSection[];

const heading = /^(\^)?\[([^\]]+)\](?:\[(\d{1,3})\])?\s*([^]*)$/;
const ownerWord = /^@@?[\w./-]+$|^[^\s@]+@[^\s@]+$/;

interface Draft {
  readonly name: string;
  optional: boolean;
  readonly approvals: number;
  readonly defaults: readonly string[];
  readonly rules: OwnerRule[];
}

/** There are no comments behind a rule: whoever is named there is an owner, too. */
function ownersIn(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => ownerWord.test(word));
}

/** The pattern ends at the first white space without a backslash; `\#` and `\ ` keep their character. */
function splitRule(line: string): { readonly pattern: string; readonly rest: string } {
  const [, pattern = '', rest = ''] = /^((?:\\.|[^\s\\])+)\s*([^]*)$/.exec(line) ?? [];
  return { pattern: pattern.replaceAll(/\\([\s#])/g, '$1'), rest };
}

function addRule(line: string, section: Draft): void {
  const { pattern, rest } = splitRule(line);
  if (pattern === '') return;
  const excludes = pattern.startsWith('!');
  const owners = ownersIn(rest);
  const wanted = excludes ? pattern.slice(1) : pattern;
  section.rules.push({
    pattern: wanted,
    fits: pathPattern(wanted),
    excludes,
    owners: owners.length === 0 ? section.defaults : owners,
  });
}

function sectionOf([, optional, name = '', approvals, defaults = '']: RegExpExecArray): Draft {
  return {
    name: name.trim(),
    optional: optional !== undefined,
    approvals: Math.max(1, Number(approvals ?? 1)),
    defaults: ownersIn(defaults),
    rules: [],
  };
}

/**
 * Sections of the same name, whatever case, are one, which is optional only where each of them is; lines that are no rule are left out.
 */
export function parseCodeOwners(text: string): CodeOwners {
  const sections: Draft[] = [{ name: '', optional: false, approvals: 1, defaults: [], rules: [] }];
  let current = sections[0];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const found = heading.exec(line);
    if (found === null) {
      if (current !== undefined) addRule(line, current);
      continue;
    }
    const opened = sectionOf(found);
    const same = sections.find(({ name }) => name !== '' && name.toLowerCase() === opened.name.toLowerCase());
    current = same === undefined ? opened : { ...opened, rules: same.rules };
    if (same === undefined) sections.push(opened);
    else same.optional = same.optional && opened.optional;
  }
  return sections;
}
