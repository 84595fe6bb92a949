import type { Span } from '../../model/digest.ts';
import type { Instant, ProjectHistory } from '../../model/project-history.ts';
import { dayOf, inZone, startOf } from '../calendar.ts';
import {
  countedDeployments,
  type Deployment,
  deploymentsOf,
  nameOfDeployment,
} from '../facts/deployments.ts';
import { remembered } from '../facts/remembered.ts';
import { isWithin } from '../facts/spans.ts';
import { countMeasure } from '../item-measures.ts';
import type { Measure, MeasureSettings } from '../measure.ts';

const successes = remembered((history, settings): readonly Deployment[] =>
  countedDeployments(history, settings).filter(({ isSuccess }) => isSuccess),
);

/** Successful deployments a day; one that brought the commit that was there already is not among them. */
export const deployments = countMeasure<Deployment>(
  {
    id: 'deployments',
    section: 'delivery',
    unit: 'per-day',
    better: 'higher',
    needs: ['deployments'],
    nothing: 'there were no deployments',
    series: 'day',
  },
  { things: successes, at: ({ at }) => at, weight: null, name: null },
);

function deployDaysIn(history: ProjectHistory, span: Span, settings: MeasureSettings): readonly Instant[] {
  const days = new Map<string, Instant>();
  for (const { at } of successes(history, settings)) {
    if (!isWithin(at, span)) continue;
    const name = dayOf(at, settings.timeZone);
    if (!days.has(name)) days.set(name, startOf(inZone(at, settings.timeZone), 'day').epochMilliseconds);
  }
  return [...days.values()];
}

/** Days a week with at least one successful deployment, in the time zone; of a group, in any of its projects. */
export const deployDays: Measure = {
  id: 'deploy-days',
  section: 'delivery',
  unit: 'per-week',
  better: 'higher',
  needs: ['deployments'],
  nothing: 'there were no deployments',
  series: 'week',
  sample: (history, span, settings) => ({
    kind: 'days',
    days: deployDaysIn(history, span, settings),
    n: successes(history, settings).filter(({ at }) => isWithin(at, span)).length,
  }),
};

/** Successful deployments of the commit that was there already, which the frequency does not count. */
export const redeployments = countMeasure<Deployment>(
  {
    id: 'redeployments',
    section: 'delivery',
    unit: 'count',
    better: null,
    needs: ['deployments'],
    nothing: 'there were no deployments',
  },
  {
    things: (history, settings) => deploymentsOf(history, settings).filter(({ isAgain }) => isAgain),
    at: ({ at }) => at,
    weight: null,
    name: nameOfDeployment,
  },
);
