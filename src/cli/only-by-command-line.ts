/**
 * Commands that act with a token in pipelines that others can start. In a GitLab job only the command line sets what
 * they do: the variables of a trigger outrank those of the job, so everybody who knows the trigger URL could set them.
 * Source: https://docs.gitlab.com/ci/variables/#cicd-variable-precedence
 */
import type * as z from 'zod';
import { optionRows } from '../config/option-row.ts';
import type { Log } from '../io/port.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that may set the options of a table, and the names of those that are set and do not count. */
export function countingVariables(
  table: z.ZodObject,
  variables: Variables,
): { readonly counting: Variables; readonly ignored: readonly string[] } {
  if (!isGitLabJob(variables)) return { counting: variables, ignored: [] };
  const names = optionRows(table).map(({ variable }) => variable);
  return { counting: {}, ignored: names.filter((name) => (variables[name] ?? '') !== '') };
}

/** Says which variables did not count. @param what `what the bot does` */
export function warnOfIgnored(ignored: readonly string[], what: string, log: Log): void {
  for (const name of ignored)
    log.warn(`${name} is ignored: in a GitLab job only the command line sets ${what}`);
}
