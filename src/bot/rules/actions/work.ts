import * as z from 'zod';
import { draftTitle, titleWithoutDraft } from '../draft-title.ts';
import type { RuleAction } from '../rule.ts';
import { type ActionSpec, onMergeRequest, onSubject } from './action-spec.ts';

/** An action that is a word alone. */
function word(key: string, meaning: string, made: RuleAction): ActionSpec {
  return {
    key,
    meaning,
    example: '',
    schema: z.literal(true, 'true, or the word alone').transform(() => made),
  };
}

export const milestoneSpec: ActionSpec = {
  key: 'milestone',
  meaning: 'sets the active milestone with this title; `none` removes it',
  example: "'18.7'",
  schema: z.lazy(() =>
    z
      .string()
      .min(1)
      .max(255)
      .transform((title) =>
        title === 'none'
          ? onSubject('milestone', [], ({ at, milestone }) =>
              milestone === null ? [] : [{ do: 'setMilestone', on: at, milestoneId: null }],
            )
          : onSubject('milestone', ['milestones'], ({ at, milestone }, { milestones }) => {
              const found = milestones?.find((one) => one.title.toLowerCase() === title.toLowerCase());
              return found === undefined || found.id === milestone?.id
                ? []
                : [{ do: 'setMilestone', on: at, milestoneId: found.id }];
            }),
      ),
  ),
};

export const closeSpec = word(
  'close',
  'closes it',
  onSubject('close', [], ({ at, state }) =>
    state === 'opened' ? [{ do: 'setState', on: at, state: 'closed' }] : [],
  ),
);

export const reopenSpec = word(
  'reopen',
  'reopens it',
  onSubject('reopen', [], ({ at, state }) =>
    state === 'closed' ? [{ do: 'setState', on: at, state: 'opened' }] : [],
  ),
);

export const draftSpec = word(
  'draft',
  'marks the merge request as a draft',
  onMergeRequest('draft', [], ({ at, draft, title, state }) =>
    draft || state !== 'opened' ? [] : [{ do: 'setTitle', on: at, title: draftTitle(title) }],
  ),
);

export const readySpec = word(
  'ready',
  'marks the merge request as ready',
  onMergeRequest('ready', [], ({ at, draft, title, state }) =>
    draft && state === 'opened' ? [{ do: 'setTitle', on: at, title: titleWithoutDraft(title) }] : [],
  ),
);

export const approveSpec = word(
  'approve',
  'approves the commit that is there now, where the bot may and is not the author',
  onMergeRequest('approve', ['approvedBy'], ({ at, headSha, author, state }, { approvedBy, self }) => {
    const has = approvedBy === null || approvedBy.some(({ id }) => id === self.id);
    const may = state === 'opened' && headSha !== null && author.id !== self.id;
    return may && !has ? [{ do: 'approve', on: at, sha: headSha }] : [];
  }),
);

export const reportSpec = word(
  'report',
  "publishes Herald's report of the head pipeline",
  onMergeRequest('report', [], ({ at, headPipeline }) =>
    headPipeline === null ? [] : [{ do: 'report', on: at }],
  ),
);

const emoji = z.lazy(() => z.string().regex(/^[a-z0-9_+-]{1,60}$/, 'the name of an emoji, without colons'));

function reactionSpec(key: 'react' | 'unreact', meaning: string): ActionSpec {
  return {
    key,
    meaning,
    example: 'eyes',
    schema: emoji.transform(
      (name): RuleAction => ({
        name: key,
        usernames: [],
        needs: () => [],
        plan: ({ note }, { subject }) =>
          subject === null ? [] : [{ do: key, on: subject.at, noteId: note?.id ?? null, emoji: name }],
      }),
    ),
  };
}

export const reactSpec = reactionSpec(
  'react',
  'reacts with this emoji, on the comment where the rule is about one',
);
export const unreactSpec = reactionSpec('unreact', 'takes the reaction back');
