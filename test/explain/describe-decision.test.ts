import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { describeDecision } from '../../src/explain/describe-decision.ts';
import { explanationLines, explanationOf, explanationSchema } from '../../src/explain/explanation.ts';
import { type Decision, decisionsByStep } from '../../src/model/decision.ts';

const hostile = 'a\u001b[2Jb\u202ec\r\nsection_start:1:x\u0007';

type Schema = z.core.$ZodType;

/** Every value of an enumeration or literal, and one of everything else; texts are hostile. */
function valuesOf(schema: Schema): readonly unknown[] {
  if (schema instanceof z.ZodNullable) return [...valuesOf(schema.def.innerType), null];
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodLiteral) return [...schema.values];
  if (schema instanceof z.ZodArray) return [[], [valuesOf(schema.def.element)[0]]];
  if (schema instanceof z.ZodBoolean) return [true, false];
  if (schema instanceof z.ZodNumber) return [3];
  if (schema instanceof z.ZodString) return [hostile];
  throw new Error(`no values for ${schema._zod.def.type}`);
}

/** A decision for each value of each field, the other fields having their first one. */
function decisionsOf(schema: z.ZodObject): readonly unknown[] {
  const fields = Object.entries<Schema>(schema.shape).map(
    ([name, field]) => [name, valuesOf(field)] as const,
  );
  const first = Object.fromEntries(fields.map(([name, values]) => [name, values[0]]));
  return fields.flatMap(([name, values]) => values.map((value) => ({ ...first, [name]: value })));
}

const kinds = Object.entries(decisionsByStep).flatMap(([step, union]) =>
  union.options.map((schema) => ({ step, about: String([...schema.shape.about.values][0]), schema })),
);

function parsed(step: string, value: unknown): Decision {
  const schema = Object.entries(decisionsByStep).find(([name]) => name === step)?.[1];
  if (schema === undefined) throw new Error(`no step ${step}`);
  return schema.parse(value);
}

describe.each(kinds)('a decision about $about', ({ step, schema }) => {
  const decisions = decisionsOf(schema).map((value) => parsed(step, value));

  test('has words for every value of its fields, and nothing in them steers a terminal', () => {
    expect(decisions.length).toBeGreaterThan(0);
    for (const decision of decisions) {
      const line = describeDecision(decision);
      expect(line).not.toMatch(/undefined|\[object|null/);
      expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(line.length).toBeGreaterThan(5);
    }
  });

  test('is in its step of the explanation, which its schema accepts', () => {
    const explanation = explanationOf(decisions, { exitCode: 0, requests: 1 });
    expect(explanationSchema.parse(JSON.parse(JSON.stringify(explanation)))).toEqual(explanation);
    expect(Object.entries(explanation).find(([name]) => name === step)?.[1]).toHaveLength(decisions.length);
    for (const line of explanationLines(explanation)) expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

test('a file is shown once, with the pattern that found it and its size', () => {
  const explanation = explanationOf(
    [
      { about: 'match', path: 'a/junit.xml', pattern: '**/junit*.xml' },
      {
        about: 'file',
        path: 'a/junit.xml',
        sizeBytes: 4096,
        from: 'folder',
        outcome: 'read',
        format: 'junit',
        kinds: ['tests'],
        reason: null,
      },
    ],
    { exitCode: 0, requests: 0 },
  );
  expect(explanationLines(explanation).filter((line) => line.includes('a/junit.xml'))).toEqual([
    '  read a/junit.xml: junit (tests) [4 KiB, found by **/junit*.xml]',
  ]);
});
