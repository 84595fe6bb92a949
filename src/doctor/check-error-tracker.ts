import { type Check, fine, problem, type Topic, warning } from './check.ts';

/** What the error tracker says of one of its projects; `unknown` where the token may not see it. */
export interface SeenTrackerProject {
  readonly name: string;
  readonly state: 'there' | 'missing' | 'unknown';
}

const about = 'error tracker';

/** The error tracker cannot be used: wrong options, or an answer that is none. */
export function trackerProblem(words: string, remedy: string | null): Check {
  return problem({ project: null, about }, words, remedy);
}

/** The error tracker at this address takes the token; what is wrong with the way there, and with its projects. */
export function checkErrorTracker(
  server: string,
  projects: readonly SeenTrackerProject[],
  transport: string | null,
): readonly Check[] {
  const topic: Topic = { project: null, about };
  const of = (state: SeenTrackerProject['state']): string =>
    projects.flatMap((one) => (one.state === state ? [one.name] : [])).join(', ');
  const [there, missing, unknown] = [of('there'), of('missing'), of('unknown')];
  const has = there === '' ? '' : `, and has ${there}`;
  return [
    ...(transport === null
      ? []
      : [warning(topic, transport, 'give its https: address with --sentry-server')]),
    fine(null, about, `${server} takes the token${has}`),
    ...(missing === ''
      ? []
      : [
          problem(
            topic,
            `it has no project ${missing}`,
            'give --sentry-projects the short names of projects, as in the addresses of its pages; the token must belong to their organisation',
          ),
        ]),
    ...(unknown === ''
      ? []
      : [
          {
            ...topic,
            state: 'unknown' as const,
            words: `whether it has ${unknown} is unknown: the token may not see that`,
            remedy: null,
          },
        ]),
  ];
}
