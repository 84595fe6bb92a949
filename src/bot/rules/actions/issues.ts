import * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import type { FactName, Facts, KeyedIssue } from '../../../model/facts.ts';
import type { Occurrence } from '../../occurrence.ts';
import { keyName, keyText, noteKey } from '../keys.ts';
import type { RuleAction } from '../rule.ts';
import { documentTemplate, lineTemplate } from '../templates.ts';
import type { ActionSpec } from './action-spec.ts';
import { isTold } from './told.ts';

const issueKey = z.lazy(() => keyName.pipe(lineTemplate(200)));
const title = z.lazy(() => lineTemplate(255));
const label = z.lazy(() => z.string().regex(/^[^,\p{Cc}]{1,255}$/u, 'a label, without commas'));
const username = z.lazy(() =>
  z
    .string()
    .regex(/^@?\w[\w.-]{0,254}$/, 'a username')
    .transform((value) => value.replace(/^@/, '').toLowerCase()),
);

const opened = z.lazy(() =>
  z.strictObject({
    key: issueKey.optional(),
    title,
    text: documentTemplate,
    labels: z.array(label).max(50).default([]),
    assign: z.array(username).max(20).default([]),
    confidential: z.boolean().default(false),
    repeat: documentTemplate.optional(),
  }),
);

type Opened = z.output<typeof opened>;

/** Confidential things go only into a confidential issue. */
function byKey({ ownIssues }: Facts, key: string, confidential = false): KeyedIssue | null {
  const same = (ownIssues ?? []).filter(
    (issue) => issue.key === key && (issue.confidential || !confidential),
  );
  return same.find(({ state }) => state === 'opened') ?? same[0] ?? null;
}

/** What shows whether there is something new, and where it belongs. */
function needsOfKey({ key }: Opened): readonly FactName[] {
  return ['ownIssues', ...(key?.needs ?? [])];
}

function needsOfTexts({ title: line, text, repeat, assign }: Opened): readonly FactName[] {
  const templates = [line, text, repeat].flatMap((template) => template?.needs ?? []);
  return [...templates, ...(assign.length > 0 ? (['namedUsers'] as const) : [])];
}

type Play = readonly [occurrence: Occurrence, facts: Facts, rule: string];

function keyOf({ key }: Opened, [occurrence, facts, rule]: Play): string {
  return noteKey(keyText(key?.fill(occurrence, facts, rule) ?? rule));
}

/** False where the issue says it already; without the list of issues a second one could be opened. */
function isNews(wanted: Opened, play: Play): boolean {
  const [, facts] = play;
  const existing = byKey(facts, keyOf(wanted, play), wanted.confidential);
  const isQuiet = existing?.state === 'opened' && wanted.repeat === undefined;
  return facts.ownIssues !== null && !isQuiet && (existing === null || !isTold(existing, facts));
}

function openIssue(wanted: Opened): RuleAction {
  const { confidential, labels, assign, repeat } = wanted;
  return {
    name: 'open-issue',
    usernames: assign,
    // What the texts need may cost many requests: they are requested only where something is new.
    needs: (occurrence, facts, rule) =>
      isNews(wanted, [occurrence, facts, rule])
        ? [...needsOfKey(wanted), ...needsOfTexts(wanted)]
        : needsOfKey(wanted),
    plan: (occurrence, facts, rule): readonly BotAction[] => {
      const key = keyOf(wanted, [occurrence, facts, rule]);
      if (!isNews(wanted, [occurrence, facts, rule])) return [];
      return [
        {
          do: 'openIssue',
          project: facts.project.id,
          key,
          title: wanted.title.fill(occurrence, facts, rule),
          document: wanted.text.fill(occurrence, facts, rule),
          labels,
          assigneeIds: assign.flatMap((name) => facts.namedUsers?.get(name)?.id ?? []),
          confidential,
          repeat: repeat?.fill(occurrence, facts, rule) ?? null,
        },
      ];
    },
  };
}

export const openIssueSpec: ActionSpec = {
  key: 'open-issue',
  meaning:
    'opens one issue for each `key` (by default one for the rule); while it is open, `repeat` is added as a comment when the same happens again; a closed issue is reopened',
  example: "{key: 'broken/{branch}', title: '{branch} is broken', text: 'See {pipeline}.', labels: [ci]}",
  schema: z.lazy(() => opened.transform(openIssue)),
};

const closed = z.lazy(() =>
  z
    .union(
      [
        keyName.pipe(lineTemplate(200)),
        z.strictObject({ key: issueKey, comment: documentTemplate.optional() }),
      ],
      { error: 'the key of the issue, or key and comment' },
    )
    .transform((value) => ('fill' in value ? { key: value, comment: undefined } : value)),
);

type Closed = z.output<typeof closed>;

/**
 * A deployment that succeeded before the issue was opened does not count: its event came late. Of pipelines only the
 * latest finished one is looked at.
 */
function isLate(issue: KeyedIssue, { deployment }: Facts): boolean {
  return Date.parse(deployment?.updatedAt ?? '') < Date.parse(issue.updatedAt);
}

/** The key of the issue to close; null where there is none. */
function keyToClose({ key: template }: Closed, [occurrence, facts, rule]: Play): string | null {
  const key = noteKey(keyText(template.fill(occurrence, facts, rule)));
  const issue = byKey(facts, key);
  return issue?.state !== 'opened' || isLate(issue, facts) ? null : key;
}

function closeIssue(wanted: Closed): RuleAction {
  const { key: template, comment } = wanted;
  const needsOfIssue = ['ownIssues', ...template.needs] as const;
  return {
    name: 'close-issue',
    usernames: [],
    needs: (occurrence, facts, rule) =>
      keyToClose(wanted, [occurrence, facts, rule]) === null
        ? needsOfIssue
        : [...needsOfIssue, ...(comment?.needs ?? [])],
    plan: (occurrence, facts, rule): readonly BotAction[] => {
      const key = keyToClose(wanted, [occurrence, facts, rule]);
      if (key === null) return [];
      const document = comment?.fill(occurrence, facts, rule) ?? null;
      return [{ do: 'closeIssue', project: facts.project.id, key, document }];
    },
  };
}

export const closeIssueSpec: ActionSpec = {
  key: 'close-issue',
  meaning: 'closes the issue with this key, with a last comment',
  example: "{key: 'broken/{branch}', comment: '{pipeline} passed.'}",
  schema: z.lazy(() => closed.transform(closeIssue)),
};

export const linkIssueSpec: ActionSpec = {
  key: 'link-issue',
  meaning: 'links the issue with another one of the project: by number, or the one with this key',
  example: '12',
  schema: z.lazy(() =>
    z.union([z.int().positive(), keyName], { error: 'the number of an issue, or the key of one' }).transform(
      (to): RuleAction => ({
        name: 'link-issue',
        usernames: [],
        needs: (_occurrence, { subject }) =>
          subject?.kind === 'issue' && typeof to === 'string' ? ['ownIssues'] : [],
        plan: (_occurrence, facts) => {
          const { subject, project } = facts;
          // GitLab's API links issues with issues; a merge request is linked by naming the issue in it.
          if (subject?.kind !== 'issue') return [];
          const iid = typeof to === 'number' ? to : byKey(facts, noteKey(to))?.iid;
          if (iid === undefined || iid === subject.at.iid) return [];
          return [{ do: 'linkIssues', from: subject.at, to: { kind: 'issue', project: project.id, iid } }];
        },
      }),
    ),
  ),
};
