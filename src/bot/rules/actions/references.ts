import * as z from 'zod';
import type { BotAction } from '../../../model/bot-write.ts';
import type { ClosingReference } from '../../../model/closing-reference.ts';
import { code, type Document, link, list, paragraph, text } from '../../../model/document.ts';
import type { Facts, MergeRequestFacts } from '../../../model/facts.ts';
import { ownLines } from '../../../render/markdown/own-lines.ts';
import { closingReferences } from '../../../trail/closing-references.ts';
import { skipsHerald } from '../../../trail/commits.ts';
import { trackersOf } from '../../../trail/trackers.ts';
import { glob, pathMatcher } from '../globs.ts';
import { keyText, noteKey } from '../keys.ts';
import type { Scene } from '../placeholder.ts';
import { documentTemplate } from '../templates.ts';
import { type ActionSpec, onMergeRequest } from './action-spec.ts';

/** More issues of one merge request are not closed: nobody would see which. */
const maxClosed = 50;

const settings = z.lazy(() =>
  z.strictObject({
    projects: z.array(glob).max(50).default([]),
    comment: documentTemplate.optional(),
  }),
);

type Settings = z.output<typeof settings>;

/** `https://gitlab.example.com/gitlab` of the address of a project. */
function serverOf({ project: { url, path } }: Facts): string {
  return url.toLowerCase().endsWith(`/${path.toLowerCase()}`) ? url.slice(0, -path.length - 1) : url;
}

/**
 * Of a description only the lines that GitLab shows as its author's own words: the user who merged it has seen
 * them. Of the commits only those that do not ask to be skipped.
 */
function referencesOf(mr: MergeRequestFacts, facts: Facts): readonly ClosingReference[] {
  const messages = (facts.commits ?? []).flatMap(({ message }) => (skipsHerald(message) ? [] : [message]));
  return closingReferences([mr.title, ownLines(mr.description).join('\n'), ...messages], {
    serverUrl: serverOf(facts),
    project: facts.project.path,
    trackers: trackersOf(facts.trackers ?? []).trackers,
  });
}

function mergedInto(mr: MergeRequestFacts): Document {
  return [
    paragraph(
      text('Merged into '),
      code(mr.targetBranch),
      text(' with '),
      link(mr.url, text(`!${mr.at.iid}`)),
      text('.'),
    ),
  ];
}

function entries(found: readonly Extract<ClosingReference, { kind: 'tracker' }>[]): Document {
  const items = found.map(({ key, url }) => [paragraph(link(url, text(key)))]);
  return [
    paragraph(text('This is merged and says that it closes these, which GitLab cannot close:')),
    list(...items),
  ];
}

function plan({
  projects,
  comment,
}: Settings): (mr: MergeRequestFacts, facts: Facts, scene: Scene) => readonly BotAction[] {
  const isAllowed = pathMatcher(projects.map((one) => one.toLowerCase()));
  return (mr, facts, { occurrence, rule }) => {
    if (mr.state !== 'merged') return [];
    const { defaultBranch, path } = facts.project;
    const references = referencesOf(mr, facts);
    const issues = references.flatMap((reference): readonly BotAction[] => {
      if (reference.kind !== 'issue') return [];
      const isOwn = reference.project === path;
      // GitLab closes these itself, unless the project does not want it.
      if (isOwn ? mr.targetBranch === defaultBranch : !isAllowed(reference.project.toLowerCase())) return [];
      return [
        {
          do: 'closeReferenced',
          on: mr.at,
          project: isOwn ? facts.project.id : reference.project,
          iid: reference.iid,
          mergedById: mr.mergedById,
          document: comment?.fill(occurrence, facts, rule) ?? mergedInto(mr),
        },
      ];
    });
    const foreign = references.flatMap((reference) => (reference.kind === 'tracker' ? [reference] : []));
    const key = noteKey(keyText(`${rule}/trackers`));
    return [
      ...issues.slice(0, maxClosed),
      ...(foreign.length === 0
        ? []
        : [{ do: 'comment', on: mr.at, key, document: entries(foreign.slice(0, maxClosed)) } as const]),
    ];
  };
}

export const closeReferencedSpec: ActionSpec = {
  key: 'close-referenced',
  meaning:
    'when it is merged, closes each issue that its title, its description or its commits say that it closes, and that GitLab does not close: those of a merge into another branch than the default one, and those of other `projects` (globs of full paths); the user who merged it must be able to close them; each gets one comment. Names entries of other trackers (`trail: trackers`) in one comment on the merge request',
  example: "{projects: ['acme/*'], comment: 'Fixed in {target-branch}.'}",
  schema: z.lazy(() =>
    z.union([z.literal(true), settings], { error: 'true, or projects and comment' }).transform((value) => {
      const wanted: Settings = value === true ? { projects: [], comment: undefined } : value;
      return onMergeRequest('close-referenced', ['commits', ...(wanted.comment?.needs ?? [])], plan(wanted));
    }),
  ),
};
