import { UsageError } from '../../errors.ts';
import { describeProblems } from '../../model/describe-problem.ts';
import { once } from '../../model/once.ts';
import type { Rule } from './rule.ts';
import { rulesSchema } from './rule-schema.ts';

/**
 * Rules from the value of a YAML list. Throws `UsageError` that names each place (`bot.rules[2].when.labels`), what is
 * wrong there, and what was probably meant. `where` is the place of the list.
 */
export function parseRules(value: unknown, where: string): readonly Rule[] {
  const parsed = rulesSchema.safeParse(value, once);
  if (parsed.success) return parsed.data;
  throw new UsageError(describeProblems(parsed.error, { schema: rulesSchema, value }, where), {
    hint: 'docs/reference/rules.md lists all events, conditions and actions',
  });
}
