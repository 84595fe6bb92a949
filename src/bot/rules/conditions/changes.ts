import * as z from 'zod';
import type { ChangesFacts } from '../../../model/facts.ts';
import { counted } from '../../../model/plural.ts';
import { bounds, outsideOf } from '../bounds.ts';
import { changedLines } from '../changed-lines.ts';
import { globGroups, pathMatcher } from '../globs.ts';
import { aboutCommits, fails, holds, shownList, unknown, unless } from '../judgement.ts';
import type { Judgement } from '../rule.ts';
import { patternGroups, patternMismatch } from '../text-pattern.ts';
import type { ConditionSpec } from './condition-spec.ts';

const notKnown = unknown('the changed files are not known');
const partly = unknown('GitLab lists only some of the changed files');

function pathsOf({ files }: ChangesFacts): readonly string[] {
  return [...new Set(files.flatMap(({ path, oldPath }) => [path, oldPath]))];
}

type Groups = z.output<typeof globGroups>;

/** `all`: every changed file is one of these. Of a renamed file both names count. */
function judgePaths({ any, all, none }: Groups): (changes: ChangesFacts) => Judgement {
  const isAny = pathMatcher(any);
  const isAll = pathMatcher(all);
  const isNone = pathMatcher(none);
  return (changes) => {
    const paths = pathsOf(changes);
    const unwanted = paths.filter(isNone);
    if (unwanted.length > 0) return fails(`it changes ${shownList(unwanted)}`);
    const others = all.length === 0 ? [] : paths.filter((path) => !isAll(path));
    if (others.length > 0) return fails(`it changes ${shownList(others)} too`);
    const lacks = any.length > 0 && !paths.some(isAny);
    const needsAll = lacks || all.length > 0 || none.length > 0;
    if (needsAll && !changes.complete) return partly;
    return lacks ? fails(`it changes nothing in ${any.join(', ')}`) : holds;
  };
}

export const changedPaths: ConditionSpec = {
  key: 'changed-paths',
  meaning:
    'it, or a push, changes a file in one of these paths; with `all` only such files, with `none` no such file',
  example: "{any: 'src/**', none: 'docs/**'}",
  schema: z.lazy(() =>
    globGroups.transform((groups) => {
      const judge = judgePaths(groups);
      return aboutCommits('changed-paths', ['changes'], ({ changes }) =>
        changes === null ? notKnown : judge(changes),
      );
    }),
  ),
};

/** Of a number that may be larger: a lower limit that is reached holds, an upper one that is reached fails. */
function judgeAtLeast(count: number, { atLeast, below }: z.output<typeof bounds>): Judgement {
  const words = `it changes at least ${counted(count, { one: 'line', other: 'lines' })}`;
  if (below !== null && count >= below) return fails(`${words}, not below ${below}`);
  return below === null && atLeast !== null && count >= atLeast
    ? holds
    : unknown(`${words}, and GitLab omits the lines of some files`);
}

export const size: ConditionSpec = {
  key: 'size',
  meaning: 'it, or a push, adds and removes this number of lines',
  example: '{at-least: 500}',
  schema: z.lazy(() =>
    bounds.transform((limits) =>
      aboutCommits('size', ['changes'], ({ changes }) => {
        const lines = changedLines(changes);
        if (lines === null) return unknown('how many lines change is not known');
        const { count, complete } = lines;
        return complete
          ? unless(outsideOf(`it changes ${counted(count, { one: 'line', other: 'lines' })}`, count, limits))
          : judgeAtLeast(count, limits);
      }),
    ),
  ),
};

export const files: ConditionSpec = {
  key: 'files',
  meaning: 'it, or a push, changes this number of files',
  example: '{at-least: 50}',
  schema: z.lazy(() =>
    bounds.transform((limits) =>
      aboutCommits('files', ['changes'], ({ changes }) => {
        if (changes === null) return notKnown;
        const count = changes.files.length;
        const judged = unless(
          outsideOf(`it changes ${counted(count, { one: 'file', other: 'files' })}`, count, limits),
        );
        const couldBeMore = !changes.complete && (limits.below !== null || judged.outcome !== 'holds');
        return couldBeMore ? partly : judged;
      }),
    ),
  ),
};

export const commits: ConditionSpec = {
  key: 'commits',
  meaning:
    'the title of one of its commits, or of the commits of a push, matches one of these patterns; with `none` no title does',
  example: "'^(?:fixup|squash)!'",
  schema: z.lazy(() =>
    patternGroups.transform((groups) =>
      aboutCommits('commits', ['commits'], ({ commits: all }) => {
        if (all === null) return unknown('the commits are not known');
        const titles = all.map(({ title }) => title).join('\n');
        return unless(patternMismatch('the list of commits', titles, groups));
      }),
    ),
  ),
};
