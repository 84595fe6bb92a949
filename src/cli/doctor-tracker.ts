import type { DoctorOptions } from '../config/doctor-options.ts';
import { asksForSentry } from '../config/sentry-options.ts';
import { allSentryProjects, sentryTargetFrom } from '../context/sentry-target.ts';
import { trackerWarning } from '../context/token-origin.ts';
import type { Check } from '../doctor/check.ts';
import { UsageError } from '../errors.ts';
import type { Log } from '../io/port.ts';
import type { Host } from './host.ts';

/** The error tracker, where somebody named one. What is missing or wrong in its options is a finding as well. */
export async function checksOfTracker(
  options: DoctorOptions,
  { host, log }: { readonly host: Host; readonly log: Log },
): Promise<readonly Check[]> {
  if (!asksForSentry(options)) return [];
  const [{ lookAtTracker }, { trackerProblem }] = await Promise.all([
    import('../usecases/doctor/look-at-tracker.ts'),
    import('../doctor/check-error-tracker.ts'),
  ]);
  try {
    const target = sentryTargetFrom(options, host.variables);
    const maxTotalMs = options.maxWait * 1000;
    const { tracker } = await host.connectErrorTracker({ ...target, log, maxTotalMs });
    const projects = allSentryProjects(options.sentryProjects);
    const transport = trackerWarning(target.server);
    return await lookAtTracker({ server: target.server, projects, transport }, tracker);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [trackerProblem(error.message, error.hint)];
  }
}
