import type { CodeOwners, OwnerRule } from './parse-code-owners.ts';
import { type SplitPath, splitPath } from './path-pattern.ts';

/** A rule that decides who owns one of these paths. */
export interface TouchedRule {
  /** Name of its section; empty before the first one. */
  readonly section: string;
  readonly optional: boolean;
  /** Approvals that it needs, from 1 on. */
  readonly approvals: number;
  readonly pattern: string;
  readonly owners: readonly string[];
}

/** More tests of a pattern on a path would take seconds. */
const maxTests = 2_000_000;

/** The rule of a section that counts for a path: the last that fits, none where one that fits excludes it. */
export function ruleFor(rules: readonly OwnerRule[], path: SplitPath): OwnerRule | null {
  const fitting = rules.filter(({ fits }) => fits(path));
  return fitting.some(({ excludes }) => excludes) ? null : (fitting.at(-1) ?? null);
}

/**
 * The rules that count for these paths, in the order of the file. GitLab asks for the approvals of each rule by itself
 * (`ee/app/services/merge_requests/sync_code_owner_approval_rules.rb`), not once for a section. A rule without owners
 * asks for none. Null where there are too many rules and paths to compare.
 */
export function touchedRules(
  codeOwners: CodeOwners,
  paths: readonly string[],
): readonly TouchedRule[] | null {
  const count = codeOwners.reduce((sum, { rules }) => sum + rules.length, 0);
  if (count * paths.length > maxTests) return null;
  const split = [...new Set(paths)].map(splitPath);
  return codeOwners.flatMap(({ name: section, optional, rules }) => {
    const touched = new Set(split.map((path) => ruleFor(rules, path)));
    return rules
      .filter((rule) => touched.has(rule) && rule.owners.length > 0)
      .map(({ approvals, pattern, owners }) => ({ section, optional, approvals, pattern, owners }));
  });
}
