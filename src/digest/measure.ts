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
  /** Whether figures per person are asked for. */
  readonly people: boolean;
}

/** One figure of the digest. Adding one is a new file in `metrics/` and a line in `registry.ts`. */
export interface Measure {
  readonly id: string;
  readonly section: MeasureSection;
  readonly unit: MeasureUnit;
  /** Whether more is better; null where neither is. */
  readonly better: 'higher' | 'lower' | null;
  /**
   * A part that could not be read leaves the figure without a value, with that part's reason. `deployments` is the part
   * that the settings take them from.
   */
  readonly needs: readonly HistoryPart[];
  /** A part that leaves the figure with its value when it could not be read, and with that part's reason. */
  readonly wants?: readonly HistoryPart[];
  /** Why there is no value where nothing of the kind happened, such as "no merge request was merged". */
  readonly nothing: string;
  /** True where GitLab shows only how things are now: there is no figure of an earlier period then. */
  readonly isStateNow?: true;
  /** Counts the things that belong to the span. Pure, and never throws for a history, however odd. */
  readonly sample: (history: ProjectHistory, span: Span, settings: MeasureSettings) => Sample;
  /** The same for many spans in order that do not overlap, in one pass. */
  readonly samples?: (
    history: ProjectHistory,
    spans: readonly Span[],
    settings: MeasureSettings,
  ) => readonly Sample[];
  /**
   * What makes the figure less than whole, and how often: "deployments without a predecessor" and 2. A key without a
   * full stop; numbers of several projects add up.
   */
  readonly doubts?: (
    history: ProjectHistory,
    span: Span,
    settings: MeasureSettings,
  ) => Readonly<Record<string, number>>;
  /** The worst things of the span, worst first, at most ten. */
  readonly offenders?: (
    history: ProjectHistory,
    span: Span,
    settings: MeasureSettings,
  ) => readonly Offender[];
  /** How the course of the figure is drawn, at the finest; missing where it has none. */
  readonly series?: 'day' | 'week';
}
