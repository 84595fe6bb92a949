import type { BlamedLine, BlameStanding } from '../../model/blame.ts';
import { code, type Inline, link, text } from '../../model/document.ts';
import type { Facts } from '../../model/facts.ts';
import { fileAddress } from '../../render/markdown/link-address.ts';
import type { Placeholder } from './placeholder.ts';
import { listed, separated } from './placeholder.ts';

const unknown = 'not known';
const shortSha = 8;
const cut = ' (the logs name more lines)';

const standings: Readonly<Record<BlameStanding, string>> = {
  suspect: 'a suspect',
  older: 'older than the last pipeline that passed, so no suspect',
  later: 'later than the first pipeline that failed, so not the first cause',
  unknown: 'it is not known whether a pipeline passed since',
};

/** Nothing where Git has no name. */
function byWhom({ authorName }: BlamedLine['change']): string {
  return authorName === '' ? '' : ` by ${authorName}`;
}

function changeName({ mergeRequest, sha }: BlamedLine['change']): string {
  return mergeRequest === null ? sha.slice(0, shortSha) : `!${mergeRequest.iid}`;
}

function wordsOf({ path, line, change, standing }: BlamedLine): string {
  return `${path}:${line}${byWhom(change)} in ${changeName(change)} (${standings[standing]})`;
}

function shown(blamed: BlamedLine, { project, pipeline }: Facts): readonly Inline[] {
  const { change, standing } = blamed;
  const place = code(`${blamed.path}:${blamed.line}`);
  const address = fileAddress(project.url, pipeline?.pipeline.sha ?? '', blamed);
  const source = change.mergeRequest?.url ?? `${project.url}/-/commit/${change.sha}`;
  return [
    address === null ? place : link(address, place),
    text(`${byWhom(change)} in `),
    link(source, code(changeName(change))),
    text(` (${standings[standing]})`),
  ];
}

/** The last changes of the lines that the logs name; nobody is notified. */
export const blamePlaceholder: Placeholder = {
  meaning:
    'lines that the logs of failed jobs name, linked, with who last changed each and in which merge request, and whether that was before the last pipeline that passed; at most three lines, in at most ten requests',
  needs: ['pipeline', 'incident', 'blame'],
  text: ({ blame }) => {
    if (blame === null) return unknown;
    return `${listed(blame.lines.map(wordsOf)) || 'none'}${blame.complete ? '' : cut}`;
  },
  inline: (facts) => {
    const { blame } = facts;
    if (blame === null) return [text(unknown)];
    const lines = blame.lines.map((line) => shown(line, facts));
    const found = lines.length === 0 ? [text('none')] : separated(lines);
    return blame.complete ? found : [...found, text(cut)];
  },
};
