import { link as linkTo, paragraph, text } from '../../model/document.ts';
import { decide } from '../permissions.ts';
import type { BotCommand, CommandInput, CommandOutcome } from './command.ts';
import { act, cannot, sentence, usageOf } from './outcome.ts';

const maxTitle = 255;

/**
 * The issue's key is the comment's object and the command's text, so reading the command again does not open a second
 * issue.
 */
function planIssue({ call, facts, on, internal }: CommandInput): CommandOutcome {
  const title = call.args.join(' ').trim();
  const { subject, project } = facts;
  if (title === '') return usageOf(issue);
  if (title.length > maxTitle) return cannot(sentence`A title has at most ${maxTitle} characters.`);
  const from = subject === null ? [] : [text(' from '), linkTo(subject.url, text(subject.title))];
  return act(sentence`Opened an issue ${title}.`, {
    do: 'openIssue',
    project: project.id,
    key: `command/${on.kind}/${on.iid}/${call.text}`,
    title,
    document: [paragraph(text(`Opened for ${facts.actor?.username ?? 'somebody'}`), ...from, text('.'))],
    labels: [],
    assigneeIds: [],
    // Words of a confidential issue, or of an internal note, must not leave it.
    confidential: internal || (subject?.kind === 'issue' && subject.confidential),
    repeat: null,
  });
}

export const issue: BotCommand = {
  name: 'issue',
  usage: 'issue TITLE',
  summary: 'Opens an issue with that title that links to this place.',
  on: ['merge_request', 'issue'],
  starts: false,
  needs: [],
  decide: ({ facts }) => decide('create-issue', facts),
  plan: planIssue,
};

function planLink({ call, facts, on }: CommandInput): CommandOutcome {
  const iids = call.args.map((arg) => /^#?(\d{1,9})$/.exec(arg)?.[1]);
  const [first] = iids;
  if (first === undefined || iids.length > 1) return usageOf(link);
  const to = { kind: 'issue', project: facts.project.id, iid: Number(first) } as const;
  if (to.iid === on.iid) return cannot(sentence`An issue cannot be linked to itself.`);
  return act(sentence`Linked ${`#${first}`}.`, { do: 'linkIssues', from: on, to });
}

/** GitLab's API links issues with issues; a merge request is linked by naming the issue in it. */
export const link: BotCommand = {
  name: 'link',
  usage: 'link #n',
  summary: 'Links another issue of this project.',
  on: ['issue'],
  starts: false,
  needs: [],
  decide: ({ facts }) => decide('edit-issue', facts),
  plan: planLink,
};
