import type { Cause } from '../../model/bot-write.ts';
import { code, paragraph, text } from '../../model/document.ts';
import { flakyIssue } from '../../model/flaky-mark.ts';
import type { Noteable } from '../../model/noteable.ts';
import { writeComment } from './comments.ts';
import { performOpenIssue } from './issues.ts';
import { type Performed, type Performer, type PerformerWorld, refused } from './performer.ts';

const title = 'Tests known as flaky';

function words(commands: string): string {
  return (
    'Each of my comments here marks one test as flaky: my reports count its failures as known, not as new. ' +
    `${commands} in a comment on a merge request or issue sets and removes a mark. ` +
    'Other comments, edits of this text and closing this issue do not change marks.'
  );
}

async function findList(project: number, { gitlab }: PerformerWorld): Promise<Noteable | null> {
  const issue = await gitlab.findOwnIssue(project, flakyIssue);
  return issue === null ? null : { kind: 'issue', project: issue.project, iid: issue.iid };
}

/**
 * The issue with the marks, created if it does not exist. Confidential, because people who can see issues may not be
 * allowed to see tests.
 */
async function openList(
  { project, prefix }: { readonly project: number; readonly prefix: string },
  cause: Cause,
  world: PerformerWorld,
): Promise<Noteable | Performed> {
  const existing = await findList(project, world);
  if (existing !== null) return existing;
  const document = [paragraph(text(words(`${prefix} flaky TEST and ${prefix} unflaky TEST`)))];
  const opened = await performOpenIssue(
    {
      do: 'openIssue',
      project,
      key: flakyIssue.key,
      title,
      document,
      labels: [flakyIssue.label],
      assigneeIds: [],
      confidential: true,
      repeat: null,
    },
    cause,
    world,
  );
  if (opened.outcome === 'refused') return opened;
  return (
    (await findList(project, world)) ?? refused(`The issue with the marks has no label ${flakyIssue.label}.`)
  );
}

/** One comment for each test on one issue of the project. */
export const performMarkFlaky: Performer<'markFlaky'> = async (action, cause, world) => {
  const on = await openList(action, cause, world);
  if ('outcome' in on) return on;
  const { test, by } = action;
  const document = [paragraph(code(test), text(' is known as flaky: marked by '), code(by), text('.'))];
  return writeComment({ on, key: action.key, text: world.renderMarkdown(document) }, cause, world);
};
