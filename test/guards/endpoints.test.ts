import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** What gitbeaker's resource classes lack. */
const lacking = 'no class of gitbeaker has it';

/** It looks whether a body is a form, and Node then loads its whole fetch: as long as all else that a run writes. */
const slow = 'gitbeaker loads fetch, and every report writes a note';

/** The endpoints whose paths are written by hand, and why; each `*` is a value. */
const byHand: Readonly<Record<string, string>> = {
  version: lacking,
  'vulnerabilities/*': lacking,
  'projects/*/merge_requests/*/raw_diffs': lacking,
  'projects/*/merge_requests/*/notes': slow,
  'projects/*/merge_requests/*/notes/*': slow,
  '*/*/hooks/*/test/*': lacking,
  '*/*/hooks/*/events': lacking,
  '*/*/hooks/*/events/*/resend': lacking,
  'projects/*/pipelines/*/trigger_jobs': lacking,
  'projects/*/jobs/*/artifacts': 'gitbeaker puts the path of the file in as it is, not encoded',
  'projects/*/jobs/artifacts/*/raw': 'gitbeaker encodes the slashes of the path of the file',
  'projects/*/*/*/discussions': 'gitbeaker sends a form where a thread has a position, and all as texts',
  'projects/*/*/*/discussions/*':
    'gitbeaker resolves those of merge requests only, with a query instead of a body',
  'projects/*/merge_requests/*/draft_notes/bulk_publish':
    'gitbeaker always sends a body, and knows no state of a review',
  'projects/*/pipeline_schedules/*/take_ownership': 'gitbeaker sends a body, and GitLab knows none',
  'projects/*/statuses/*': 'gitbeaker does not know the state "skipped"',
  'projects/*/jobs/*/play': 'gitbeaker writes the names of inputs in another way',
  'projects/*/jobs/*/retry': 'gitbeaker knows no inputs here',
  '*/*/service_accounts': lacking,
  '*/*/service_accounts/*/personal_access_tokens': lacking,
  '*/*/service_accounts/*/personal_access_tokens/*': lacking,
  'projects/*/variables/*': 'gitbeaker puts the environment scope that a change is meant for into the body',
};

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'src/gitlab/resources');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const gitbeaker = readFileSync(createRequire(import.meta.url).resolve('@gitbeaker/core'), 'utf8');

/** A path with `*` for each value, and no slash at its ends. */
function shapeOf(template: string): string {
  return template.replaceAll(/\$\{[^}]*\}/g, '*').replaceAll(/^\/|\/$/g, '');
}

function shapesOf(pattern: RegExp, text: string): readonly string[] {
  return [...text.matchAll(pattern)].map(([, template = '']) => shapeOf(template));
}

/** A class for several kinds of parents gets the first part of its paths apart. */
const known = [
  ...shapesOf(/endpoint`([^`]+)`/g, gitbeaker),
  ...shapesOf(/^\s+this,\s+`([^`]+)`/gm, gitbeaker),
  ...shapesOf(/^\s+(?:return RequestHelper\.get\(\)\()?this,\s+"([^"]+)"/gm, gitbeaker),
].map((shape) => (shape.startsWith('*/') ? `projects/${shape}` : shape).split('/'));

const written = sources.flatMap(({ name, text }) =>
  shapesOf(/pathByHand`([^`]*)`/g, text).map((shape) => ({ name, shape })),
);

/** Whether gitbeaker's path fits: its values can be words of ours, as the kind of what notes are on. */
function fits(theirs: readonly string[], ours: readonly string[]): boolean {
  return theirs.length === ours.length && theirs.every((part, at) => part === '*' || part === ours[at]);
}

/** A class adds the path of a file to some of its paths. */
function isKnown(shape: string): boolean {
  const ours = shape.replace(/\/raw$/, '').split('/');
  return known.some((theirs) => fits(theirs, ours));
}

describe('an endpoint', () => {
  test('that gitbeaker has is read out of its code', () => {
    expect(known.length).toBeGreaterThan(500);
    const shapes = [
      'projects/*/issues/*',
      'projects/*/merge_requests/*/notes',
      'user',
      'metadata',
      'groups/*',
    ];
    expect(shapes.filter((shape) => !isKnown(shape))).toEqual([]);
  });

  test('that is asked by hand has its reason in this file', () => {
    const reasonless = written.filter(({ shape }) => !Object.hasOwn(byHand, shape));
    const names = reasonless.map(({ name, shape }) =>
      isKnown(shape)
        ? `src/gitlab/resources/${name} asks ${shape} by hand, and a class of gitbeaker knows it`
        : `src/gitlab/resources/${name} asks ${shape} by hand: give the reason in test/guards/endpoints.test.ts`,
    );
    expect(names).toEqual([]);
  });

  test('that has a reason is asked by hand', () => {
    const shapes = new Set(written.map(({ shape }) => shape));
    expect(Object.keys(byHand).filter((shape) => !shapes.has(shape))).toEqual([]);
  });

  test('that gitbeaker lacks is still lacking in it, and the others are not', () => {
    const wrong = Object.entries(byHand).filter(([shape, why]) => isKnown(shape) === (why === lacking));
    expect(wrong.map(([shape]) => shape)).toEqual([]);
  });

  test('has no path that is written in another way', () => {
    const paths = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/(?<!pathByHand)[`'"]\/[a-z$].*/g)].map(([line]) => `${name}: ${line}`),
    );
    expect(paths).toEqual([]);
  });
});
