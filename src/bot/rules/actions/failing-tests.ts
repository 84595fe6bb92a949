import * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import { code, type Document, type Inline, link, paragraph, text } from '../../../model/document.ts';
import type { Facts } from '../../../model/facts.ts';
import type { FailingTest } from '../../../model/test-runs.ts';
import { testIssueKeys as keyStart, planTestIssues } from '../../../trail/failing-tests.ts';
import { noteKey } from '../keys.ts';
import type { RuleAction } from '../rule.ts';
import type { ActionSpec } from './action-spec.ts';
import { endOf, isTold } from './told.ts';

const restKey = noteKey('failing-tests');
const day = 86_400_000;

const schema = z.lazy(() =>
  z.strictObject({
    'close-after': z.int().min(1).max(50).default(5),
    max: z.int().min(1).max(100).default(10),
    labels: z
      .array(z.string().regex(/^[^,\p{Cc}]{1,255}$/u, 'a label, without commas'))
      .max(50)
      .default([]),
    confidential: z.boolean().default(false),
  }),
);

type Settings = z.output<typeof schema>;

function pipelineWords({ pipeline, project }: Facts): readonly Inline[] {
  if (pipeline === null) return [];
  const { id, url, sha } = pipeline.pipeline;
  return [
    text('Pipeline '),
    link(url, code(`#${id}`)),
    text(', at '),
    link(`${project.url}/-/commit/${sha}`, code(sha.slice(0, 8))),
    text('.'),
  ];
}

function descriptionOf(
  { label, runs, failedRuns }: FailingTest,
  facts: Facts,
  { 'close-after': closeAfter }: Settings,
): Document {
  return [
    paragraph(code(label), text(' fails on '), code(facts.project.defaultBranch ?? ''), text('.')),
    paragraph(...pipelineWords(facts)),
    paragraph(text(`It failed in ${failedRuns} of the last ${runs} recorded runs.`)),
    paragraph(
      text(
        `This issue is closed when the test has passed ${closeAfter} times in a row, and opened again when it fails.`,
      ),
    ),
  ];
}

/** Issues of that kind that fit the wish to be confidential. */
function issuesOf({ ownIssues }: Facts, { confidential }: Settings): NonNullable<Facts['ownIssues']> {
  return (ownIssues ?? []).filter(
    ({ key, confidential: isSecret }) =>
      (key.startsWith(keyStart) || key === restKey) && (isSecret || !confidential),
  );
}

/** A pipeline that ended days ago has nothing new, and its report may be large. */
function mayBeNews(facts: Facts, settings: Settings): boolean {
  const { pipeline, ownIssues, now } = facts;
  if (pipeline === null || ownIssues === null) return false;
  const end = Date.parse(endOf(pipeline) ?? '');
  if (now.getTime() - end > day) return false;
  const hasOpen = issuesOf(facts, settings).some(({ state }) => state === 'opened');
  // A job that may fail does not fail its pipeline, but its tests fail.
  return hasOpen || pipeline.jobs.some(({ status, retried }) => status === 'failed' && !retried);
}

function restActions(rest: number, facts: Facts, settings: Settings): readonly BotAction[] {
  const project = facts.project.id;
  const existing = issuesOf(facts, settings).find(({ key }) => key === restKey) ?? null;
  if (rest === 0) {
    const document = [paragraph(text('No other test fails.'))];
    return existing?.state === 'opened' ? [{ do: 'closeIssue', project, key: restKey, document }] : [];
  }
  if (existing !== null && isTold(existing, facts)) return [];
  const words = rest === 1 ? '1 more test fails' : `${rest} more tests fail`;
  const document = [
    paragraph(text(`${words} without an issue of its own: ${settings.max} are open at most.`)),
    paragraph(...pipelineWords(facts)),
  ];
  const { labels, confidential } = settings;
  const title = 'More tests fail';
  const issue = { project, key: restKey, title, document, labels, assigneeIds: [], confidential };
  return [{ do: 'openIssue', ...issue, repeat: document }];
}

function planned(facts: Facts, settings: Settings): readonly BotAction[] {
  const { ownIssues, testRuns, project } = facts;
  if (ownIssues === null || testRuns === null || !mayBeNews(facts, settings)) return [];
  const own = issuesOf(facts, settings).filter(({ key }) => key !== restKey);
  const idOf = ({ key }: { readonly key: string }): string => key.slice(keyStart.length);
  const openIds = own.filter(({ state }) => state === 'opened').map(idOf);
  const told = new Set(own.filter((issue) => isTold(issue, facts)).map(idOf));
  const { 'close-after': closeAfter, max, labels, confidential } = settings;
  const plan = planTestIssues(testRuns, { openIds: [...new Set(openIds)], told }, { closeAfter, max });
  const opened = plan.open.map(
    (test): BotAction => ({
      do: 'openIssue',
      project: project.id,
      key: `${keyStart}${test.id}`,
      title: `Test fails: ${test.label}`,
      document: descriptionOf(test, facts, settings),
      labels,
      assigneeIds: [],
      confidential,
      repeat: null,
    }),
  );
  const closed = plan.close.map(
    ({ id, passes }): BotAction => ({
      do: 'closeIssue',
      project: project.id,
      key: `${keyStart}${id}`,
      document: [
        paragraph(text(`The test passed ${passes} times in a row.`)),
        paragraph(...pipelineWords(facts)),
      ],
    }),
  );
  return [...closed, ...opened, ...restActions(plan.rest, facts, settings)];
}

function trackFailingTests(settings: Settings): RuleAction {
  return {
    name: 'track-failing-tests',
    usernames: [],
    needs: (_occurrence, facts) =>
      mayBeNews(facts, settings) ? ['pipeline', 'ownIssues', 'testRuns'] : ['pipeline', 'ownIssues'],
    plan: (_occurrence, facts) => planned(facts, settings),
  };
}

export const trackFailingTestsSpec: ActionSpec = {
  key: 'track-failing-tests',
  meaning:
    'keeps an issue for each test that fails in the pipeline, by the report of the job `herald report` in it: closed when the test has passed `close-after` times in a row, opened again when it fails; at most `max` are open, and one more issue counts the rest',
  example: '{close-after: 5, max: 10, labels: [flaky]}',
  schema: z.lazy(() => schema.transform(trackFailingTests)),
};
