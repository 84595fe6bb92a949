import { expect, test } from 'vitest';
import { planStatus } from '../../src/publish/plan-status.ts';
import { aContext, headSha } from '../builders.ts';

const context = aContext();
const wanted = {
  context,
  key: 'report',
  state: 'success',
  description: 'fine',
  check: null,
  targetUrls: [],
} as const;

test('a status is bound to the pipeline by its own commit and id', () => {
  expect(planStatus({ ...wanted, targetUrls: ['https://gitlab.example.com/x'] })).toEqual({
    do: 'setStatus',
    status: {
      projectId: 42,
      sha: headSha,
      pipelineId: 1001,
      name: 'herald/report',
      state: 'success',
      description: 'fine',
      targetUrl: 'https://gitlab.example.com/x',
    },
  });
});

test.each([
  { name: 'another job', jobName: 'test', key: 'report', expected: 'herald/report' },
  { name: 'the very job', jobName: 'herald/report', key: 'report', expected: 'herald/report report' },
  { name: 'line ends in the key', jobName: 'test', key: 'a\n\tb', expected: 'herald/a b' },
  {
    name: 'a job that is called like a cut name',
    jobName: `herald/${'k'.repeat(247)}…`,
    key: 'k'.repeat(300),
    expected: `herald/${'k'.repeat(240)}… report`,
  },
])('the name beside $name', ({ jobName, key, expected }) => {
  const { name } = planStatus({
    ...wanted,
    context: aContext({ job: { ...context.job, name: jobName } }),
    key,
  }).status;
  expect(name).toBe(expected);
  expect(name.length).toBeLessThanOrEqual(255);
});

test.each([
  { name: 'of 255 characters stays', text: 'x'.repeat(255), expected: 'x'.repeat(255) },
  { name: 'of 256 is cut', text: 'x'.repeat(256), expected: `${'x'.repeat(254)}…` },
  { name: 'is cut before a pair', text: `${'x'.repeat(253)}😀y`, expected: `${'x'.repeat(253)}…` },
  { name: 'keeps a pair that fits', text: `${'x'.repeat(252)}😀yy`, expected: `${'x'.repeat(252)}😀…` },
  { name: 'is put on one line', text: ' a\r\n\u0000b\u2028c ', expected: 'a b c' },
])('a description $name', ({ text, expected }) => {
  expect(planStatus({ ...wanted, description: text }).status.description).toBe(expected);
});

test.each([
  { name: 'too long', targetUrl: `https://gitlab.example.com/${'x'.repeat(255)}` },
  { name: 'of another scheme', targetUrl: 'javascript:alert(1)' },
  { name: 'with a space', targetUrl: 'https://gitlab.example.com/a b' },
  { name: 'no address at all', targetUrl: 'report.html' },
])('a target that is $name is left out', ({ targetUrl }) => {
  expect(planStatus({ ...wanted, targetUrls: [targetUrl] }).status.targetUrl).toBeNull();
});
