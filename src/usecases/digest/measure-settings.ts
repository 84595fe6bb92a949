import type { MeasureSettings } from '../../digest/measure.ts';

/** The options that decide how things are counted. */
export interface MeasureOptions {
  /** `environments`, `releases`, `tags` or `job:NAME`. */
  readonly deployments: string;
  readonly environments: readonly string[];
  readonly incidentLabels: readonly string[];
  readonly hotfixLabels: readonly string[];
  readonly staleDays: number;
  readonly timeZone: string;
  readonly people: boolean;
}

function sourceOf({ deployments, environments }: MeasureOptions): MeasureSettings['deployments'] {
  if (deployments.startsWith('job:')) return { source: 'job', name: deployments.slice('job:'.length) };
  if (deployments === 'releases' || deployments === 'tags') return { source: deployments };
  return { source: 'environments', names: environments.length === 0 ? null : environments };
}

/** The definitions of the figures as the options have them. */
export function measureSettingsOf(options: MeasureOptions): MeasureSettings {
  const { incidentLabels, hotfixLabels, staleDays, timeZone, people } = options;
  return {
    deployments: sourceOf(options),
    incidentLabels: incidentLabels.length === 0 ? null : incidentLabels,
    hotfixLabels,
    staleDays,
    timeZone,
    people,
  };
}
