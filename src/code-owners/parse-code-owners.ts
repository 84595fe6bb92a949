/**
 * A CODEOWNERS file. Sources: https://docs.gitlab.com/user/project/codeowners/reference/ and, for what the page leaves open,
 * `ee/lib/gitlab/code_owners/` (file.rb, section_parser.rb) of https://gitlab.com/gitlab-org/gitlab
 */

import { pathPattern, type SplitPath } from './path-pattern.ts';

export interface OwnerRule {
  /** As written, without the `!` of one that excludes. */
  readonly pattern: string;
  /** Of the heading above it: parts of one section can ask for different numbers. */
  readonly approvals: number;
  /** Whether a path fits the pattern. */
  readonly fits: (path: SplitPath) => boolean;
  /** True for `!pattern`: such paths need no owner in the section. */
  readonly excludes: boolean;
  /** As written: `@user`, `@group/subgroup`, `@@developer`, `name@example.com`. */
  readonly owners: readonly string[];
}

export interface OwnerSection {
  /** Empty for rules before the first section. */
  readonly name: string;
  /** `^[Name]`: its owners need not approve. */
  readonly optional: boolean;
  readonly approvals: number;
  readonly rules: readonly OwnerRule[];
}

export type CodeOwners = readonly OwnerSection[];

/**
 * A heading as GitLab's section_parser.rb reads it (HEADER_REGEX), which GitLab also uses for headings that it reports
 * as invalid: the name may be empty, the owners need no white space in front, and they end at the first character that
 * no owner has, for example at a comma.
 */
const heading = /^(\^)?\[([^\]]*)\](?:\[([\s\d]*)\])?([@\w.\-/\s]*)/;
const ownerWord = /^@@?[\w./-]+$|^[^\s@]+@[^\s@]+$/;

interface Draft {
  readonly name: string;
  optional: boolean;
  readonly approvals: number;
  readonly defaults: readonly string[];
  readonly rules: OwnerRule[];
}

/** A rule has no comment after it: people named there are owners too. */
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
  const wanted = excludes ? pattern.slice(1) : pattern;
  section.rules.push({
    pattern: wanted,
    approvals: section.approvals,
    fits: pathPattern(wanted),
    excludes,
    // As GitLab does (file.rb, validate_and_get_owners): words that name nobody do not bring back the owners of the
    // section.
    owners: rest === '' ? section.defaults : ownersIn(rest),
  });
}

function sectionOf([, optional, name = '', approvals, defaults = '']: RegExpExecArray): Draft {
  return {
    name: name.trim(),
    optional: optional !== undefined,
    approvals: Math.max(1, Number.parseInt(approvals?.trim() ?? '', 10) || 1),
    defaults: ownersIn(defaults),
    rules: [],
  };
}

/**
 * Sections of the same name, whatever case, are one, which is optional only where each of them is; lines that are not
 * rules are omitted.
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
    const same = sections.slice(1).find(({ name }) => name.toLowerCase() === opened.name.toLowerCase());
    current = same === undefined ? opened : { ...opened, rules: same.rules };
    if (same === undefined) sections.push(opened);
    else same.optional = same.optional && opened.optional;
  }
  return sections;
}
