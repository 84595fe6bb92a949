import type { ProjectHistory } from '../../model/project-history.ts';
import { defaultBranchState, type RedSpan, titleOfCommit } from '../facts/default-branch.ts';
import { isWithin, secondsBetween, sharedTime } from '../facts/spans.ts';
import { byValue, firstOf, offendersKept } from '../facts/worst.ts';
import { valuesMeasure } from '../item-measures.ts';
import type { Measure } from '../measure.ts';

/** What fixed it, in one line; empty while it is red. */
export function fixOf({ fixedBy }: RedSpan, history: ProjectHistory): string {
  return fixedBy === null ? '' : titleOfCommit(history, fixedBy.sha);
}

/** How long it was red, until the reading at the latest. */
function lengthOf({ from, until }: RedSpan, { read }: ProjectHistory): number {
  return Math.max(0, (until ?? read.pipelines.until) - from) / 1000;
}

/** Share of the time in which the latest finished pipeline of the default branch had failed. */
export const defaultBranchRed: Measure = {
  id: 'default-branch-red',
  section: 'ci',
  unit: 'share',
  better: 'lower',
  needs: ['pipelines'],
  wants: ['jobs'],
  nothing: 'no pipeline of the default branch finished',
  series: 'day',
  sample: (history, span, settings) => {
    const { knownSince, finishedAt, redSpans } = defaultBranchState(history, settings);
    const readUntil = history.read.pipelines.until;
    if (knownSince === null) return { kind: 'ratio', part: 0, whole: 0, n: 0 };
    const red = redSpans.map(({ from, until }) =>
      sharedTime({ from, until: Math.min(until ?? readUntil, readUntil) }, span),
    );
    return {
      kind: 'ratio',
      part: red.reduce((sum, time) => sum + time, 0),
      whole: sharedTime({ from: knownSince, until: readUntil }, span),
      n: finishedAt.filter((at) => isWithin(at, span)).length,
    };
  },
  offenders: (history, span, settings) =>
    firstOf(
      defaultBranchState(history, settings)
        .redSpans.filter(
          ({ from, until }) => sharedTime({ from, until: until ?? history.read.pipelines.until }, span) > 0,
        )
        .map((red) => ({
          name: `#${red.failed.id}`,
          title: fixOf(red, history),
          url: red.failed.url,
          value: lengthOf(red, history),
        })),
      byValue,
      offendersKept,
    ).map((offender) => ({ ...offender, value: null })),
};

/** From the failure to the next pipeline of the default branch that passed; one that is still red has no value. */
export const timeToGreen = valuesMeasure<RedSpan>(
  {
    id: 'time-to-green',
    section: 'ci',
    unit: 'seconds',
    better: 'lower',
    needs: ['pipelines'],
    wants: ['jobs'],
    nothing: 'the default branch did not turn green after a failure',
    series: 'week',
  },
  {
    things: (history, settings) => defaultBranchState(history, settings).redSpans,
    at: ({ from, until }) => until ?? from,
    value: ({ from, until }) => secondsBetween(from, until),
    name: (red, history) => ({
      name: `#${red.failed.id}`,
      title: fixOf(red, history),
      url: red.failed.url,
    }),
  },
);
