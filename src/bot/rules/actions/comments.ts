import * as z from 'zod';
import type { FactName, Facts } from '../../../model/facts.ts';
import { keyName, keyText, noteKey } from '../keys.ts';
import { type Scene } from '../placeholder.ts';
import type { RuleAction } from '../rule.ts';
import { documentTemplate, lineTemplate, type Template } from '../templates.ts';
import { type ActionSpec, targetsOf } from './action-spec.ts';

/** A key may hold placeholders: `deployed/{environment}`. */
const key = z.lazy(() => keyName.pipe(lineTemplate(200)).optional());

type Key = Template<string> | undefined;

function keyOf(template: Key, facts: Facts, { occurrence, rule }: Scene): string {
  return noteKey(keyText(template?.fill(occurrence, facts, rule) ?? rule));
}

const withText = z.lazy(() =>
  z
    .union(
      [documentTemplate, z.strictObject({ text: documentTemplate, key, once: z.boolean().optional() })],
      {
        error: 'a text, or text with key and once',
      },
    )
    .transform((value) => ('fill' in value ? { text: value, key: undefined, once: false } : value)),
);

/** Comments on the MRs of a deployment need the deployment. */
function needsOf(facts: Facts, deploymentId: number | null, own: readonly FactName[]): readonly FactName[] {
  return facts.subject === null && deploymentId !== null ? [...own, 'deployment'] : own;
}

function comment({ text, key: template, once }: z.output<typeof withText>): RuleAction {
  const record: readonly FactName[] = once === true ? ['record'] : [];
  return {
    name: 'comment',
    usernames: [],
    needs: ({ deploymentId }, facts) =>
      needsOf(facts, deploymentId, [...text.needs, ...(template?.needs ?? []), ...record]),
    plan: (occurrence, facts, rule) => {
      const noteKeyed = keyOf(template, facts, { occurrence, rule });
      const isThere = facts.record?.some((own) => own.key === noteKeyed) === true;
      if (once === true && isThere) return [];
      const document = text.fill(occurrence, facts, rule);
      return targetsOf(facts).map((on) => ({ do: 'comment', on, key: noteKeyed, document }));
    },
  };
}

export const commentSpec: ActionSpec = {
  key: 'comment',
  meaning:
    'keeps one comment with this text; `key` names it where a rule has several; with `once` it is written once and never edited',
  example: "'Thank you, {author}!'",
  schema: z.lazy(() => withText.transform(comment)),
};

/** `true`, or the key. */
const ownKey = z.lazy(() =>
  z
    .union([z.literal(true), keyName], { error: 'true, or the key of the comment' })
    .transform((value) => (value === true ? null : value)),
);

export const removeCommentSpec: ActionSpec = {
  key: 'remove-comment',
  meaning: "deletes the rule's comment, or the one with this key",
  example: 'stale',
  schema: z.lazy(() =>
    ownKey.transform(
      (named): RuleAction => ({
        name: 'remove-comment',
        usernames: [],
        needs: (_occurrence, { subject }) => (subject === null ? [] : ['record']),
        plan: (_occurrence, { subject, record }, rule) => {
          const wanted = noteKey(keyText(named ?? rule));
          const isThere = record?.some((own) => own.kind === 'note' && own.key === wanted) === true;
          return subject !== null && isThere ? [{ do: 'removeComment', on: subject.at, key: wanted }] : [];
        },
      }),
    ),
  ),
};

export const openThreadSpec: ActionSpec = {
  key: 'open-thread',
  meaning:
    'keeps one thread with this text open, which blocks the merge where all threads must be resolved; a thread that somebody resolved stays resolved',
  example: "'The title is not as we write titles.'",
  schema: z.lazy(() =>
    withText.transform(
      ({ text, key: template }): RuleAction => ({
        name: 'open-thread',
        usernames: [],
        needs: () => [...text.needs, ...(template?.needs ?? [])],
        plan: (occurrence, facts, rule) =>
          facts.subject === null
            ? []
            : [
                {
                  do: 'openThread',
                  on: facts.subject.at,
                  key: keyOf(template, facts, { occurrence, rule }),
                  document: text.fill(occurrence, facts, rule),
                },
              ],
      }),
    ),
  ),
};

export const resolveThreadSpec: ActionSpec = {
  key: 'resolve-thread',
  meaning: "resolves the rule's thread, or the one with this key",
  example: 'true',
  schema: z.lazy(() =>
    ownKey.transform(
      (named): RuleAction => ({
        name: 'resolve-thread',
        usernames: [],
        needs: (_occurrence, { subject }) => (subject === null ? [] : ['record']),
        plan: (_occurrence, { subject, record }, rule) => {
          const wanted = noteKey(keyText(named ?? rule));
          const isThere = record?.some((own) => own.kind === 'thread' && own.key === wanted) === true;
          return subject !== null && isThere ? [{ do: 'resolveThread', on: subject.at, key: wanted }] : [];
        },
      }),
    ),
  ),
};
