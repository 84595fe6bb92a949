import type * as z from 'zod';
import { once } from '../model/once.ts';
import type { ConfigurationFile } from './configuration-file.ts';
import { describeIssue } from './describe-issue.ts';
import { givenInFile, whyNotInFile } from './load.ts';
import { optionRows } from './option-row.ts';
import { optionsByCommand } from './options.ts';

function problemsFor(schema: z.ZodObject, file: ConfigurationFile): readonly string[] {
  const rows = optionRows(schema);
  const { values, provenance } = givenInFile(rows, file);
  const misplaced = rows.flatMap((row) => {
    const { name, notInFile } = row;
    if (!notInFile || !Object.hasOwn(file.values, name)) return [];
    const { line, column } = file.placeOf([name], 'key');
    return [`${file.path}:${line}:${column}: ${name}: ${whyNotInFile(row)}`];
  });
  const { error } = schema.safeParse(values, { reportInput: true, ...once });
  const issues = error?.issues ?? [];
  return [...misplaced, ...issues.map((issue) => describeIssue(issue, { schema, rows, provenance, file }))];
}

/**
 * Everything that any command would refuse in the file, each problem once, as `.herald.yml:3:7: key: what`. What the
 * values mean together, such as conditions and rules, is not looked at here.
 */
export function problemsInFile(file: ConfigurationFile): readonly string[] {
  return [
    ...new Set([
      ...file.problems,
      ...Object.values(optionsByCommand).flatMap((schema) => problemsFor(schema, file)),
    ]),
  ];
}
