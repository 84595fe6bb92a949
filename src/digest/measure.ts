import type { MeasureSection, MeasureUnit, Offender, Span } from '../model/digest.ts';
import type { HistoryPart, ProjectHistory } from '../model/project-history.ts';
import type { Sample } from './sample.ts';

/** What a user decides about the definitions. */
export interface MeasureSettings {
  /** Where deployments are taken from. */
  readonly deployments:
    | { readonly source: 'environments'; readonly names: readonly string[] | null }
    | { readonly source: 'releases' | 'tags' }
    | { readonly source: 'job'; readonly name: string };
  /** Labels of incidents that count; null = every incident. */
  readonly incidentLabels: readonly string[] | null;
  readonly hotfixLabels: readonly string[];
  /** Days without a commit that make a branch stale. */
  readonly staleDays: number;
  readonly timeZone: string;
}

/** One figure of the digest. Adding one is a new file in `metrics/` and a line in `registry.ts`. */
export interface Measure {
  readonly id: string;
  readonly section: MeasureSection;
  readonly unit: MeasureUnit;
  readonly better: 'higher' | 'lower' | null;
  /** A part that could not be read leaves the figure without a value, with that part's reason. */
  readonly needs: readonly HistoryPart[];
  /** Counts the things that belong to the span. Pure, and never throws for a history, however odd. */
  readonly sample: (history: ProjectHistory, span: Span, settings: MeasureSettings) => Sample;
  /** The worst things of the span, worst first, at most ten. */
  readonly offenders?: (
    history: ProjectHistory,
    span: Span,
    settings: MeasureSettings,
  ) => readonly Offender[];
  /** How the course of the figure is drawn; left out where it has none. */
  readonly series?: 'day' | 'week';
}
