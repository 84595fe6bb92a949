import * as z from 'zod';

const count = z.int().nonnegative().default(0);

/** Counts of what a report has no room for. */
export const omittedSchema = z
  .object({
    tests: count.meta({ description: 'Tests that are in the totals only.' }),
    testNames: count.meta({ description: 'Tests whose names are not kept.' }),
    testRecords: count.meta({
      description: 'Tests that did anything but pass and whose record is not kept.',
    }),
    coveredFiles: count.meta({ description: 'Files with coverage that are in the totals only.' }),
    findings: count.meta({ description: 'Findings whose identities are not kept.' }),
    findingTexts: count.meta({ description: 'Findings that are not kept in words.' }),
    metrics: count.meta({
      description: 'Metrics that are not kept, those without a finite value among them.',
    }),
    jobs: count.meta({ description: 'Jobs whose durations are not kept.' }),
    gates: count,
    unexplained: count.meta({ description: 'Signs of failure that are not listed.' }),
    warnings: count,
  })
  .meta({ description: 'How much of each kind there was no room for.' });

type Omitted = z.infer<typeof omittedSchema>;

export const nothingOmitted: Omitted = omittedSchema.parse({});

/** The part as JSON, with any counts. */
export const bytesOfOmitted = 1_000;
